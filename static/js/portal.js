// Nothing here is needed to use the portal; it only makes some things smoother.
"use strict";

// The error summary takes the focus, so that a screen reader reads it first; save where the one thing to do is to type
// a code: what was wrong with the last one stands beside its field.
(document.querySelector(".code-input[autofocus]") ?? document.querySelector("[data-focus]"))?.focus();

// A refused form is gone back to, and loaded anew, by its address: else a browser offers to send it once more.
if (performance.getEntriesByType("navigation")[0]?.responseStatus === 422) {
  history.replaceState(history.state, "", location.href);
}

// A paper that was waited for comes down here (static/js/paper_waiting.js).
{
  const paper = sessionStorage.getItem("paper");
  if (paper) {
    sessionStorage.removeItem("paper");
    // Earlier it would keep the page from going to the place that its address names.
    addEventListener("load", () => setTimeout(() => location.assign(paper)));
  }
}

// A second click on a sending button does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Settled while nothing is held down. What moves a page under a finger takes the press away: it would come down on one
// place and go up on another, and no click come of it. Whoever changes a page by itself waits for this first.
let letGo = Promise.resolve();
document.addEventListener(
  "pointerdown",
  () => {
    letGo = new Promise((done) => {
      // The click follows what is let go at once.
      ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => setTimeout(done), { once: true }));
    });
  },
  true, // before anything that stops it
);

// The mail's button opens another tab, which types the code: the tab that has waited for it goes on as well.
const verifying = document.querySelector("[data-once-verified]");
if (verifying) {
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") location.assign(verifying.dataset.onceVerified);
  });
}

// The security check: finds the number whose hash the page asks for, and lets the person know.
async function prove(note) {
  const { algorithm, challenge, salt, signature, maxnumber, max_number: most } = JSON.parse(note.dataset.proof);
  const answer = document.getElementById(note.dataset.proofFor);
  const encoder = new TextEncoder();
  const started = performance.now();
  for (let number = 0; number <= (maxnumber ?? most); number += 1) {
    const digest = new Uint8Array(await crypto.subtle.digest(algorithm, encoder.encode(salt + number)));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex === challenge) {
      const took = Math.round(performance.now() - started);
      answer.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took }));
      note.textContent = "Güvenlik denetimi tamamlandı.";
      return;
    }
  }
}

// Seconds, or minutes as a clock shows them, counted down in sight; screen readers hear the end only. Until then a button may wait.
function countDown(clock) {
  const button = document.getElementById(clock.dataset.enables);
  const note = clock.closest("[data-wait-note]");
  const end = Date.now() + Number(clock.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    clock.textContent =
      "minutes" in clock.dataset ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : String(left);
    if (button) button.disabled = left > 0;
    if (left > 0) {
      setTimeout(tick, 1000);
      return;
    }
    if (note) note.hidden = true;
    const over = document.getElementById(clock.dataset.over);
    if (over) over.hidden = false;
  };
  tick();
}

// The clipboard is out of reach without https or permission; then the text is selected, as a mouse would.
const copy = async (button, source) => {
  let copied = false;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    copied = true;
  } catch {
    getSelection().selectAllChildren(source);
    copied = document.execCommand("copy");
  }
  button.textContent = copied ? "Kopyalandı" : "Seçildi: Ctrl+C ile kopyalayın";
};

// What is typed blind, on a small keyboard, is seen for whoever wants to; hidden again before it is sent, so that
// browsers know it for a password.
const show = (button) => {
  const field = document.getElementById(button.dataset.shows);
  const turn = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Şifreyi gizle" : "Şifreyi göster";
  };
  button.addEventListener("click", () => turn(field.type === "password"));
  field.form.addEventListener("submit", () => turn(false));
};

const enhance = (root) => {
  root.querySelectorAll("[data-shows]").forEach(show);
  root.querySelectorAll("[data-copy]").forEach((button) => {
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, document.querySelector(button.dataset.copy)));
  });
  // A button that waits for a box to be ticked; the server asks for the tick as well.
  root.querySelectorAll("[data-unlocked-by]").forEach((button) => {
    const box = document.getElementById(button.dataset.unlockedBy);
    const follow = () => {
      button.disabled = !box.checked;
    };
    box.addEventListener("change", follow);
    follow();
  });
  // What is kept by other buttons of its form too, or takes back what was typed, is offered once something there has
  // changed.
  root.querySelectorAll("[data-when-changed]").forEach((part) => {
    part.closest("form").addEventListener("change", () => {
      part.dataset.whenChanged = "shown";
    });
  });
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll("[data-proof]").forEach(prove);
  root.querySelectorAll("[data-countdown]").forEach(countDown);
};
enhance(document);

