// A list of companies that is being done says by itself how far it has come; once it is over, the page is loaded anew.
"use strict";

const EVERY = 10000; // milliseconds

async function renew(shown) {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-going-on]");
  if (!answer.ok || !fresh) {
    location.reload();
    return;
  }
  shown.replaceChildren(...fresh.childNodes);
}

for (const shown of document.querySelectorAll("[data-going-on]")) {
  setInterval(renew, EVERY, shown);
}
