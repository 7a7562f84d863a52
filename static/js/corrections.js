// Corrections are asked for beside what they are about, and sent together. Without script each link leads to its
// field on the page of all fields.
"use strict";

{
  const form = document.querySelector("#corrections");
  const suggested = form && JSON.parse(document.querySelector("#suggested-remarks").textContent);
  const links = [...document.querySelectorAll("[data-ask]")];
  // A field may stand in two places of the page; it is asked for once.
  const placesOf = (key) => links.filter((each) => each.dataset.ask === key);
  const opened = () => document.querySelectorAll(".ask-line").length;

  // A decision leaves behind what was typed; whoever takes it is told (static/js/desk.js).
  const keep = () => {
    const inputs = [...document.querySelectorAll(".ask-line input:not([type=hidden])")];
    const typed = inputs.filter((each) => each.value.trim());
    unsent.write(Object.fromEntries(typed.map((each) => [each.name, each.value])));
    document.querySelectorAll("form[data-decides]").forEach((each) => {
      each.dataset.unsent = typed.length ? `Yazdığınız ${typed.length} düzeltme gönderilmez.` : "";
    });
  };

  // Beside the button that sends, the link to the page of all fields does not look like one.
  const pageOfAll = form && document.querySelector(`.decision a[href="${form.getAttribute("action")}"]`);

  // All that İYS names, in its own words; each can still be worded anew or taken back before it is sent.
  const all = document.querySelector("[data-ask-all]");

  const isAllAsked = () => Object.keys(suggested).every((key) => placesOf(key).every((each) => each.hidden));

  const count = () => {
    if (all) all.hidden = isAllAsked();
    form.hidden = !opened();
    form.querySelector("[data-asked]").textContent = opened() ? `${opened()} düzeltme istenecek` : "";
    pageOfAll.classList.toggle("quiet", opened() > 0);
    keep();
  };

  const field = (key, label, words) => {
    const input = document.createElement("input");
    Object.assign(input, { name: key, maxLength: 1000, required: true, placeholder: "Ne düzeltilmeli?", value: words });
    input.setAttribute("form", form.id);
    input.setAttribute("list", "kept-phrases");
    input.setAttribute("aria-label", `Ne düzeltilmeli: ${label}`);
    input.addEventListener("input", keep);
    // Enter ends one reason; the others are not written yet.
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      form.querySelector("button").focus();
    });
    return input;
  };

  // What İYS's words suggest is asked for when it is ticked, as on the page of all fields.
  const tick = (key) => {
    const box = document.createElement("input");
    Object.assign(box, { type: "hidden", name: `open_${key}`, value: "on" });
    box.setAttribute("form", form.id);
    return box;
  };

  // The box grows by what is asked for; what one is at stays where it was on the screen.
  const inPlace = (part, act) => {
    const top = () => part.getBoundingClientRect().top;
    const before = top();
    act();
    scrollBy(0, top() - before);
  };

  const open = (link, words) => {
    const line = document.createElement("span");
    line.className = "ask-line";
    const places = placesOf(link.dataset.ask);
    const input = field(link.dataset.ask, link.dataset.label, words);
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "Vazgeç";
    away.setAttribute("aria-label", `Vazgeç: ${link.dataset.label}`);
    away.addEventListener("click", () => {
      line.remove();
      places.forEach((each) => (each.hidden = false));
      link.focus();
      count();
    });
    line.append(input, tick(link.dataset.ask), away);
    link.after(line);
    places.forEach((each) => (each.hidden = true));
    count();
    return input;
  };

  const ask = (link) => {
    const row = link.parentElement;
    inPlace(row, () => open(link, suggested[link.dataset.ask] ?? "").focus({ preventScroll: true }));
  };

  // What was typed before another page came, or before the case changed, goes back beside what it is about.
  const typed = unsent.read();
  form?.querySelectorAll("[data-given]").forEach((given) => {
    const [link] = placesOf(given.dataset.given);
    if (!link) return;
    delete typed[link.dataset.ask];
    open(link, given.querySelector("input").value);
    given.remove();
  });
  Object.entries(typed).forEach(([key, words]) => {
    const [link] = placesOf(key);
    if (link) open(link, words);
  });
  // Out of the browser's memory comes what stood there when the page was left.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (!form) unsent.write({}); // there is nothing to be asked for any more

  if (all) {
    all.hidden = isAllAsked();
    all.addEventListener("click", () => {
      Object.entries(suggested).forEach(([key, words]) => {
        const [link] = placesOf(key);
        if (link && !link.hidden) open(link, words);
      });
      form.querySelector("button").focus();
    });
  }

  links.forEach((link) => {
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the page of all fields in a tab of its own
      event.preventDefault();
      ask(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      ask(link);
    });
  });
}