// A page that only says that something was taken in leads on by itself; nothing on it is to be read or chosen.
const onward = document.querySelector("[data-goes-on]");
if (onward) location.replace(onward.href);

// A count has its dots as soon as it is left.
document.addEventListener("change", ({ target }) => {
  if ("count" in target.dataset && /^\d{1,12}$/.test(target.value)) {
    target.value = Number(target.value).toLocaleString("tr");
  }
});

// A code is sent with its last digit; the hint beside it says so.
document.addEventListener("input", (event) => {
  const { whole } = event.target.dataset;
  if (!whole || event.target.value.replace(/\D/g, "").length !== Number(whole)) return;
  const { form } = event.target;
  form.requestSubmit(form.querySelector("[type=submit]:not([form])"));
});

// A mailed link may bring the code behind its #, which no server is told.
const takeCode = () => {
  const asked = document.querySelector("[data-whole]");
  if (!asked || !/^#\d+$/.test(location.hash)) return;
  asked.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  asked.dispatchEvent(new Event("input", { bubbles: true }));
};
takeCode();
window.addEventListener("hashchange", takeCode);

// What follows from what a form says is gone as soon as something else is typed there, and comes anew by htmx.
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-followed-by]");
  if (form) document.querySelector(form.dataset.followedBy)?.replaceChildren();
});
// It comes only of a form that is whole: what was wrong with it before is mended.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const form = detail.requestConfig?.elt.closest("[data-followed-by]");
  if (!form || !document.querySelector(form.dataset.followedBy)?.childElementCount) return;
  document.querySelector(".error-summary")?.remove();
  form.querySelectorAll(".field__error").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
});

// What the last answer brought stands below the answers: it comes into sight, and the focus stays where it is.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const brought = detail.elt.querySelector?.("[data-brought-by-answers]");
  brought?.scrollIntoView({ block: brought.offsetHeight < innerHeight ? "nearest" : "start" });
});

// An open menu closes with Escape, and by a click elsewhere.
const switcher = document.querySelector("[data-switcher]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !switcher?.open) return;
  switcher.open = false;
  switcher.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (switcher?.open && !switcher.contains(event.target)) switcher.open = false;
});

// A page that nobody looks at asks for no news.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});

// A page that loads itself anew when there is news does not take away what somebody is writing or choosing on it.
let touched = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form")) touched = true;
});
const inUse = () => touched || !!document.activeElement?.closest("form, dialog[open]");
["htmx:beforeRequest", "htmx:beforeOnLoad"].forEach((name) =>
  document.addEventListener(name, (event) => {
    if (event.target.matches("[data-live-page]") && inUse()) event.preventDefault();
  }),
);

// A request that htmx made and that was one too many: said at the top, what stands on the page stays.
document.addEventListener("refused", (event) => {
  const said = document.createElement("p");
  said.className = "callout callout--error";
  said.setAttribute("role", "alert");
  document.querySelector("main")?.prepend(said);
  said.textContent = event.detail.value;
});

// Paper says when it was printed, not when the page was opened.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("[data-print-time]").forEach((time) => {
    time.textContent = new Date().toLocaleString("tr", { dateStyle: "long", timeStyle: "short" });
  });
});

// What this tab keeps is for whoever wrote it: somebody else who logs in here does not find it.
const person = document.body.dataset.person;
const forgetDrafts = (isMeant) =>
  Object.keys(sessionStorage)
    .filter((key) => /^(draft|support):/.test(key) && isMeant(key))
    .forEach((key) => sessionStorage.removeItem(key));
if (person) forgetDrafts((key) => key.split(":")[1] !== person);

// What is being written to support is kept until it was sent, whatever page comes next.
const question = `support:${person}`;
const kept = document.querySelector("textarea[data-keep]");
if (kept && !kept.value) {
  kept.value = sessionStorage.getItem(question) ?? "";
  if (kept.value) kept.closest("details")?.setAttribute("open", "");
}
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-keep]")) sessionStorage.setItem(question, event.target.value);
});
document.addEventListener("htmx:afterSwap", () => {
  if (document.querySelector("[data-support-sent]")) sessionStorage.removeItem(question);
});

// A PDF is fetched when its preview is opened, not before.
const showPreview = (preview) => {
  preview.querySelectorAll("object[data-src]").forEach((shown) => {
    shown.data = shown.dataset.src;
    delete shown.dataset.src;
  });
};
document.querySelectorAll("[data-preview][open]").forEach(showPreview);
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches("[data-preview]") && event.target.open) showPreview(event.target);
  },
  true, // toggle does not bubble
);

// Whoever leaves takes along what this tab has kept.
document.addEventListener("submit", (event) => {
  // A button may be called “action”, and hides the property.
  if (event.target.getAttribute("action")?.endsWith("/logout/")) forgetDrafts(() => true);
});
