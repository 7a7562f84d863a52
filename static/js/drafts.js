// Forms that keep what is typed. form[data-draft] is saved at its own address whenever a field is left; the answer is
// that of onboarding/views/autosave.py. form[data-kept] is kept in this tab alone, until it is sent.
//
// In this tab (sessionStorage) stands what the server does not have yet: when the line or the session is away, or it
// was refused, it is there again for the same person. Never an identity number, a password or a file.
"use strict";

const PAUSE = 1500; // milliseconds without a key
const AGAIN = 10_000; // milliseconds until what failed is tried again, each time twice as long
const AT_MOST = 300_000;
const SAVED = "Kaydedildi";
const NO_LINE = "Bağlantı yok; yazdıklarınız bu sayfada duruyor. Bağlantı gelince kendiliğinden kaydedilecek.";
const NOT_NOW = "Şu anda kaydedilemedi; yazdıklarınız bu sayfada duruyor. Kendiliğinden yeniden denenecek.";
const NO_SESSION = "Oturumunuz sona ermiş; yazdıklarınız bu sayfada duruyor.";
const BROUGHT_BACK = "Kaydedilemeden kalan yazdıklarınız yerine kondu.";
const NOT_KEPT = "Bu numara güvenliğiniz için tarayıcıda saklanmadı; yeniden yazın.";
const ALL_BUT = "Düzeltilmesi gereken alan dışında her şey kaydedildi.";

