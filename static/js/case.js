// Support's page of one case. Without script all of it is there as well: who decides takes the case by that.
"use strict";

// In a block: the names of all scripts of a page are in one place.
{
  // The case is taken by opening it, and kept while somebody is at work on the page: a GET writes nothing.
  const AGAIN = 10 * 60 * 1000; // milliseconds; a third of what the server gives (LEASE)
  const holder = document.querySelector("[data-take]");
  let touched = true;

  const take = async () => {
    if (!touched || document.hidden) return;
    touched = false;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const words = holder.querySelector("[data-holder]");
    const answer = await fetch(holder.dataset.take, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
    if (answer?.status === 204) {
      words.textContent = "Sizde";
      // What may be done with a case that one has; one that was given by hand is kept already.
      holder.querySelectorAll("[data-leave]").forEach((each) => (each.hidden = false));
      holder.querySelectorAll("[data-keep]").forEach((each) => (each.textContent = "Bende kalsın"));
    }
    if (answer?.status === 409) {
      words.textContent = `${(await answer.json()).holder} bakıyor`;
      holder.classList.add("others");
    }
  };

  if (holder) {
    ["keydown", "pointerdown", "scroll"].forEach((kind) => addEventListener(kind, () => (touched = true), { passive: true }));
    take();
    setInterval(take, AGAIN);
  }

  // What stays in reach covers what scrolls beneath it by as much as it is high now (static/css/admin.css).
  const desk = document.querySelector(".application .desk");
  if (desk) {
    const { classList, style } = document.documentElement;
    new ResizeObserver(() => style.setProperty("--desk", `${desk.offsetHeight}px`)).observe(desk);
    classList.add("desk-stays");
  }

  // Whoever opens what asks why writes there at once.
  document.querySelectorAll("details.apart > summary").forEach((summary) => {
    const { parentElement: asks } = summary;
    const write = () => asks.open && asks.querySelector("textarea").focus();
    summary.addEventListener("click", () => asks.addEventListener("toggle", write, { once: true }));
  });

  // A kept phrase goes into the reason, after what stands there; it can be worded anew before it is sent.
  document.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase) return;
    event.preventDefault();
    const reason = phrase.closest("form").elements.reason;
    reason.value = [reason.value.trim(), phrase.textContent.trim()].filter(Boolean).join(" ");
    reason.focus();
  });
}
