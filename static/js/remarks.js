// What support typed to be corrected and has not sent stands in this tab alone, for the page of the case
// (static/js/corrections.js) and for the page of all fields.
"use strict";

const unsent = {
  key: `corrections:${document.querySelector("[data-remarks-of]").dataset.remarksOf}`,

  read() {
    return JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
  },

  write(typed) {
    const left = Object.entries(typed).filter(([, text]) => text.trim());
    if (left.length) sessionStorage.setItem(this.key, JSON.stringify(Object.fromEntries(left)));
    else sessionStorage.removeItem(this.key);
  },
};

{
  const form = document.querySelector("form [data-remarks-of]")?.closest("form");
  const tick = (key) => form.elements[`open_${key}`];

  // By then a browser that goes back has put into the fields what stood there before.
  window.addEventListener("pageshow", () => {
    // A form that comes back with what is wrong has it all.
    if (!form || form.querySelector(".errornote")) return;
    const typed = unsent.read();
    form.querySelectorAll("[type=text]").forEach((input) => {
      input.value = typed[input.name] ?? input.defaultValue;
      if (input.name in typed && tick(input.name)) tick(input.name).checked = true;
    });
  });

  form?.addEventListener("input", ({ target }) => {
    const input = form.elements[target.name.replace(/^open_/, "")];
    if (input.type !== "text") return;
    const closed = tick(input.name)?.checked === false;
    unsent.write({ ...unsent.read(), [input.name]: closed ? "" : input.value });
  });
}