const CLOCK = { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Istanbul" };

// A MERSİS number holds a person's number unless it begins with 0, and is public then (tenancy/fields.py).
const isSecret = ({ dataset, value }) => "secret" in dataset && !(dataset.secret === "mersis" && value.startsWith("0"));
const isKept = (field) =>
  field.name &&
  !isSecret(field) &&
  !("anew" in field.dataset) &&
  !["hidden", "password", "file", "submit", "button"].includes(field.type);
const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const keyOf = (company, path) => `draft:${document.body.dataset.person}:${company}:${path}`;
// What is brought back is never agreed to unseen, in a part of the page that is folded away.
const unfold = (field) => {
  for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
};
const valueOf = (data, name) => data.getAll(name).join("\n");

class Draft {
  constructor(form) {
    this.form = form;
    this.saves = "draft" in form.dataset;
    this.note = form.querySelector("[data-draft-note]");
    this.left = new Set(); // names of fields that were left: their refusals are shown
    this.unsaved = new Set(); // names of fields in which stands what is stored nowhere else
    this.dirty = false; // whether something was typed since the form was sent last
    this.wait = AGAIN;
    const company = form.querySelector("[name=shown_for]")?.value;
    // A form that htmx brought into another page is that of its own page.
    const path = form.getAttribute("action") ?? location.pathname;
    this.key = keyOf(company, path);
    this.bringBack();
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => this.leave(event.target));
    form.addEventListener("submit", () => this.sent());
    // Sent by htmx, the page stays, and with it what led there: only the answer tells that it has arrived.
    form.addEventListener("htmx:beforeOnLoad", ({ target, detail }) => {
      if (target === form && detail.xhr.status < 400) this.forget();
    });
    form.querySelector("[data-forget]")?.addEventListener("click", () => this.forget());
    // What the tab alone keeps is sent by its button and by nothing else.
    if (!this.saves) return;
    window.addEventListener("online", () => this.dirty && this.save());
    // Whoever closes the page in the middle of a word, or turns to another app, keeps what was typed.
    const away = () => this.dirty && !form.dataset.sent && this.save();
    window.addEventListener("pagehide", away);
    document.addEventListener("visibilitychange", () => document.hidden && away());
    // Out of the browser's memory comes what stood there when the page was left.
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  changed(field) {
    if (!field.name || field.type === "file") return false;
    this.dirty = true;
    this.unsaved.add(field.name);
    this.keep();
    return true;
  }

  typed(field) {
    if (!this.changed(field)) return;
    this.mark(field, "");
    if (this.note?.classList.contains("draft-note--quiet")) this.say("");
    clearTimeout(this.timer);
    if (this.saves) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  leave(field) {
    if (!this.changed(field)) return;
    this.left.add(field.name);
    if (this.saves) this.save();
  }

  sent() {
    clearTimeout(this.timer);
    if (this.unsaved.size) this.keep(true);
  }

  // -- What this tab keeps

  keep(sent = false) {
    const values = {};
    const secret = [];
    for (const field of this.form.elements) {
      if (!this.unsaved.has(field.name)) continue;
      if (isSecret(field) && field.value) secret.push(field.name);
      if (!isKept(field)) continue;
      if (isTicked(field)) values[`${field.name}=${field.value}`] = field.checked;
      else values[field.name] = field.value;
    }
    sessionStorage.setItem(this.key, JSON.stringify({ sent, values, secret }));
  }

  forget() {
    this.dirty = false;
    this.unsaved.clear();
    sessionStorage.removeItem(this.key);
  }

  // What was refused is stored nowhere, nor is anything of a form that is sent by its button alone: it stands in this
  // page, which may be loaded anew.
  keepRefused() {
    for (const field of this.form.elements) {
      const only = !this.saves || field.getAttribute("aria-invalid") === "true";
      if (field.name && only && field.value) this.unsaved.add(field.name);
    }
    if (this.unsaved.size) this.keep();
  }

  bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    // A form that comes back with what is wrong has it all.
    if (document.querySelector(".error-summary")) {
      this.forget();
      this.keepRefused();
      return;
    }
    if (!kept) return;
    // What was sent has arrived, unless a log-in came between.
    if (kept.sent && !document.referrer.includes("/hesap/")) {
      this.forget();
      return;
    }
    for (const field of this.form.elements) {
      if (!field.name || field.disabled) continue;
      const value = kept.values[isTicked(field) ? `${field.name}=${field.value}` : field.name];
      if (value === undefined || value === (isTicked(field) ? field.checked : field.value)) continue;
      if (isTicked(field)) field.checked = value;
      else field.value = value;
      // The districts of a province that is not stored are not in the list.
      if (field.type === "select-one" && field.value !== value) field.add(new Option(value, value, true, true));
      unfold(field);
      this.dirty = true;
      this.unsaved.add(field.name);
      this.left.add(field.name);
    }
    // What a paper has filled in meanwhile is not asked for again.
    const isMissing = (field) => field && !field.disabled && !field.value;
    const secret = kept.secret.map((name) => this.form.elements[name]).filter(isMissing);
    secret.forEach((field) => this.mark(field, NOT_KEPT));
    if (!this.dirty) this.forget();
    if (this.dirty || secret.length) this.say(this.dirty ? BROUGHT_BACK : NOT_KEPT);
    if (this.dirty) this.form.dispatchEvent(new Event("change"));
    if (this.dirty && this.saves) this.save();
  }

  // -- What the server keeps

  async save() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.dirty = false;
    // Whoever types what stood there before means it, too: the district of that name in another province.
    for (const name of this.unsaved) {
      const before = this.before(name);
      if (before?.value === valueOf(new FormData(this.form), name)) before.disabled = true;
    }
    const data = new FormData(this.form);
    this.form.querySelectorAll("[type=file]").forEach((each) => data.delete(each.name));
    // What is on its way counts as typed: who now types what stood there before means it.
    this.unsaved.forEach((name) => this.before(name)?.setAttribute("disabled", ""));
    let answer = null;
    try {
      answer = await fetch(location.pathname, {
        method: "POST",
        body: data,
        headers: { "X-Autosave": "1" },
        redirect: "manual",
        keepalive: true,
      });
    } catch {
      // No line: `take` says so, and it is tried again.
    }
    await letGo;
    this.running = false;
    await this.take(answer, data);
    if (this.again) {
      this.again = false;
      this.save();
    }
  }

  async take(answer, data) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.dirty = true;
      this.keep();
      this.say(answer ? NOT_NOW : NO_LINE, "warn");
      this.timer = setTimeout(() => this.save(), this.wait);
      this.wait = Math.min(2 * this.wait, AT_MOST);
    } else if (answer.status === 401) {
      this.stop(NO_SESSION, "Yeniden giriş yapın");
    } else if (answer.status === 200) {
      this.wait = AGAIN;
      this.settle(await answer.json(), data);
    } else {
      const found = answer.status === 409 ? await answer.json().catch(() => null) : null;
      this.stop(found?.said ?? "Bu sayfa eskidi; yazdıklarınız burada duruyor.", "Sayfayı yenileyin");
    }
  }

  settle({ said, errors, kept, notes, hints, told, done }, data) {
    const now = new FormData(this.form);
    for (const [name, text] of Object.entries(kept)) {
      // Typed on while the answer was on its way: nobody else has stored what stands there by now.
      if (valueOf(now, name) !== valueOf(data, name)) {
        this.stood(name, text);
        continue;
      }
      const field = this.form.elements[name];
      const typed = this.unsaved.delete(name);
      if (!(field instanceof HTMLElement)) continue;
      this.show(field, text);
      if (typed) {
        this.mark(field, notes[name] ? `${SAVED}. ${notes[name]}` : SAVED);
        this.left.add(name); // what was wrong with it is so no longer, though somebody is still in it
      }
      const hint = hints[name] && document.getElementById(`id_${name}_helptext`);
      if (hint) hint.textContent = hints[name];
    }
    if (this.unsaved.size) this.keep();
    else this.forget();
    let refused = false;
    for (const each of this.form.elements) {
      if (!each.name || each.type === "hidden") continue;
      const known = this.left.has(each.name) || (each.value && each !== document.activeElement);
      this.refuse(each, known ? errors[each.name] : "");
      refused ||= known && each.name in errors;
    }
    this.page(done);
    const more = [...Object.values(notes), told].filter(Boolean).join(" ");
    if (said) this.say(said, "warn");
    else if (refused) this.say(ALL_BUT);
    else if (more) this.say(`${SAVED}. ${more}`, "warn");
    else if (this.unsaved.size) this.say("");
    else this.say(`${SAVED} (${new Date().toLocaleTimeString("tr", CLOCK)}).`);
  }

  // What is stored now stands in the field, unless somebody is in it: a number in its usual form, a secret not at all.
  show(field, text) {
    const stood = field.value;
    const same = isTicked(field) ? field.checked === (text === "on") : stood === text;
    if (!same && field === document.activeElement) return;
    if (isTicked(field)) field.checked = text === "on";
    else if (!same) field.value = text;
    if (field.type === "select-one" && field.value !== text) {
      field.value = stood;
      return;
    }
    this.stood(field.name, text);
  }

  stood(name, text) {
    const before = this.before(name);
    if (!before) return;
    before.value = text;
    before.disabled = false;
  }

  // The hidden field that says what stood in the field (onboarding/forms/aged.py).
  before(name) {
    return this.form.elements[`before-${name}`];
  }

  // No use to try again: the link opens the page anew, through a log-in where one is needed.
  stop(words, link) {
    this.stopped = true;
    this.keep();
    this.say(`${words} `, "warn");
    const anew = document.createElement("a");
    anew.href = location.pathname;
    anew.textContent = link;
    this.note.append(anew);
  }

  // -- What is seen

  say(words, how = "quiet") {
    if (!this.note) return;
    this.note.className = `draft-note draft-note--${how}`;
    this.note.textContent = words;
  }

  // The page among the others: what stands red on it is not done, whatever is stored. What a button's press was
  // answered with, above the form, is of before.
  page(done) {
    document.querySelectorAll("[data-messages] > .callout--success").forEach((each) => each.remove());
    const here = document.querySelector(".form-pages [aria-current]")?.parentElement;
    if (!here) return;
    here.querySelector("span")?.remove();
    const wrong = this.form.querySelector("[aria-invalid=true]") !== null;
    if (!wrong && !done) return;
    const mark = document.createElement("span");
    mark.className = wrong ? "form-pages__wrong" : "form-pages__done";
    mark.innerHTML = wrong ? "düzeltilecek" : "<span>tamam</span>";
    here.append(" ", mark);
  }

  // Quietly beside the field; who listens hears it from the note near the button.
  mark(field, words) {
    const box = field.closest(".field");
    let mark = box?.querySelector(".draft-mark");
    if (!box || (!mark && !words)) return;
    if (!mark) {
      mark = document.createElement("p");
      mark.className = "draft-mark";
      mark.setAttribute("aria-hidden", "true");
      box.append(mark);
    }
    mark.textContent = words;
  }

  refuse(field, sentence) {
    const box = field.closest(".field");
    if (!box || (!sentence && !this.left.has(field.name))) return;
    const id = `id_${field.name}_error`;
    let list = document.getElementById(id);
    if (!sentence) {
      list?.remove();
      field.removeAttribute("aria-invalid");
      strikeOut(field.id);
      return;
    }
    if (!list) {
      list = document.createElement("ul");
      list.id = id;
      list.className = "field__error";
      box.append(list);
    }
    const line = document.createElement("li");
    line.textContent = sentence;
    list.replaceChildren(line);
    field.setAttribute("aria-invalid", "true");
    const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    field.setAttribute("aria-describedby", [...described.add(id)].join(" "));
  }
}

