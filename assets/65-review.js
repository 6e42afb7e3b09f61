/* The page /review by keyboard: A accepts, E goes to the fields, R to the reason, M merges into the first of those that may report the same event,
   N goes to the next proposal, U undoes. In a field keys write, and Esc leaves it. Without this script the buttons do the same. */
(function () {
  "use strict";
  const by_id = (id) => document.getElementById(id);
  const press = (id) => { const found = by_id(id); if (found) found.click(); return Boolean(found); };
  const enter = (id) => { const found = by_id(id); if (found) { found.focus(); if (found.select) found.select(); } return Boolean(found); };
  const KEYS = {
    a: () => press("accept"), e: () => enter("c-summary"), r: () => enter("c-why"), m: () => press("merge"),
    n: () => press("next"), u: () => press("undo"),
  };
  let sent = false;

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, select, textarea");
    if (field && event.key === "Escape" && by_id("main").contains(field)) return field.blur();
    const key = KEYS[event.key.toLowerCase()];
    if (field || !key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
    if (key()) event.preventDefault();
    return undefined;
  });
  /* A check takes a second: a key that is pressed twice decides once. */
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  const said = by_id("said");
  if (said) said.focus();
})();
