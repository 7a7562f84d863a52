// Papers beside the data, page by page and large. Each page is a picture that is fetched when it is leafed to, and the
// next one ahead. Without script there is the first page, and the whole paper in a tab of its own.
"use strict";

{
  const WIDTHS = [100, 150, 200, 300]; // percent of the place

  const leafing = (paper) => {
    const { name, pages } = paper.dataset;
    const last = Number(pages);
    const [sheet, bar, failed] = [".sheet", ".leafing", "[data-failed]"].map((each) => paper.querySelector(each));
    const place = sheet.firstElementChild;
    const first = place.querySelector("img");
    const [back, on] = bar.querySelectorAll("[data-leaf]");
    const [smaller, larger] = bar.querySelectorAll("[data-zoom]");
    const quarters = new Map(); // by page: a scan has pages that lie on their side
    const known = new Map([[1, first]]);
    let at = 1;
    let width = 0;

    const page = (number) => {
      if (!known.has(number)) {
        const made = new Image();
        made.src = first.src.replace(/\/1\/$/, `/${number}/`);
        made.alt = `${name}, sayfa ${number}/${last}`;
        known.set(number, watched(made, number));
      }
      return known.get(number);
    };

    // What is turned on its side takes the place that it would have if it had been scanned like that.
    const lay = () => {
      const image = known.get(at);
      const { naturalWidth: wide, naturalHeight: high } = image;
      if (!wide) return;
      const turns = quarters.get(at) ?? 0;
      place.style.width = `${WIDTHS[width]}%`;
      place.style.aspectRatio = turns % 2 ? `${high} / ${wide}` : `${wide} / ${high}`;
      image.style.width = turns % 2 ? `${(wide / high) * 100}%` : "100%";
      image.style.transform = `translate(-50%, -50%) rotate(${turns * 90}deg)`;
      sheet.classList.toggle("large", width > 0);
      // What can be scrolled can be reached by key; what cannot is no stop on the way.
      if (width) sheet.tabIndex = 0;
      else sheet.removeAttribute("tabindex");
    };

    const tell = (number) => {
      const image = known.get(number);
      if (number !== at || !image.complete) return;
      failed.hidden = image.naturalWidth > 0;
      if (!failed.hidden) failed.textContent = "Bu sayfa burada gösterilemedi. Belgeyi yeni sekmede açın ya da indirin.";
      lay();
      if (at < last) page(at + 1);
    };

    const watched = (image, number) => {
      image.addEventListener("load", () => tell(number));
      image.addEventListener("error", () => tell(number));
      return image;
    };

    const allow = (button, other, isPossible) => {
      const focused = document.activeElement === button;
      button.disabled = !isPossible;
      if (focused && !isPossible) other.focus();
    };

    const leaf = (by) => {
      const to = at + by;
      if (to < 1 || to > last) return;
      at = to;
      place.replaceChildren(page(at));
      failed.hidden = true;
      bar.querySelector("[data-where]").textContent = `Sayfa ${at}/${last}`;
      allow(back, on, at > 1);
      allow(on, back, at < last);
      sheet.scrollTop = 0;
      tell(at);
      bar.scrollIntoView({ block: "nearest" });
    };

    const zoom = (by) => {
      width += by;
      allow(smaller, larger, width > 0);
      allow(larger, smaller, width < WIDTHS.length - 1);
      lay();
    };

    const turn = () => {
      quarters.set(at, ((quarters.get(at) ?? 0) + 1) % 4);
      lay();
    };

    bar.addEventListener("click", ({ target }) => {
      const { leaf: pagesOn, zoom: larger, turn: turned } = target.closest("button")?.dataset ?? {};
      if (pagesOn) leaf(Number(pagesOn));
      if (larger) zoom(Number(larger));
      if (turned !== undefined) turn();
    });
    [back, on].forEach((each) => (each.hidden = last === 1));
    bar.hidden = false;
    paper.leaf = leaf;
    watched(first, 1);
    tell(1);
  };

  document.querySelectorAll("[data-paper]").forEach(leafing);

  // The one above closes by it, and all below moves up: what is opened is led to, its name first.
  document.querySelectorAll("[data-paper] > summary").forEach((summary) => {
    const { parentElement: paper } = summary;
    const lead = () => paper.open && paper.parentElement.scrollIntoView();
    summary.addEventListener("click", () => paper.addEventListener("toggle", lead, { once: true }));
  });

  // What a correction names is open when one is led to it.
  document.querySelectorAll('a[href^="#belge-"]').forEach((link) =>
    link.addEventListener("click", () => (document.querySelector(`${link.hash} [data-paper]`).open = true))
  );

  // Of the paper that is open. Where a page is larger than its place, the arrows move it.
  document.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || areOff()) return;
    if (event.target.matches(WRITES) || event.target.closest(".sheet.large, dialog")) return;
    const paper = document.querySelector("[data-paper][open]");
    if (!paper) return;
    event.preventDefault();
    paper.leaf(by);
  });
}
