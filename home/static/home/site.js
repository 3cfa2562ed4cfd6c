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
