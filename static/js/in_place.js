// a[data-in-place] leads to a page with one form: here the form opens beneath, so that what it is about stays in sight.
// It is sent from there as well: what was refused stands in its place again, and what was done leads on. So does
// form[data-in-place], which is on the page already. Without script the page itself opens (templates/admin/form_page.html).
"use strict";

// In a block: the names of all scripts of a page are in one place.
{
  const AWAY = "Gönderilemedi; yazdıklarınız duruyor. Yeniden deneyin.";
  // By the link that opened it. What was typed stays in one that is closed; on the page it would share its names (id).
  const parts = new Map();

  // What was typed and not sent, for as long as this tab is open: another case may be looked at meanwhile. It is for
  // whoever wrote it: somebody else who logs in here does not find it.
  const own = `in-place:${document.currentScript.dataset.person}:`;
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith("in-place:") && !key.startsWith(own))
    .forEach((key) => sessionStorage.removeItem(key));
  const isKept = ({ name, type }) => name && !["hidden", "password", "file", "submit", "button"].includes(type);
  const keyOf = (link) => own + link.pathname + link.search;
  const kept = (link) => JSON.parse(sessionStorage.getItem(keyOf(link)) ?? "{}");
  const keep = (link, field) =>
    sessionStorage.setItem(keyOf(link), JSON.stringify({ ...kept(link), [nameOf(field)]: valueOf(field) }));
  const forget = (link) => link && sessionStorage.removeItem(keyOf(link));
  const nameOf = (field) => (field.type === "radio" || field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (nameOf(field) === field.name ? field.value : field.checked);
  const bringBack = (form, link) => {
    const values = kept(link);
    [...form.elements].filter((each) => isKept(each) && nameOf(each) in values).forEach((field) => {
      if (nameOf(field) === field.name) field.value = values[field.name];
      else field.checked = values[nameOf(field)];
    });
  };

  const close = (link) => {
    const part = parts.get(link);
    (part.closest(".in-place-row") ?? part).remove();
    link.setAttribute("aria-expanded", "false");
    // What is shown in place of the form is asked for anew.
    if (!part.querySelector("form")) parts.delete(link);
  };
  // What is shown is gone with the page.
  addEventListener("pagehide", () => [...parts.keys()].filter((each) => !parts.get(each).querySelector("form")).forEach(close));

  const partOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("[data-opens-in-place]");

  const dress = (part, link, content) => {
    const title = document.createElement("h2");
    title.textContent = link.textContent.replace("…", "").trim();
    part.replaceChildren(title, ...content.childNodes);
    const form = part.querySelector("form");
    if (form) form.action = link.href;
    form?.toggleAttribute("data-takes", link.dataset.inPlace === "takes"); // static/js/desk.js
    part.querySelector("[data-closes]")?.addEventListener("click", (event) => {
      event.preventDefault();
      close(link);
      link.focus();
    });
  };

  const writeIn = (part) => (part.querySelector("[autofocus]") ?? part.querySelector("input:not([type=hidden]), select, textarea"))?.focus();

  const fetched = async (link) => {
    const answer = await fetch(link.href).catch(() => null);
    const content = answer?.ok && !answer.redirected ? partOf(await answer.text()) : null;
    if (!content) return null;
    const part = document.createElement("div");
    part.className = "module in-place";
    dress(part, link, content);
    bringBack(part.querySelector("form"), link);
    part.addEventListener("input", ({ target }) => isKept(target) && keep(link, target));
    return part;
  };

  const place = (link, part) => {
    const row = link.closest("tr");
    if (!row) {
      (link.closest(".desk") ?? link.closest(".moves, .buttons")).after(part);
      return;
    }
    const beneath = row.parentElement.insertRow(row.sectionRowIndex + 1);
    beneath.className = "in-place-row";
    const cell = beneath.insertCell();
    cell.colSpan = row.cells.length;
    cell.append(part);
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
    place(link, part);
    link.closest(".desk")?.querySelector(".more[aria-expanded=true]")?.click(); // it would cover the form (static/js/case.js)
    link.setAttribute("aria-expanded", "true");
    part.scrollIntoView({ block: "nearest" });
    writeIn(part);
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

  const goOn = (next) => {
    // To a place on the same page nothing would be loaded, and what is loaded anew opens where it was left: as if one
    // came from elsewhere.
    history.replaceState(null, "", `${location.pathname}?gonderildi`);
    location.replace(next);
  };

  // tenancy.admin.base answers a post that says so with where to go on, instead of going there.
  const send = async (form, submitter) => {
    const body = new FormData(form, submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-In-Place": "1" } }).catch(() => null);
    delete form.dataset.sent; // static/js/portal.js
    const link = [...parts.keys()].find((each) => parts.get(each).contains(form));
    if (!answer) {
      const told = form.querySelector("[data-away]") ?? Object.assign(document.createElement("p"), { className: "errornote" });
      told.dataset.away = "";
      told.setAttribute("role", "alert");
      told.textContent = AWAY;
      form.prepend(told);
      return;
    }
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      forget(link);
      goOn((await answer.json()).next);
      return;
    }
    const content = partOf(await answer.text());
    if (!content) {
      form.dataset.leaves = ""; // for a page that says what is in the way
      form.requestSubmit(submitter);
      return;
    }
    if (answer.ok) forget(link);
    const part = link ? parts.get(link) : content;
    if (link) dress(part, link, content);
    else {
      form.replaceWith(content);
      const again = content.querySelector("form");
      again.action = form.action;
      again.dataset.inPlace = "";
    }
    part.scrollIntoView({ block: "nearest" });
    writeIn(part);
  };

  // After the question that is asked before some are sent (static/js/desk.js).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches(".in-place form, form[data-in-place]") || "leaves" in form.dataset) return;
    event.preventDefault();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    send(form, event.submitter).finally(() => (form.ariaBusy = null));
  });
}
