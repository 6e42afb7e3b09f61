/* ?kiosk=1&every=60 on a wall: big type, no navigation, one pair after the other. It stands still while nobody can see it or wants no motion. */
(function () {
  "use strict";
  const query = new URLSearchParams(location.search);
  if (query.get("kiosk") !== "1") return;
  document.documentElement.dataset.kiosk = "1";
  const asked = Number(query.get("every"));
  const seconds = Math.min(3600, Math.max(15, Number.isFinite(asked) && asked > 0 ? asked : 60));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  setInterval(() => {
    if (document.hidden || still.matches) return;
    const pairs = [...document.querySelectorAll("#c-pair option")].map((option) => window.BILATERAL.base + "/pair/" + option.value);
    if (pairs.length) location.assign(pairs[(pairs.indexOf(location.pathname) + 1) % pairs.length] + location.search);
  }, seconds * 1000);
})();
