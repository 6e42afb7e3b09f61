/* Ctrl+K or Cmd+K: type a pair, a subject, a page or a day, and go there. */
(function () {
  "use strict";
  const said = window.BILATERAL.first.texts;
  if (!said.places || !said.places.length) return;
  let box = null;

  function bare(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  /* 2025-03-28, "28 mar 2025", or "28 mar" in the year of the newest data. */
  function day(typed) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return typed;
    const parts = bare(typed).match(/^(\d{1,2})\s+([a-z]{3,})\.?(?:\s+(\d{4}))?$/);
    if (!parts) return "";
    const month = said.months.findIndex((names) => names.some((name) => parts[2].startsWith(bare(name).slice(0, 3))));
    const year = parts[3] || new Date().getFullYear();
    return month < 0 ? "" : [year, String(month + 1).padStart(2, "0"), parts[1].padStart(2, "0")].join("-");
  }

  function found(typed) {
    const query = new URLSearchParams(location.search);
    const on_pair = location.pathname.startsWith(window.BILATERAL.base + "/pair/") ? location.pathname : said.places[0].href;
    const asked = day(typed.trim());
    if (asked) {
      query.set("at", asked);
      return [{ name: said.palette_day.replace("{day}", asked), href: on_pair + "?" + query }];
    }
    const words = bare(typed).split(/\s+/).filter(Boolean);
    return said.places.filter((place) => words.every((word) => bare(place.name).includes(word))).slice(0, 8).map((place) => {
      const carried = new URLSearchParams();
      ["lang", "theme"].forEach((name) => { if (query.get(name)) carried.set(name, query.get(name)); });
      if (place.domain) carried.set("domain", place.domain);
      const text = carried.toString();
      return { name: place.name, href: (place.domain ? on_pair : place.href) + (text ? "?" + text : "") };
    });
  }

  function made() {
    const dialog = document.createElement("dialog");
    dialog.className = "palette";
    dialog.setAttribute("aria-label", said.palette);
    const label = document.createElement("label");
    label.htmlFor = "palette-input";
    label.textContent = said.palette;
    const input = document.createElement("input");
    input.id = "palette-input";
    input.type = "search";
    input.autocomplete = "off";
    const list = document.createElement("ul");
    const show = () => list.replaceChildren(...found(input.value).map((place) => {
      const link = document.createElement("a");
      link.href = place.href;
      link.textContent = place.name;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      const first = list.querySelector("a");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) first.focus();
    });
    dialog.append(label, input, list);
    dialog.show_all = show;
    document.body.append(dialog);
    return dialog;
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    box = box || made();
    box.querySelector("input").value = "";
    box.show_all();
    if (!box.open) box.showModal();
  });
})();
