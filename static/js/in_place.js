// a[data-in-place] leads to a page with one form: here the form opens beneath, so that what it is about stays in sight.
// Without script the page itself opens; and after a refusal, with what was typed (templates/admin/form_page.html).
"use strict";

// In a block: the names of all scripts of a page are in one place.
{
  // By the link that opened it. What was typed stays in one that is closed; on the page it would share its names (id).
  const parts = new Map();

  const close = (link) => {
    parts.get(link).remove();
    link.setAttribute("aria-expanded", "false");
  };

  const fetched = async (link) => {
    const answer = await fetch(link.href).catch(() => null);
    const page = answer?.ok && !answer.redirected ? await answer.text() : "";
    const part = new DOMParser().parseFromString(page, "text/html").querySelector("[data-opens-in-place]");
    if (!part) return null;
    const title = document.createElement("h2");
    title.textContent = link.textContent.replace("…", "").trim();
    part.prepend(title);
    part.classList.add("module", "in-place");
    part.querySelector("form").action = link.href;
    part.querySelector(".closelink").addEventListener("click", (event) => {
      event.preventDefault();
      close(link);
      link.focus();
    });
    return part;
  };

  const open = async (link) => {
    if (link.ariaBusy) return;
    link.ariaBusy = "true";
    const part = parts.get(link) ?? (await fetched(link));
    link.ariaBusy = null;
    if (!part) {
      location.assign(link.href); // which says what is in the way
      return;
    }
    parts.set(link, part);
    [...parts.keys()].filter((each) => each !== link).forEach(close);
    (link.closest(".desk") ?? link.closest(".moves, .buttons")).after(part);
    link.closest(".desk")?.querySelector(".more[aria-expanded=true]")?.click(); // it would cover the form (static/js/case.js)
    link.setAttribute("aria-expanded", "true");
    part.scrollIntoView({ block: "nearest" });
    (part.querySelector("[autofocus]") ?? part.querySelector("input:not([type=hidden]), select, textarea")).focus();
  };

  document.querySelectorAll("a[data-in-place]").forEach((link) => {
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
      event.preventDefault();
      if (parts.get(link)?.isConnected) close(link);
      else open(link);
    });
  });
}
