// Support's page of one case, or of one mail. Without script all of it is there as well: who decides takes the case by that.
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
    // Who only looked leaves the case to the others when going on; who wrote on the page is still at work on it.
    let isWritten = false;
    addEventListener("input", () => (isWritten = true));
    document.querySelector('[data-key="n"]')?.addEventListener("click", (event) => {
      if (isWritten || document.querySelector(".ask-line") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
      navigator.sendBeacon(holder.dataset.take, new URLSearchParams({ csrfmiddlewaretoken, let_go: "1" }));
    });
    ["keydown", "pointerdown", "scroll"].forEach((kind) => addEventListener(kind, () => (touched = true), { passive: true }));
    take();
    setInterval(take, AGAIN);
  }

  // What stays in reach covers what scrolls beneath it by as much as it is high now (static/css/admin.css).
  const desk = document.querySelector(".application .desk");
  if (desk) {
    const { classList, style } = document.documentElement;
    const measure = () => style.setProperty("--desk", `${desk.offsetHeight}px`);
    measure(); // at once, for what is scrolled to below
    new ResizeObserver(measure).observe(desk);
    classList.add("desk-stays");
  }

  // What was done far down is confirmed there, where the page opens.
  const place = document.getElementById(location.hash.slice(1));
  const told = document.querySelector("ul.messagelist:not(.findings)");
  if (told && place?.matches(".module")) {
    place.querySelector("h2").after(told);
    place.scrollIntoView();
  }

  // On a telephone there is room for the decision and the next case; the rest is unfolded.
  const holding = desk?.querySelector(".holder");
  if (holding) {
    const more = document.createElement("button");
    more.type = "button";
    more.className = "button quiet more";
    const unfold = (isWhole) => {
      desk.classList.toggle("whole", isWhole);
      more.setAttribute("aria-expanded", isWhole);
      more.textContent = isWhole ? "Daha az" : "Diğer…";
    };
    more.addEventListener("click", () => unfold(!desk.classList.contains("whole")));
    unfold(false);
    holding.querySelector("[data-holder]").after(more);
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