// What is mended leaves the list above the form, and the list goes with its last line.
const strikeOut = (id) => {
  const list = document.querySelector(".error-summary");
  list?.querySelector(`a[href="#${id}"]`)?.closest("li").remove();
  const left = list?.querySelectorAll("li").length;
  if (left === 0) list.remove();
  else if (left) {
    const title = list.querySelector("h2");
    title.textContent = title.textContent.replace(/^\d+/, left);
  }
};

const known = new WeakSet();
const watchOver = () =>
  document.querySelectorAll("form[data-draft], form[data-kept]").forEach((form) => {
    if (known.has(form)) return;
    known.add(form);
    new Draft(form);
  });
watchOver();
document.addEventListener("htmx:afterSettle", watchOver);

// A form that a link brings into the page stands there again while something is kept for it.
document.addEventListener("DOMContentLoaded", () => {
  const company = document.querySelector("[name=shown_for]")?.value;
  const isLost = (link) => {
    const kept = sessionStorage.getItem(keyOf(company, link.pathname));
    return kept && !JSON.parse(kept).sent && !document.querySelector(`[hx-trigger=load][hx-get="${link.pathname}"]`);
  };
  [...document.querySelectorAll("a[hx-get]")].find(isLost)?.click();
});

// A label that says what is asked for as a box is ticked, and the telephone's keyboard for it: letters for a passport.
document.querySelectorAll("[data-label-by]").forEach((field) => {
  const box = document.getElementsByName(field.dataset.labelBy)[0];
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (!box || !label) return;
  const follow = () => {
    label.firstChild.textContent = box.checked ? field.dataset.labelOn : field.dataset.labelOff;
    field.inputMode = box.checked ? "text" : "numeric";
  };
  box.addEventListener("change", follow);
  follow();
});

