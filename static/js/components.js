// For the page of all components alone: its files in each state, drawn by what draws them elsewhere (uploads.js).
"use strict";

// Nothing here asks the portal for anything.
document.addEventListener("htmx:beforeRequest", (event) => event.preventDefault());

const shown = document.querySelector("#states").closest("[data-files]").files;
const row = (name) => shown.row({ name });

const going = row("vergi-levhasi.pdf");
shown.fill(going, {
  name: going.name,
  said: "Yükleniyor…",
  tools: [shown.tool("İptal", "Yüklemeyi iptal et")],
  more: [make("progress", { max: 100, value: 42, "aria-label": "Yükleniyor" }), make("span", { class: "files__percent" }, "%42")],
});
shown.refuse(row("dev-tarama.pdf"), "Dosya 31,2 MB; en çok 25 MB olabilir. Daha düşük çözünürlükle yeniden tarayın.");
shown.fail(row("sirkuler.pdf"), "Bağlantı koptu, dosya gönderilemedi. Dosyanız bu sayfada duruyor.", null, () => {});
const done = row("taahhutname.pdf");
shown.fill(done, { name: done.name, said: "Yüklendi." });
done.classList.add("files__file--done");
shown.show(row("sayfa-1.jpg"), { name: "sayfa-1.jpg", size: "1,2 MB", draft: "1" });
shown.show(row("sayfa-2.jpg"), { name: "sayfa-2.jpg", size: "1,4 MB", draft: "2" });
