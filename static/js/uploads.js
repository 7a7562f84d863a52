// Files go as soon as they are chosen, in place, with what became of them. Without script the forms around them work
// by themselves (templates/_partials/files.html). A file that did not go stays here until it does or is taken away.
"use strict";

const STALLED = 60000; // milliseconds without a byte after which a line counts as cut

const make = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
};

// In tenths, rounded up, as the server writes it.
const megabytes = (bytes) => String(Math.ceil((bytes / 1024 / 1024) * 10) / 10).replace(".", ",");

// What a screen reader is told without leaving where it is.
const told = make("p", { role: "status", class: "visually-hidden" });
document.querySelector("main").append(told);
const tell = (sentence) => {
  told.textContent = "";
  setTimeout(() => (told.textContent = sentence), 50);
};

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const fresh = async () => parsed(await (await fetch(location.href, { cache: "no-store" })).text());

// -- One file on its way ---------------------------------------------------------------------------------------

const WHY = {
  403: "Bu sayfa eskimiş ya da buna yetkiniz yok. Sayfayı yenileyip yeniden deneyin.",
  404: "Bu adım artık dosya beklemiyor. Sayfayı yenileyin.",
  409: "Bu sayfa başka bir firma için açılmıştı. Sayfayı yenileyip yeniden deneyin.",
  413: "Dosya sunucunun kabul ettiğinden büyük.",
};

// Sends a form's data; `way` has progress(percent), done(answer), refused(sentence, details), failed(sentence, login).
const send = (url, data, way) => {
  const request = new XMLHttpRequest();
  let cut = false;
  let silence;
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      cut = true;
      request.abort();
    }, STALLED);
  };
  request.upload.addEventListener("progress", (event) => {
    listen();
    if (event.lengthComputable) way.progress(Math.floor((event.loaded / event.total) * 100));
  });
  request.upload.addEventListener("load", () => way.progress(100));
  request.addEventListener("loadend", () => clearTimeout(silence));
  request.addEventListener("load", () => {
    if (new URL(request.responseURL).pathname !== new URL(url, location).pathname) {
      // Led elsewhere, to the log-in page.
      way.failed("Oturumunuz kapanmış. Dosyanız bu sayfada duruyor:", request.responseURL);
      return;
    }
    if (!(request.getResponseHeader("Content-Type") ?? "").startsWith("application/json")) {
      if (WHY[request.status]) way.failed(WHY[request.status]);
      else way.failed("Sunucuda bir sorun oldu. Birkaç dakika sonra yeniden deneyin.");
      return;
    }
    const answer = JSON.parse(request.responseText);
    if (request.status < 300) way.done(answer);
    else way.refused(answer.error, answer.details);
  });
  const broken = () => way.failed("Bağlantı koptu, dosya gönderilemedi. Dosyanız bu sayfada duruyor.");
  request.addEventListener("error", broken);
  request.addEventListener("abort", () => (cut ? broken() : way.cancelled()));
  request.open("POST", url);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(data);
  listen();
  return request;
};

// -- The files of one field ------------------------------------------------------------------------------------

