/* The address is the state. Native controls write it, Back and Forward walk through it, and the answer sets the controls. */
(function () {
  "use strict";
  const page = document.getElementById("page");
  window.BILATERAL.first = page ? JSON.parse(page.textContent) : { figures: {}, texts: {} };
  const base = window.BILATERAL.base = document.documentElement.dataset.base || "";
  const NOWHERE = { address: "", heading: "" };
  let told = "", awaited = NOWHERE;

  /* A page with charts asks for an answer, any other is loaded. What opens a list names its heading, so that the reader arrives there. */
  function go(path, query, heading = "") {
    const text = query.toString().replace(/%7E/g, "~");
    const next = path + (text ? "?" + text : "");
    awaited = { address: next, heading };
    if (next === location.pathname + location.search) return arrive();
    if (!window.dash_clientside || kind(path) !== kind(location.pathname)) return location.assign(next);
    history.pushState(null, "", next);
    ask();
  }

  /* The first part of a path of ours, behind the prefix under which a proxy may show us. */
  function kind(path) {
    return (path.startsWith(base + "/") ? path.slice(base.length) : path).split("/")[1];
  }

  /* The heading of what was asked for gets the focus and stands at the top, at once and without motion. */
  function arrive() {
    const { address, heading } = awaited;
    const found = heading && address === location.pathname + location.search && document.querySelector(heading);
    awaited = NOWHERE;
    if (!found) return;
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "start", behavior: "instant" });
  }

  function ask() {
    language();
    window.dash_clientside.set_props("address", { data: location.pathname + location.search });
  }
  window.addEventListener("popstate", () => window.dash_clientside && ask());

  function changed(control) {
    const name = control.dataset.param;
    const query = new URLSearchParams(location.search);
    if (name === "pair") {
      ["from", "to", "at", "event"].forEach((key) => query.delete(key));
      if (!["", "pair"].includes(kind(location.pathname))) { query.set("pair", control.value); return go(location.pathname, query); }
      return go(base + "/pair/" + control.value, query);
    }
    if (name === "theme") return theme(control.value, query);
    query.set(name, control.value);
    if (name === "from" || name === "to") query.delete("at");
    go(location.pathname, query);
  }

  /* A change of theme needs no answer: colours are tokens, the figures are painted again here. */
  function theme(name, query) {
    name === "auto" ? query.delete("theme") : query.set("theme", name);
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
    const dark = name === "dark" || (name !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    if (window.BILATERAL.repaint) window.BILATERAL.repaint();
  }

  document.addEventListener("change", (event) => {
    if (event.target.dataset && event.target.dataset.param) changed(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("action")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-at]");
    if (!button) return;
    const slider = document.getElementById(button.dataset.at);
    const query = new URLSearchParams(location.search);
    query.set("at", points(slider).days[+slider.value]);
    query.delete("event");
    if (!query.has("from") && !query.has("to")) keep_range(query);
    go(location.pathname, query, "#t-behind, #t-in-force");
  });
  /* A point alone would ask for the months around it; the reader who opens it on a chart keeps the chart's own range. */
  function keep_range(query) {
    const shown = JSON.parse(document.getElementById("title").dataset.choice || "{}");
    for (const end of ["from", "to"]) if (shown[end]) query.set(end, shown[end]);
  }

  /* A link to another choice of the same page asks for an answer and loads nothing; without scripts it is a plain link. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !window.dash_clientside || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const same = link.origin === location.origin && link.pathname === location.pathname;
    if (!same || !link.search || link.hash || link.hreflang || link.hasAttribute("download") || !link.closest("main")) return;
    event.preventDefault();
    const query = new URLSearchParams(link.search);
    go(link.pathname, query, query.has("event") ? "#t-around" : "");
  });
  /* On a phone one button opens the navigation. */
  document.addEventListener("click", (event) => {
    const menu = event.target.closest("#menu");
    if (!menu) return;
    const open = menu.getAttribute("aria-expanded") !== "true";
    menu.setAttribute("aria-expanded", String(open));
    document.querySelectorAll("header.top nav, header.top .tools").forEach((part) => part.classList.toggle("open", open));
  });
  /* What the navigation unfolds is folded again by a click beside it or by Escape. */
  for (const kind of ["click", "keydown"]) {
    document.addEventListener(kind, (event) => {
      const others = document.querySelector(".others[open]");
      if (!others || (event.key ? event.key !== "Escape" : others.contains(event.target))) return;
      if (event.key && others.contains(document.activeElement)) others.querySelector("summary").focus();
      others.open = false;
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const query = new URLSearchParams(location.search);
    theme(query.get("theme") || "auto", query);
  });

  function points(slider) {
    return JSON.parse(slider.closest(".slider").dataset.points);
  }

  function follow() {
    const title = document.getElementById("title");
    if (!title || !title.dataset.choice || title.dataset.choice === told) return;
    told = title.dataset.choice;
    const choice = JSON.parse(told);
    choice.theme = new URLSearchParams(location.search).get("theme") || "auto";
    document.querySelectorAll("[data-param]").forEach((control) => {
      const value = choice[control.dataset.param] === null ? "" : choice[control.dataset.param];
      if (value !== undefined && control.value !== String(value)) control.value = value;
    });
    language();
    document.title = choice.name + " – " + document.querySelector(".brand").textContent;
  }

  /* The link to the other language keeps what is shown now. */
  function language() {
    const link = document.getElementById("language");
    if (!link) return;
    const query = new URLSearchParams(location.search);
    const other = link.hreflang.slice(0, 2);
    other === "en" ? query.delete("lang") : query.set("lang", other);
    link.href = "?" + query;
  }

  /* The first HTML stays until Dash has drawn the same places, then its content moves into them in one step: nothing is read twice. */
  function take_over() {
    const first = document.getElementById("first");
    const entry = document.getElementById("react-entry-point");
    if (!first || !entry.querySelector("#main")) return false;
    const open = document.activeElement && first.contains(document.activeElement) ? document.activeElement.id : "";
    entry.querySelectorAll('[id^="p-"]').forEach((place) => {
      place.replaceChildren(...first.querySelector("#" + place.id).childNodes);
    });
    window.BILATERAL.draw(window.BILATERAL.first.figures, entry);
    window.BILATERAL.stops();
    first.remove();
    entry.hidden = false;
    if (open && document.getElementById(open)) document.getElementById(open).focus();
    return true;
  }

  const waiting = new MutationObserver(() => { if (take_over()) { waiting.disconnect(); follow(); } });
  if (document.getElementById("first")) waiting.observe(document.documentElement, { childList: true, subtree: true });
  window.BILATERAL.ask = ask;
  window.BILATERAL.arrive = arrive;
  window.BILATERAL.points = points;
  window.BILATERAL.follow = follow;
})();
