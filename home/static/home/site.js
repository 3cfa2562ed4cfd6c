// Everything works without this file. With it: lists change in place, the filters stand open where there is room.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  document.querySelectorAll(".with-script").forEach((part) => { part.hidden = false; });
  document.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => { copy.textContent = copy.dataset.done; });
    if (event.target.closest("[data-print]")) window.print();
  });

  // Suggestions while typing: a list under the box, for the mouse, the finger and the arrow keys.
  document.querySelectorAll("form[data-suggest]").forEach((form, number) => {
    const box = $("input[name=q]", form);
    const list = document.createElement("ul");
    Object.assign(list, { id: `suggest-${number}`, className: "suggest", role: "listbox", hidden: true });
    list.setAttribute("aria-label", box.labels[0].textContent);
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" }).forEach(([name, value]) => box.setAttribute(name, value));
    box.closest("div, form").append(list);
    let waiting = 0;
    let asking = null;
    let at = -1;
    const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
    const go = (option) => window.location.assign(option.dataset.to);
    const mark = (place) => {
      const options = [...list.children];
      at = (place + options.length) % options.length;
      options.forEach((option, own) => option.setAttribute("aria-selected", String(own === at)));
      box.setAttribute("aria-activedescendant", options[at].id);
    };
    const show = (items) => {
      list.replaceChildren(...items.map((item, place) => {
        const option = document.createElement("li");
        const filter = new URLSearchParams([[item.kind, item.value]]);
        Object.assign(option, { id: `${list.id}-${place}`, role: "option", dir: "auto" });
        const text = Object.assign(document.createElement("span"), { textContent: item.text, lang: item.locale });
        option.append(text, Object.assign(document.createElement("small"), { textContent: form.dataset[item.kind] || "" }));
        const to = item.url && new URL(item.url);
        option.dataset.to = to ? to.pathname + to.search : `${form.getAttribute("action")}?${filter}`;
        option.setAttribute("aria-selected", "false");
        return option;
      }));
      if (!items.length) { close(); return; }
      list.hidden = false;
      at = -1;
      box.setAttribute("aria-expanded", "true");
    };
    const ask = async () => {
      if (asking) asking.abort();
      if (box.value.trim().length < 2) { close(); return; }
      asking = new AbortController();
      const parameters = new URLSearchParams({ q: box.value.slice(0, 200), locale: form.dataset.lang });
      try {
        const answer = await fetch(`${form.dataset.suggest}?${parameters}`, { signal: asking.signal });
        if (answer.ok && document.activeElement === box) show((await answer.json()).items);
      } catch { /* Without suggestions a search is a search. */ }
    };
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => { event.preventDefault(); const option = event.target.closest("li"); if (option) go(option); });
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 && event.key === "ArrowUp" ? -1 : at + (event.key === "ArrowDown" ? 1 : -1)); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
      if (event.key === "Enter" && at >= 0) { event.preventDefault(); go(list.children[at]); }
    });
  });
  if (!$(".listing")) return;
  const wide = window.matchMedia("(min-width: 56rem)");
  const fold = () => $(".filters > details.fold");
  const folds = () => document.querySelectorAll(".filters > details.fold");
  const unfold = () => { if (wide.matches) folds().forEach((part) => { part.open = true; }); };
  unfold();
  wide.addEventListener("change", unfold);

  let asked = null;
  const load = async (address, remember) => {
    if (asked) asked.abort();
    asked = new AbortController();
    const open = [...document.querySelectorAll("#filters details[open]")].map((part) => $("summary", part).firstChild.textContent.trim().replace(/ \(\d+\)$/, ""));
    const scrolled = [...document.querySelectorAll("#filters fieldset")].map((part) => part.scrollTop);
    const folded = fold() && !fold().open;
    const focus = document.activeElement && document.activeElement.value && document.activeElement.name ? `[name="${document.activeElement.name}"][value="${CSS.escape(document.activeElement.value)}"]` : "";
    let answer;
    try {
      answer = await fetch(address, { signal: asked.signal });
    } catch (error) {
      if (error.name !== "AbortError") window.location.assign(address);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = $(".listing", page);
    if (!answer.ok || !fresh) { window.location.assign(address); return; }
    $(".listing").replaceWith(fresh);
    document.title = page.title;
    document.querySelectorAll("#filters details").forEach((part) => {
      if (open.includes($("summary", part).firstChild.textContent.trim().replace(/ \(\d+\)$/, ""))) part.open = true;
    });
    document.querySelectorAll("#filters fieldset").forEach((part, place) => { part.scrollTop = scrolled[place] || 0; });
    unfold();
    if (fold() && !wide.matches) fold().open = !folded;
    const again = focus && $(`#filters ${focus}`);
    if (again) again.focus({ preventScroll: true });
    if (remember) history.pushState({}, "", address);
  };
  const address = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    const text = new URLSearchParams(pairs).toString();
    return form.getAttribute("action") + (text ? `?${text}` : "");
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("#filters");
    if (form && event.target.type === "checkbox") load(address(form), true);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#filters");
    if (!form) return;
    event.preventDefault();
    load(address(form), true).then(() => {
      if (!wide.matches && fold()) fold().open = false;
      $("#results").scrollIntoView();
    });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .archive a, .count a:not(.subscribe), .map a, .paging a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button || link.pathname !== location.pathname) return;
    event.preventDefault();
    load(link.getAttribute("href"), true).then(() => { if (link.closest(".paging")) $("#results").scrollIntoView(); });
  });
  window.addEventListener("popstate", () => load(location.pathname + location.search, false));
})();
