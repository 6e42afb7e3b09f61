/* What the search box finds, under it while a reader types; Ctrl+K or Cmd+K goes there. The page /search makes the list: assets add nothing to it. */
(function () {
  "use strict";
  const WAIT = 150;
  let asked = "", answer = Promise.resolve(), waiting = 0;

  const field = () => document.getElementById("find");
  const box = () => document.getElementById("found");
  const links = () => [...box().querySelectorAll("a")];

  function address() {
    const query = new URLSearchParams(new FormData(field().form)), here = new URLSearchParams(location.search);
    const pair = location.pathname.match(/\/pair\/([A-Z]{3}-[A-Z]{3})/);
    if (pair) query.set("pair", pair[1]);
    ["lang", "theme"].forEach((name) => { if (here.get(name)) query.set(name, here.get(name)); });
    return field().form.action + "?" + query;
  }

  function close() {
    box().hidden = true;
    box().replaceChildren();
    asked = "";
  }

  async function show() {
    const typed = field().value.trim();
    if (!typed) return close();
    if (typed === asked) return;
    asked = typed;
    const from = address();
    const response = await fetch(from).catch(() => null);
    if (asked !== typed) return;
    if (!response || !response.ok) {
      asked = "";
      return;
    }
    const results = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("results");
    if (asked !== typed || !results) return;
    results.querySelectorAll("[data-further]").forEach((hit) => hit.remove());
    const said = results.querySelector("[role=status]"), all = document.createElement("a");
    field().form.querySelector("[role=status]").textContent = said.textContent;
    said.removeAttribute("role");
    all.href = from;
    all.textContent = field().form.dataset.all;
    box().replaceChildren(...results.childNodes, all);
    box().hidden = false;
  }

  function ask(wait) {
    clearTimeout(waiting);
    answer = new Promise((done) => { waiting = setTimeout(() => done(show()), wait); });
    return answer;
  }

  function step(by) {
    const all = links(), place = all.indexOf(document.activeElement) + by;
    (place < 0 ? field() : all[Math.min(place, all.length - 1)]).focus();
  }

  document.addEventListener("input", (event) => { if (event.target === field()) ask(WAIT); });

  document.addEventListener("keydown", async (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && field()) {
      event.preventDefault();
      field().focus();
      field().select();
      return;
    }
    const inside = field() && field().form.contains(event.target);
    if (!inside) return;
    if (event.key === "Escape" && !box().hidden) {
      event.preventDefault();
      close();
      field().focus();
    } else if (event.key === "Enter" && event.target === field() && field().value.trim()) {
      event.preventDefault();
      await ask(0);
      location.assign(box().querySelector("ol a") ? box().querySelector("ol a").href : address());
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !box().hidden) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  const leave = (event) => { if (box() && !box().hidden && !field().form.contains(event.target)) close(); };
  document.addEventListener("focusin", leave);
  document.addEventListener("click", leave);
})();