class Files {
  constructor(place) {
    this.place = place;
    this.form = place.closest("form");
    this.input = place.querySelector("input[type=file]");
    this.list = place.querySelector(".files__list");
    this.direct = "direct" in place.dataset;
    this.keeps = "keep" in place.dataset;
    this.adds = "adds" in place.dataset;
    this.label = this.form.querySelector(`label[for="${this.input.id}"]`)?.textContent.trim() ?? "";
    this.button = this.direct ? this.form.querySelector("[data-files-submit]") : null;
    this.going = 0;
    this.queue = Promise.resolve();
    place.files = this;
    this.input.required = false;
    this.input.addEventListener("change", () => this.choose(this.input, false));
    const camera = place.querySelector("template");
    if (camera && matchMedia("(pointer: coarse)").matches) {
      const zone = camera.content.firstElementChild.cloneNode(true);
      camera.replaceWith(zone);
      const lens = zone.querySelector("input");
      lens.addEventListener("change", () => this.choose(lens, true));
    }
    for (const [event, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
      this.input.addEventListener(event, () => place.classList.toggle("files--over", over));
    }
    this.list.querySelectorAll("[data-draft]").forEach((row) => this.show(row, row.dataset));
    this.look();
  }

  get kept() {
    return [...this.list.querySelectorAll("[data-draft]")];
  }

  get lost() {
    return this.list.querySelector("[data-failed]");
  }

  // Chosen, dropped or photographed. One file alone is handed in; pages wait until they are in order.
  choose(input, byCamera) {
    const files = [...input.files];
    input.value = "";
    // While a telephone's camera was open, this part of the page may have come anew.
    const anew = !this.place.isConnected && document.getElementById(this.input.id)?.closest("[data-files]")?.files;
    (anew || this).receive(files, byCamera);
  }

  receive(files, byCamera) {
    if (!files.length) return;
    this.list.querySelectorAll("[data-over]").forEach((row) => row.remove());
    const most = Number(this.place.dataset.maxBytes);
    const alone = this.direct && !byCamera && files.length === 1 && !this.list.children.length;
    for (const file of files) {
      const row = this.row(file);
      if (file.size > most) {
        this.refuse(
          row,
          `Dosya ${megabytes(file.size)} MB; en çok ${megabytes(most)} MB olabilir. ` +
            "Daha düşük çözünürlükle yeniden tarayın.",
        );
      } else if (!file.size) {
        this.refuse(row, "Dosya boş. Açıp kontrol edin. Sonra yeniden seçin.");
      } else if (alone || !this.keeps) {
        this.start(row, this.form.action || location.href, () => this.whole(file), (answer) => this.taken(row, answer));
      } else {
        this.start(
          row,
          this.place.dataset.keep,
          () => this.single(file),
          (answer) => {
            this.show(row, { ...answer, draft: answer.id });
            tell(`${answer.name} eklendi.`);
          },
        );
      }
    }
  }

  row(file) {
    const row = make("li", { class: "files__file" });
    row.name = file.name;
    this.list.append(row);
    return row;
  }

  // The form as it is, with this file.
  whole(file) {
    const data = new FormData(this.form);
    data.delete(this.input.name);
    if (file) data.append(this.input.name, file);
    return data;
  }

  single(file) {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "shown_for"]) {
      const field = this.form.querySelector(`[name=${name}]`);
      if (field) data.append(name, field.value);
    }
    data.append("about", this.place.dataset.about ?? "");
    data.append("file", file);
    return data;
  }

  // One after the other: pages keep their order, and a slow line is not shared out among them.
  start(row, url, data, done) {
    this.going += 1;
    this.place.dataset.busy = "yes";
    let request = null;
    let given = false;
    const bar = make("progress", { max: 100, value: 0, "aria-label": `Yükleniyor: ${row.name}` });
    const percent = make("span", { class: "files__percent", "aria-hidden": "true" }, "%0");
    const cancel = this.tool("İptal", `Yüklemeyi iptal et: ${row.name}`);
    row.removeAttribute("data-failed");
    this.fill(row, { name: row.name, said: "Yükleniyor…", tools: [cancel], more: [bar, percent] });
    this.look();
    this.queue = this.queue.then(
      () =>
        new Promise((next) => {
          const end = (act) => (...what) => {
            this.going -= 1;
            if (!this.going) delete this.place.dataset.busy;
            act(...what);
            this.look();
            next();
          };
          const give = end(() => {
            row.remove();
            tell("Yükleme iptal edildi.");
            this.input.focus({ preventScroll: true });
          });
          if (given) {
            give();
            return;
          }
          row.cancel = () => request.abort();
          request = send(url, data(), {
            progress: (done) => {
              bar.value = done;
              percent.textContent = `%${done}`;
              if (done === 100) row.querySelector(".files__said").textContent = "Denetleniyor…";
            },
            done: end(done),
            refused: end((sentence, details) => this.refuse(row, sentence, details)),
            cancelled: give,
            failed: end((sentence, login) => this.fail(row, sentence, login, () => this.start(row, url, data, done))),
          });
        }),
    );
    cancel.addEventListener("click", () => {
      given = true;
      if (request) request.abort();
      else row.hidden = true;
    });
  }

  // How a row looks: a name, a sentence below it, tools beside it.
  fill(row, { name, said = "", small = "", picture = "", tools = [], more = [], error = "", details = "" }) {
    row.replaceChildren();
    if (picture) row.append(make("img", { src: picture, alt: "", class: "files__page", width: 48, height: 64 }));
    const what = make("div", { class: "files__what" }, make("span", { class: "files__name" }, name));
    if (small) what.append(" ", make("small", {}, small));
    if (said) what.append(make("span", { class: "files__said" }, said));
    if (more.length) what.append(make("div", { class: "files__progress" }, ...more));
    row.append(what, make("div", { class: "files__tools" }, ...tools));
    if (error) {
      const sentence = make("p", { class: "field__error", role: "alert" });
      what.append(sentence);
      sentence.append(...[error].flat()); // after it is on the page, so that it is read out
    }
    if (details) what.append(...parsed(details).body.children);
  }

  tool(words, label, press) {
    const made = make("button", { type: "button", class: "files__tool", "aria-label": label }, words);
    if (press) made.addEventListener("click", press);
    return made;
  }

  away(row) {
    return this.tool("Kaldır", `Kaldır: ${row.name}`, () => {
      row.remove();
      tell(`${row.name} kaldırıldı.`);
      this.input.focus({ preventScroll: true });
      this.look();
    });
  }

  refuse(row, sentence, details) {
    row.dataset.over = "yes";
    this.fill(row, { name: row.name, error: sentence, details, tools: [this.away(row)] });
  }

  fail(row, sentence, login, again) {
    row.dataset.failed = "yes";
    const retry = this.tool("Yeniden dene", `Yeniden dene: ${row.name}`, async () => {
      retry.disabled = true;
      await this.renew();
      again();
    });
    const enter = login && make("a", { href: login, target: "_blank", rel: "noopener" }, "yeni sekmede giriş yapın");
    const error = enter ? [sentence, " ", enter, ", sonra “Yeniden dene”ye basın."] : sentence;
    this.fill(row, { name: row.name, error, tools: [retry, this.away(row)] });
  }

  // A log-in in between makes the form's token another one.
  async renew() {
    try {
      const token = (await fresh()).querySelector("[name=csrfmiddlewaretoken]");
      const ours = this.form.querySelector("[name=csrfmiddlewaretoken]");
      if (token && ours) ours.value = token.value;
    } catch {
      // Still no line: the sending itself says so.
    }
  }

  // A file that waits on the server, as one of the pages.
  show(row, draft) {
    row.name = draft.name;
    row.dataset.draft = draft.draft;
    row.dataset.remove = draft.remove;
    const move = (step) => () => this.move(row, step);
    this.fill(row, {
      name: draft.name,
      small: draft.size,
      said: draft.note,
      picture: draft.picture,
      tools: [
        this.tool("↑", `Yukarı al: ${draft.name}`, move(-1)),
        this.tool("↓", `Aşağı al: ${draft.name}`, move(1)),
        this.tool("Kaldır", `Kaldır: ${draft.name}`, () => this.drop(row)),
      ],
    });
    row.append(make("input", { type: "hidden", name: `${this.input.name}_kept`, value: draft.draft }));
    this.look();
  }

  move(row, step) {
    const rows = this.kept;
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    // The other one moves, so that the focus stays where it is.
    if (step < 0) row.after(other);
    else row.before(other);
    const [up, down] = row.querySelectorAll(".files__tool");
    this.look();
    if (up.disabled) down.focus();
    else if (down.disabled) up.focus();
    tell(`${row.name}: ${this.kept.indexOf(row) + 1}. sayfa oldu.`);
  }

  drop(row) {
    send(row.dataset.remove, this.single(""), {
      progress: () => {},
      cancelled: () => {},
      done: (answer) => tell(answer.said),
      refused: tell,
      // What cannot be reached is gone by itself after a day.
      failed: () => tell(`${row.name} kaldırıldı.`),
    });
    row.remove();
    this.input.focus({ preventScroll: true });
    this.look();
  }

  // What the field offers now.
  look() {
    const rows = this.kept;
    rows.forEach((row, place) => {
      const [up, down] = row.querySelectorAll(".files__tool");
      if (!down) return; // not shown yet
      up.hidden = down.hidden = rows.length < 2;
      up.disabled = place === 0;
      down.disabled = place === rows.length - 1;
    });
    this.list.classList.toggle("files__list--pages", rows.length > 1);
    const words = this.place.querySelector(".files__choose");
    this.choosing ??= words.textContent;
    words.textContent = rows.length ? "Başka dosya ya da sayfa seçin" : this.choosing;
    if (!this.button) return;
    this.button.closest(".actions").hidden = !rows.length;
    this.button.classList.remove("button--secondary");
    this.words ??= this.button.innerHTML;
    if (rows.length > 1 && this.adds) this.button.textContent = `${rows.length} sayfayı ekle`;
    else if (rows.length > 1) this.button.textContent = `${rows.length} sayfayı tek PDF yap ve yükle`;
    else this.button.innerHTML = this.words;
  }

  // The pages, in their order.
  handIn() {
    const row = this.row({ name: this.label });
    this.start(row, this.form.action || location.href, () => this.whole(null), (answer) => this.taken(row, answer));
  }

  async taken(row, answer) {
    if (answer.next && !unkept()) {
      this.fill(row, { name: row.name, said: "Yüklendi." });
      if (new URL(answer.next, location).pathname === location.pathname) location.reload();
      else location.assign(answer.next);
      return;
    }
    if (this.adds) {
      // Another page may be chosen before the page has been asked for anew.
      this.form.elements.onto.value = this.place.dataset.about = answer.onto;
    }
    tell(`${answer.said} ${answer.note ?? ""}`);
    this.kept.forEach((each) => each.remove());
    const name = row.name;
    const said = [answer.said, answer.note].filter(Boolean).join(" ");
    this.fill(row, { name, said });
    // Of a paper that is doubted its own line alone speaks, once it is here.
    if (answer.doubted) row.doubted = true;
    else row.classList.add("files__file--done");
    row.dataset.over = "yes";
    this.look();
    await refresh(this.input.id, row);
  }
}

