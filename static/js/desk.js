// Support's keys, and a question before what cannot be taken back. Without script everything is there as well.
//
// A key alone sends nothing: it brings one to a button, to a row or to the next page, or to the question that a button
// asks before it sends (WCAG 2.2, 2.1.4: it can be switched off).
"use strict";

const OFF = "support:keys-off";
const KEYS = [
  ["/", "Bul kutusuna git"],
  ["j", "Sonraki satır"],
  ["k", "Önceki satır"],
  ["n", "Sıradaki başvuru, e-posta, soru ya da mektup; listede ilk bekleyen", "Buradan açılacak, bekleyen bir kayıt yok."],
  ["a", "Onayla; sorulunca Enter onaylar", "Burada onaylanacak bir şey yok."],
  ["e", "Düzeltme iste ya da firmaya geri gönder", "Burada düzeltme istenecek bir şey yok."],
  ["?", "Bu liste"],
];
// Named in the list beside these: the way out of what is written, and a key of static/js/papers.js.
const OTHERS = [
  ["Esc", "Yazı kutusundan çık: tuşlar yeniden çalışır"],
  ["← →", "Açık belgede önceki, sonraki sayfa"],
];
const SAID_FOR = 6000; // milliseconds

const areOff = () => localStorage.getItem(OFF) === "1";
// Of a list, or of what was found anywhere.
const ROWS = "#result_list tbody tr, .found section li";
const rows = () => [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("th a, td a, :scope > a"));

const step = (by) => {
  const links = rows().filter(Boolean);
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  if (!next) {
    if (!links.length) say("Burada satır yok.");
    return;
  }
  next.focus();
  next.closest(ROWS).scrollIntoView({ block: "nearest" });
};

// What decides goes on beside a colleague when it is taken over alone (onboarding/admin/lease.py).
const DECIDES = ".decision form, form[data-decides], form[data-takes], #corrections";
const takenOver = (form) => {
  const colleague = form.matches(DECIDES) && document.querySelector(".holder.others [data-holder]");
  return colleague && `${colleague.textContent}; üzerinize alırsanız işlem hemen yapılır.`;
};
// What is asked before a form is sent; `unsent` is what it leaves behind (static/js/corrections.js).
const firstAsked = (form) => [takenOver(form), form.dataset.confirm, form.dataset.unsent].filter(Boolean).join(" ");

// That a key did nothing, for a while; the same words again are said again.
let unsaying;
const say = (words) => {
  const said = document.querySelector(".desk-said") ?? document.createElement("p");
  said.className = "desk-said";
  said.setAttribute("role", "status");
  document.body.append(said);
  said.textContent = "";
  setTimeout(() => (said.textContent = words));
  clearTimeout(unsaying);
  unsaying = setTimeout(() => (said.textContent = ""), SAID_FOR);
};

// Where nothing comes next: of a list the first row that waits, of the first page the first list in which one does.
const firstWaiting = () =>
  document.querySelector("#result_list [data-waits]")?.closest("tr").querySelector("th a, td a") ??
  document.querySelector(".worklist li:not(.empty) a");

const goTo = (key) => {
  const target = document.querySelector(`[data-key="${key}"]:not([hidden])`) ?? (key === "n" ? firstWaiting() : null);
  if (!target) {
    say(KEYS.find(([each]) => each === key)[2]);
    return;
  }
  target.focus();
  // Which field is to be corrected is chosen from there on.
  const opens = target.matches("a:not([data-ask]), summary, [data-ask-all]");
  if (opens || (target.form && firstAsked(target.form))) target.click();
};

const asDialog = (label) => {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-dialog";
  dialog.setAttribute("aria-label", label);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
};

const asButton = (words, press, className = "button") => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
};

const help = () => {
  const dialog = asDialog("Kısayollar");
  const list = document.createElement("dl");
  [...KEYS, ...OTHERS].forEach(([key, words]) => {
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    term.append(kbd);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  });
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
  label.append(box, " Kısayollar açık");
  const close = asButton("Kapat", () => dialog.close());
  dialog.append(list, label, close);
  dialog.showModal();
  close.focus(); // not on the box, where a Space would switch the keys off
};

// What was looked for before gives way to what is typed.
const find = () => {
  const field = document.querySelector("#find-anything");
  field?.focus();
  field?.select();
};

const ACTS = { "/": find, j: () => step(1), k: () => step(-1), "?": help };
const WRITES = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || areOff()) return;
  if (event.target.matches(WRITES)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!KEYS.some(([key]) => key === event.key)) return;
  event.preventDefault();
  (ACTS[event.key] ?? (() => goTo(event.key)))();
});

const footer = document.querySelector("#footer");
footer?.append(asButton("Kısayollar (?)", help, "desk-help"));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!firstAsked(form) || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // nothing was sent yet that might be sent twice (static/js/portal.js)
  const dialog = asDialog("Onay");
  const [words, why] = [firstAsked(form), form.elements.reason?.value.trim()].map((each) => {
    const line = document.createElement("p");
    line.textContent = each ?? "";
    return line;
  });
  const label = event.submitter.textContent.trim() || event.submitter.value;
  const sure = asButton(takenOver(form) ? `Üzerime al: ${label}` : label, () => {
    form.dataset.confirmed = "1";
    if (takenOver(form)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "take_over", value: "1" }));
    dialog.close();
    form.requestSubmit(event.submitter);
  }, `button ${form.closest(".ends") ? "ends" : "forward"}`);
  dialog.append(words, why, sure, asButton("Vazgeç", () => dialog.close(), "button quiet"));
  dialog.showModal();
  sure.focus();
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-confirmed]").forEach((form) => delete form.dataset.confirmed);
});

// Django's two lists of which one is chosen from name an icon that is nothing yet (ARIA 1.2, "prohibited").
window.addEventListener("load", () =>
  setTimeout(() =>
    document.querySelectorAll(".search-label-icon").forEach((icon) => icon.setAttribute("role", "img"))
  )
);
