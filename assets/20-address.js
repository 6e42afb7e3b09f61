/* The address is the state. Native controls write it, Back and Forward walk through it, and the answer sets the controls. */
(function () {
  "use strict";
  let told = "";

  function go(path, query) {
    const text = query.toString();
    const next = path + (text ? "?" + text : "");
    if (next === location.pathname + location.search) return;
    history.pushState(null, "", next);
    ask();
  }

  function ask() {
    language();
    window.dash_clientside.set_props("address", { data: location.pathname + location.search });
  }
  window.addEventListener("popstate", ask);

  function changed(control) {
    const name = control.dataset.param;
    const query = new URLSearchParams(location.search);
    if (name === "pair") {
      ["from", "to", "at", "event"].forEach((key) => query.delete(key));
      return go("/pair/" + control.value, query);
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
    window.BILATERAL.repaint();
  }

  document.addEventListener("change", (event) => {
    if (event.target.dataset && event.target.dataset.param) changed(event.target);
  });
  document.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-at]");
    if (!button) return;
    const slider = document.getElementById(button.dataset.at);
    const query = new URLSearchParams(location.search);
    query.set("at", points(slider).days[+slider.value]);
    query.delete("event");
    go(location.pathname, query);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const query = new URLSearchParams(location.search);
    theme(query.get("theme") || "auto", query);
  });

  function points(slider) {
    return JSON.parse(slider.closest(".slider").dataset.points);
  }

  /* Dash has no <input>: places of class `native` are filled here, again whenever an answer changes what they should be. */
  function fill(place) {
    if (place.dataset.made === place.dataset.native) return;
    const input = document.createElement("input");
    for (const [name, value] of Object.entries(JSON.parse(place.dataset.native))) input.setAttribute(name, value);
    place.replaceChildren(input);
    place.dataset.made = place.dataset.native;
  }

  function follow() {
    const title = document.querySelector("#react-entry-point #title") || document.getElementById("title");
    if (!title || title.dataset.choice === told) return;
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
    const query = new URLSearchParams(location.search);
    const other = link.hreflang.slice(0, 2);
    other === "en" ? query.delete("lang") : query.set("lang", other);
    link.href = "?" + query;
  }

  /* The first HTML stays until Dash has drawn the same page, then makes way in one step: nothing moves. */
  function take_over() {
    const first = document.getElementById("first");
    const entry = document.getElementById("react-entry-point");
    if (!first || !entry.querySelector("#main")) return;
    const open = document.activeElement && first.contains(document.activeElement) ? document.activeElement.id : "";
    first.remove();
    told = "";
    entry.hidden = false;
    if (open && document.getElementById(open)) document.getElementById(open).focus();
  }

  function settle() {
    document.querySelectorAll("#react-entry-point .native").forEach(fill);
    take_over();
    follow();
  }
  new MutationObserver(settle).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-native", "data-choice"],
  });
  window.BILATERAL.points = points;
})();
