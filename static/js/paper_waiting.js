// The page goes on by itself once its paper is there, and the paper comes down on the page that is gone on to
// (static/js/portal.js): a download that has only begun would end with this one. Without script it is loaded anew.
"use strict";

{
  const { back, path } = document.querySelector("[data-paper-waits]").dataset;

  const ask = async () => {
    try {
      const answer = await fetch(path, { redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        sessionStorage.setItem("paper", path);
        location.replace(back);
        return;
      }
    } catch {
      // Cut off: it is asked again.
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 1000);
}