// A list is searched by what is typed on a keyboard without Turkish letters, and by former names.
const plain = (text) => text.toLocaleLowerCase("tr").normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
const findIn = (list, isMeant) =>
  [...(list.options ?? [])].find((each) => each.dataset.find?.split(" ").some(isMeant));
const choose = (list, option) => {
  option.selected = true;
  list.dispatchEvent(new Event("change", { bubbles: true }));
};
let sought = "";
let soughtAt = 0;
document.addEventListener("keydown", (event) => {
  const list = event.target;
  if (!list.querySelector?.("option[data-find]") || event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
  sought = (event.timeStamp - soughtAt < 1000 ? sought : "") + plain(event.key);
  soughtAt = event.timeStamp;
  const found = findIn(list, (word) => word.startsWith(sought));
  if (!found) return;
  event.preventDefault();
  if (!found.selected) choose(list, found);
});

// Whoever is quicker than the districts of a province that was just chosen keeps the one chosen or typed meanwhile,
// be it the one that stood there before.
const district = (part) => part.querySelector?.("[name=district]");
let meanwhile = "";
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (district(target)) meanwhile = "";
});
["input", "change"].forEach((name) =>
  document.addEventListener(name, ({ target }) => {
    if (target.name === "district") meanwhile = target.value.trim();
  }),
);
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const list = meanwhile && district(target);
  const found = list && findIn(list, (word) => word === plain(meanwhile).replace(/\W/g, ""));
  if (found) choose(list, found);
  if (list) meanwhile = "";
});
