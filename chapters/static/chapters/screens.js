// Lists of countries can be narrowed by typing; colours are shown with their contrast on white; links are copied.
(() => {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const narrow = (list) => {
    const field = document.createElement("input");
    field.type = "search";
    field.className = "fed-narrow";
    field.setAttribute("aria-label", list.dataset.countriesLabel);
    field.placeholder = list.dataset.countriesLabel;
    field.addEventListener("input", () => {
      const wanted = folded(field.value.trim());
      for (const label of list.querySelectorAll("label")) {
        label.hidden = !folded(label.textContent).includes(wanted) && !label.querySelector("input").checked;
      }
    });
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.before(field);
  };

  // WCAG 2.2, "contrast ratio".
  const contrast = (colour) => {
    const [red, green, blue] = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
  };

  const paint = (field) => {
    const row = document.createElement("div");
    row.className = "fed-colour";
    const swatch = document.createElement("span");
    swatch.className = "fed-swatch";
    const ratio = document.createElement("output");
    field.before(row);
    row.append(swatch, field, ratio);
    const show = () => {
      const right = /^#[0-9a-f]{6}$/i.test(field.value);
      swatch.style.background = right ? field.value : "transparent";
      ratio.textContent = right ? `${contrast(field.value).toFixed(1)} : 1` : "";
    };
    field.addEventListener("input", show);
    show();
  };

  const copy = (button) => button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = button.dataset.copied;
  });

  // The admin loads scripts in its head.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-countries]").forEach((list) => narrow(list));
    document.querySelectorAll("[data-colour]").forEach((field) => paint(field));
    document.querySelectorAll("[data-copy]").forEach((button) => copy(button));
  });
})();
