/* "Since your last visit": kept in this browser alone, told once for each pair, only where the choice is the plain one. */
(function () {
  "use strict";
  const said = window.BILATERAL.first.texts;

  function tell() {
    const place = document.querySelector("#since[data-seen]");
    if (!place || place.dataset.told) return;
    place.dataset.told = "1";
    const now = JSON.parse(place.dataset.seen);
    const key = "bilateral:" + now.dyad;
    let before = null;
    try {
      before = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key, JSON.stringify(now));
    } catch (error) { return; }
    if (!before || before.version === now.version) return;
    const added = now.events.filter((id) => !before.events.includes(id)).length;
    const change = now.balance === null || before.balance === null ? 0 : Math.round(now.balance) - Math.round(before.balance);
    const sign = change > 0 ? "+" : change < 0 ? "\u2212" : "";
    place.textContent = said.since.replace("{n}", added).replace("{change}", sign + Math.abs(change)).replace("{day}", before.day);
  }
  new MutationObserver(tell).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-seen"] });
  tell();
})();
