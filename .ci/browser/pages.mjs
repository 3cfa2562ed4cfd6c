// The kinds of page that the site has, each as an address in English and in Arabic, found by the API of the demonstration.

const LANGUAGES = ["en", "ar"];

async function items(base, path) {
  const answer = await fetch(`${base}/api/v3/${path}`);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()).items;
}

const pathOf = (address) => new URL(address).pathname;

// The newest thing of a type that exists in a language and is as wanted.
async function thing(base, plural, lang, wanted = () => true) {
  for (const item of await items(base, `${plural}/?locale=${lang}&limit=60`)) {
    if (wanted(item)) return pathOf(item.url);
  }
  throw new Error(`The demonstration has no such thing among its ${plural} in ${lang}.`);
}

async function untranslated(base, lang) {
  const item = (await items(base, "statements/?limit=100")).find((one) => !one.translations.some((other) => other.locale === lang));
  return pathOf(item.url).replace(/^\/[a-z]+\//, `/${lang}/`);
}

async function page(base, lang, end) {
  const found = (await items(base, `entries/?type=page&locale=${lang}&limit=100`)).map((item) => pathOf(item.url));
  return found.find((path) => path.endsWith(end));
}

async function inLanguage(base, lang) {
  return {
    front: `/${lang}/`,
    directory: `/${lang}/chapters/`,
    "front of a region": `/${lang}/mena/`,
    "front of a country's chapter": `/${lang}/tn/`,
    everything: `/${lang}/all/`,
    "listing with its map": `/${lang}/all/?view=map`,
    "listing with filters": `/${lang}/all/?type=statement&country=TN&country=LB`,
    "listing of a month": `/${lang}/all/?date_from=2026-10-01&date_to=2026-10-31`,
    "listing with nothing": `/${lang}/all/?q=zzzzzz`,
    "deep page": `/${lang}/all/?page=9`,
    statements: `/${lang}/statements/`,
    cases: `/${lang}/cases/`,
    events: `/${lang}/events/`,
    country: `/${lang}/countries/TN/`,
    theme: `/${lang}/themes/fair-trial/`,
    section: `/${lang}/mena/news/`,
    article: await thing(base, "articles", lang, (item) => item.image),
    case: await thing(base, "cases", lang),
    statement: await thing(base, "statements", lang, (item) => item.themes.length),
    event: await thing(base, "events", lang),
    untranslated: await untranslated(base, lang),
    about: await page(base, lang, "/world/about/"),
    "free page": await page(base, lang, "/privacy/"),
    "not found": `/${lang}/nothing-stands-here/`,
    search: `/${lang}/search/?q=${lang === "ar" ? "تعذيب" : "trial"}`,
    "search with nothing": `/${lang}/search/?q=zzzzzz`,
    "ways to search": `/${lang}/search/`,
    "bad filter": `/${lang}/all/?kind=nonsense`,
  };
}

// [{kind, lang, path}]
export async function pages(base) {
  const found = [];
  for (const lang of LANGUAGES) {
    for (const [kind, path] of Object.entries(await inLanguage(base, lang))) found.push({ kind, lang, path });
  }
  return found;
}
