/* The chips of pairs: a box narrows them, and they are one stop for the keyboard, as a toolbar is. */
(function () {
  "use strict";
  const shown = () => [...document.querySelectorAll("[role=toolbar] li:not([hidden]) a")];

  /* Word starts, whatever the case and the accents. */
  const bare = (said) => said.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  document.addEventListener("input", (event) => {
    if (event.target.id !== "chip-search") return;
    const words = bare(event.target.value).split(/\s+/).filter(Boolean);
    document.querySelectorAll(".chips li").forEach((chip) => {
      const names = bare(chip.textContent).split(/[\s–]+/);
      chip.hidden = !words.every((word) => names.some((name) => name.startsWith(word)));
    });
    stops();
  });

  function stop(chip) {
    document.querySelectorAll("[role=toolbar] a").forEach((one) => { one.tabIndex = one === chip ? 0 : -1; });
  }

  /* One of those that are shown is the stop: the one with the focus, else the first. */
  function stops() {
    const chips = shown();
    if (chips.filter((chip) => chip.tabIndex === 0).length === 1) return;
    stop(chips.includes(document.activeElement) ? document.activeElement : chips[0]);
  }

  document.addEventListener("focusin", (event) => { if (event.target.closest("[role=toolbar] a")) stop(event.target); });

  document.addEventListener("keydown", (event) => {
    const chips = shown(), place = chips.indexOf(event.target);
    const next = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
    if (place < 0 || next === undefined) return;
    event.preventDefault();
    chips.at(next % chips.length).focus();
  });

  window.BILATERAL.stops = stops;
})();
