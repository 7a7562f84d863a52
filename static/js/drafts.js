// Forms that keep what is typed. form[data-draft] is saved at its own address whenever a field is left; the answer is
// that of onboarding/views/autosave.py. form[data-kept] is kept in this tab alone, until it is sent.
//
// In this tab (sessionStorage) stands what the server does not have yet: when the line or the session is away, it is
// there again after a log-in. Never an identity number, a password or a file.
"use strict";

const PAUSE = 1500; // milliseconds without a key
const AGAIN = 10_000; // milliseconds until a line that is away is tried again
const SAVED = "Kaydedildi";
const NO_LINE = "Bağlantı yok; yazdıklarınız bu sayfada duruyor. Bağlantı gelince kendiliğinden kaydedilecek.";
const NO_SESSION = "Oturumunuz sona ermiş; yazdıklarınız bu sayfada duruyor.";
const BROUGHT_BACK = "Kaydedilemeden kalan yazdıklarınız yerine kondu.";

const isKept = (field) =>
  field.name && !("secret" in field.dataset) && !["hidden", "password", "file", "submit", "button"].includes(field.type);

class Draft {
  constructor(form) {
    this.form = form;
    this.saves = "draft" in form.dataset;
    this.note = form.querySelector("[data-draft-note]");
    this.left = new Set(); // names of fields that were left: their refusals are shown
    this.dirty = false;
    this.key = `draft:${form.querySelector("[name=shown_for]")?.value}:${location.pathname}`;
    this.bringBack();
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => this.leave(event.target));
    form.addEventListener("submit", () => this.sent());
    form.querySelector("[data-forget]")?.addEventListener("click", () => this.forget());
    // What the tab alone keeps is sent by its button and by nothing else.
    if (!this.saves) return;
    window.addEventListener("online", () => this.dirty && this.save());
    // Whoever closes the page in the middle of a word keeps what was typed.
    window.addEventListener("pagehide", () => this.dirty && !form.dataset.sent && this.save());
  }

  typed(field) {
    if (!field.name || field.type === "file") return;
    this.dirty = true;
    this.keep();
    this.mark(field, "");
    clearTimeout(this.timer);
    if (this.saves) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  leave(field) {
    if (!field.name || field.type === "file") return;
    this.dirty = true;
    this.left.add(field.name);
    this.keep();
    if (this.saves) this.save(field);
  }

  sent() {
    clearTimeout(this.timer);
    if (this.dirty) this.keep(true);
  }

  // -- What this tab keeps

  keep(sent = false) {
    const values = {};
    for (const field of this.form.elements) {
      if (!isKept(field)) continue;
      if (field.type === "radio" || field.type === "checkbox") values[`${field.name}=${field.value}`] = field.checked;
      else values[field.name] = field.value;
    }
    sessionStorage.setItem(this.key, JSON.stringify({ sent, values }));
  }

  forget() {
    this.dirty = false;
    sessionStorage.removeItem(this.key);
  }

  bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    // What was sent has arrived, unless a log-in came between; a form that comes back with what is wrong has it all.
    const lost = !kept.sent || document.referrer.includes("/hesap/");
    if (!lost || document.querySelector(".error-summary")) {
      this.forget();
      return;
    }
    for (const field of this.form.elements) {
      if (!isKept(field) || field.disabled) continue;
      const isTicked = field.type === "radio" || field.type === "checkbox";
      const value = kept.values[isTicked ? `${field.name}=${field.value}` : field.name];
      if (value === undefined || value === (isTicked ? field.checked : field.value)) continue;
      if (isTicked) field.checked = value;
      else field.value = value;
      this.dirty = true;
      this.left.add(field.name);
    }
    if (!this.dirty) {
      this.forget();
      return;
    }
    this.say(BROUGHT_BACK);
    if (this.saves) this.save();
  }

  // -- What the server keeps

  async save(field = null) {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.dirty = false;
    const data = new FormData(this.form);
    this.form.querySelectorAll("[type=file]").forEach((each) => data.delete(each.name));
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
    this.running = false;
    await this.take(answer, field);
    if (this.again && !this.stopped) {
      this.again = false;
      this.save();
    }
  }

  async take(answer, field) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.dirty = true;
      this.say(NO_LINE, "warn");
      this.timer = setTimeout(() => this.save(), AGAIN);
    } else if (answer.status === 401) {
      this.stop(NO_SESSION, "Yeniden giriş yapın");
    } else if (answer.status === 200) {
      const { said, errors } = await answer.json();
      if (!this.dirty) this.forget();
      for (const each of this.form.elements) {
        if (each.name) this.refuse(each, this.left.has(each.name) ? errors[each.name] : "");
      }
      if (field) this.mark(field, errors[field.name] ? "" : SAVED);
      const refused = [...this.left].some((name) => errors[name]);
      const time = new Date().toLocaleTimeString("tr", { hour: "2-digit", minute: "2-digit" });
      if (said) this.say(said, "warn");
      else this.say(refused ? "Düzeltilmesi gereken alan dışında her şey kaydedildi." : `${SAVED} (${time}).`);
    } else {
      const found = answer.status === 409 ? await answer.json().catch(() => null) : null;
      this.stop(found?.said ?? "Bu sayfa eskidi; yazdıklarınız burada duruyor.", "Sayfayı yenileyin");
    }
  }

  // No use to try again: the link opens the page anew, through a log-in where one is needed.
  stop(words, link) {
    this.stopped = this.dirty = true;
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
    if (!box || field.type === "hidden" || (!sentence && !this.left.has(field.name))) return;
    const id = `id_${field.name}_error`;
    let list = document.getElementById(id);
    if (!sentence) {
      list?.remove();
      field.removeAttribute("aria-invalid");
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

document.querySelectorAll("form[data-draft], form[data-kept]").forEach((form) => new Draft(form));

// A label that says what is asked for as a box is ticked.
document.querySelectorAll("[data-label-by]").forEach((field) => {
  const box = document.getElementsByName(field.dataset.labelBy)[0];
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (!box || !label) return;
  const follow = () => {
    label.firstChild.textContent = box.checked ? field.dataset.labelOn : field.dataset.labelOff;
  };
  box.addEventListener("change", follow);
  follow();
});

// A list is searched by what is typed on a keyboard without Turkish letters, and by former names.
let sought = "";
let soughtAt = 0;
document.addEventListener("keydown", (event) => {
  const list = event.target;
  if (!list.querySelector?.("option[data-find]") || event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
  const letter = event.key.toLocaleLowerCase("tr").normalize("NFKD").replace(/\p{M}/gu, "").replace("ı", "i");
  sought = (event.timeStamp - soughtAt < 1000 ? sought : "") + letter;
  soughtAt = event.timeStamp;
  const found = [...list.options].find((each) => (each.dataset.find ?? "").split(" ").some((word) => word.startsWith(sought)));
  if (!found) return;
  event.preventDefault();
  if (found.selected) return;
  found.selected = true;
  list.dispatchEvent(new Event("change", { bubbles: true }));
});
