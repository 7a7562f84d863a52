// Corrections are asked for beside what they are about, and sent together. Without script each link leads to its
// field on the page of all fields.
"use strict";

{
  const form = document.querySelector("#corrections");
  const suggested = form && JSON.parse(document.querySelector("#suggested-remarks").textContent);
  const links = [...document.querySelectorAll("[data-ask]")];
  const opened = () => document.querySelectorAll(".ask-line").length;

  const count = () => {
    form.hidden = !opened();
    form.querySelector("[data-asked]").textContent = opened() ? `${opened()} düzeltme istenecek` : "";
  };

  const field = (key, label) => {
    const input = document.createElement("input");
    Object.assign(input, { name: key, maxLength: 1000, required: true, placeholder: "Ne düzeltilmeli?", value: suggested[key] ?? "" });
    input.setAttribute("form", form.id);
    input.setAttribute("list", "kept-phrases");
    input.setAttribute("aria-label", `Ne düzeltilmeli: ${label}`);
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

  const open = (link) => {
    const line = document.createElement("span");
    line.className = "ask-line";
    const input = field(link.dataset.ask, link.dataset.label);
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "Vazgeç";
    away.setAttribute("aria-label", `Vazgeç: ${link.dataset.label}`);
    away.addEventListener("click", () => {
      line.remove();
      link.hidden = false;
      link.focus();
      count();
    });
    line.append(input, tick(link.dataset.ask), away);
    link.after(line);
    link.hidden = true;
    count();
    input.focus();
  };

  links.forEach((link) => {
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the page of all fields in a tab of its own
      event.preventDefault();
      open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open(link);
    });
  });
}
