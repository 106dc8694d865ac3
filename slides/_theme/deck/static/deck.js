// Starts reveal.js where there is room for slides. On a narrow screen, and where the address ends in "?text",
// the deck stays what it is without scripts: a text, each slide with its notes below it.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 700px)");
  const preview = location.search.startsWith("?receiver");        // in the speaker's window
  if (!preview) narrow.addEventListener("change", () => location.reload());
  if (narrow.matches && !preview || location.search === "?text") return;
  const style = document.getElementById("as-slides");
  style.addEventListener("load", () => {
    document.documentElement.classList.add("as-slides");
    Reveal.initialize({
      width: 1280, height: 720, margin: 0.02, center: false, hash: true, slideNumber: "c/t",
      transition: "none", backgroundTransition: "none", scrollActivationWidth: null, plugins: [RevealNotes],
    });
  });
  style.disabled = false;
})();