// Whether something was written that is not kept yet: it is not taken away.
const typed = (part) =>
  [...part.querySelectorAll("textarea:not([data-keep])")].some((field) => field.value !== field.defaultValue);

// Whether a page that is left would lose something: words, a file on its way or one that did not go.
const unkept = () =>
  typed(document.querySelector("main")) || document.querySelector("[data-busy], [data-failed]") !== null;

// What stands elsewhere on the page and changes with it: a badge, what is still missing. The page does not move.
const refresh = async (id, row) => {
  const page = await fresh().catch(() => null);
  if (!page) return;
  await letGo;
  for (const part of document.querySelectorAll("[data-part]")) {
    const now = page.getElementById(part.id);
    if (!now || part.querySelector("[data-busy], [data-failed]") || typed(part)) continue;
    const here = part.contains(row);
    const focused = part.contains(document.activeElement);
    part.replaceWith(now);
    enhance(now);
    live(now);
    const place = here && document.getElementById(id)?.closest("[data-files]");
    if (place) {
      if (!row.doubted) place.querySelector(".files__list").append(row);
      // The next page is added where this one was.
      place.closest("details")?.setAttribute("open", "");
    }
    if (here && focused) document.getElementById(id)?.focus({ preventScroll: true });
  }
};

const live = (root) => root.querySelectorAll("[data-files]").forEach((place) => place.files ?? new Files(place));
live(document);
document.addEventListener("htmx:afterSettle", () => live(document));

// A form waits for its files. A file that did not go is not left behind silently.
document.addEventListener(
  "submit",
  (event) => {
    const fields = [...event.target.querySelectorAll("[data-files]")].map((each) => each.files).filter(Boolean);
    if (!fields.length) return;
    const stop = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const lost = fields.find((each) => each.lost);
    const busy = fields.filter((each) => each.going);
    if (lost) {
      stop();
      lost.lost.querySelector("button").focus();
      tell("Gönderilemeyen bir dosya var: yeniden deneyin ya da kaldırın.");
    } else if (busy.length) {
      stop();
      tell("Dosya yükleniyor; bitince gönderilecek.");
      Promise.all(busy.map((each) => each.queue)).then(() => event.target.requestSubmit(event.submitter));
    } else if (fields[0].direct && (event.submitter?.matches("[data-files-submit]") ?? true)) {
      stop();
      if (fields[0].kept.length) fields[0].handIn();
    }
  },
  true, // before what sends the form otherwise
);
