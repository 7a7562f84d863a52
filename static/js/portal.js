// Nothing here is needed to use the portal; it only makes some things smoother.
"use strict";

// The error summary takes the focus, so that a screen reader reads it first.
document.querySelector("[data-focus]")?.focus();

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

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = "Kopyalandı";
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// The security check: finds the number whose hash the page asks for, and lets the person know.
async function prove(note) {
  const { algorithm, challenge, salt, signature, maxnumber, max_number: most } = JSON.parse(note.dataset.proof);
  const answer = document.getElementById(note.dataset.proofFor);
  note.hidden = false;
  note.textContent = "Güvenlik denetimi yapılıyor…";
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
document.querySelectorAll("[data-proof]").forEach(prove);

// A code's seconds, counted down in sight; screen readers hear the end only.
document.querySelectorAll("[data-countdown]").forEach((clock) => {
  const end = Date.now() + Number(clock.dataset.countdown) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    clock.textContent = String(left);
    if (left > 0) {
      setTimeout(tick, 1000);
      return;
    }
    const over = document.getElementById(clock.dataset.over);
    if (over) over.hidden = false;
  };
  tick();
});
