// A reader on an old phone: 360 pixels, Arabic, no JavaScript. And the listing on a desktop, in place.

import { strict as assert } from "node:assert";

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, javaScriptEnabled: false, locale: "ar", extraHTTPHeaders: { "Accept-Language": "ar" } };

const digits = async (locator) => (await locator.innerText()).match(/\d+/g).map(Number);

// "x-y of N" of a listing.
async function shown(page) {
  const [first, last, count] = await digits(page.locator(".count strong"));
  return { first, last, count };
}

async function narrow(page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${page.url()} is ${width} pixels wide on a phone`);
}

// Opens what is folded and follows a link, as a finger does.
async function follow(page, locator) {
  await locator.scrollIntoViewIfNeeded();
  await Promise.all([page.waitForNavigation(), locator.click()]);
  await narrow(page);
}

async function findsWhatIsNewAboutMauritania(page, base) {
  await page.goto(`${base}/`);
  assert.equal(new URL(page.url()).pathname, "/ar/");
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await follow(page, page.locator(".menu a", { hasText: "الفروع" }));
  await follow(page, page.locator(".directory .chapter", { hasText: "موريتانيا" }));
  assert.match(await page.locator(".contact address a").first().getAttribute("href"), /^mailto:/);
  await follow(page, page.locator(".contact dd a", { hasText: "موريتانيا" }));
  assert.equal(new URL(page.url()).pathname, "/ar/countries/MR/");
  assert.match(await page.locator(".there a[href^='mailto:']").first().innerText(), /@/);
  assert.ok((await page.locator(".rows > li").count()) > 3, "nothing is said about Mauritania");
}

async function filtersAndRemovesChips(page) {
  const whole = (await shown(page)).count;
  await page.locator(".filters > details:has(form) > summary").click();
  const group = page.locator("#filters details", { has: page.locator("[name=kind]") });
  if (!(await group.getAttribute("open"))) await group.locator("summary").click();
  const box = group.locator("label").first();
  const [expected] = (await box.locator("small").innerText()).match(/\d+/).map(Number);
  await box.click();
  await follow(page, page.locator(".submit button"));
  assert.match(page.url(), /[?&]kind=/);
  assert.equal((await shown(page)).count, expected);
  assert.ok(expected < whole);
  await follow(page, page.locator(".chips li a").first());
  assert.equal((await shown(page)).count, whole);
  assert.equal(await page.locator(".chips").count(), 0);
}

async function looksAtTheMap(page, base) {
  await page.goto(`${base}/ar/statements/`);
  await follow(page, page.locator(".map-link"));
  assert.ok((await page.locator(".map circle").count()) > 10, "the map is empty");
  await page.locator(".map summary").click();
  const row = page.locator(".map tbody tr").nth(2);
  const count = Number(await row.locator("td").innerText());
  await follow(page, row.locator("a"));
  assert.equal((await shown(page)).count, count);
  assert.equal(await page.locator(".chips li").count(), 2);
}

async function subscribes(page, base) {
  const feed = await page.locator("a.subscribe").getAttribute("href");
  assert.match(feed, /country=/);
  const answer = await page.request.get(base + feed);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()["content-type"], /atom/);
  const { count } = await shown(page);
  assert.equal((await answer.text()).split("<entry").length - 1, Math.min(count, (await page.locator(".rows > li").count())));
}

async function goesBackInTime(page, base) {
  await page.goto(`${base}/ar/all/`);
  await page.locator(".archive > summary").click();
  const year = page.locator(".archive li").nth(1);
  const count = Number(await year.locator("small").first().innerText());
  await follow(page, year.locator("a").first());
  assert.equal((await shown(page)).count, count);
  await page.locator(".archive > summary").click();
  const month = page.locator(".archive ul ul li").first();
  const ofMonth = Number(await month.locator("small").innerText());
  await follow(page, month.locator("a"));
  assert.equal((await shown(page)).count, ofMonth);
}

async function turnsPages(page, base) {
  await page.goto(`${base}/ar/all/?page=9`);
  await follow(page, page.locator(".paging [rel=next]"));
  const { first, last } = await shown(page);
  assert.deepEqual([first, last, await page.locator(".rows > li").count()], [181, 200, 20]);
}

async function readsAThing(page, base) {
  await page.goto(`${base}/ar/cases/`);
  const links = await page.locator(".rows h2 a").evaluateAll((all) => all.map((link) => link.href));
  for (const link of links) {
    await page.goto(link);
    if (await page.locator(".beside section .plain a[href*='/statements/']").count()) break;
  }
  const title = await page.locator("h1").innerText();
  await follow(page, page.locator(".beside section .plain a[href*='/statements/']").first());
  const back = page.locator("a", { hasText: title }).first();
  assert.ok(await back.count(), "the statement does not name the case that names it");
  assert.equal(await page.locator(".share a[href^='mailto:']").count(), 1);
}

async function changesTheLanguage(page, base) {
  const ref = new URL(page.url()).pathname.match(/([a-z0-9]{10})\/$/)[1];
  await follow(page, page.locator(".languages a:not([aria-current])").first());
  assert.ok(new URL(page.url()).pathname.includes(ref), `${page.url()} is another thing`);
  await page.goto(`${base}/ar/mr/news/?theme=fair-trial`);
  await follow(page, page.locator(".languages a[hreflang=fr]"));
  assert.equal(new URL(page.url()).search, "?theme=fair-trial");
  assert.equal(await page.locator("html").getAttribute("lang"), "fr");
}

async function searches(page, base) {
  await page.goto(`${base}/ar/`);
  await page.locator(".find input").fill("محكمة");
  await follow(page, page.locator(".find button"));
  assert.match(page.url(), /q=/);
  assert.ok((await page.locator("main ol > li").count()) > 0, "nothing is found");
}

export async function onAPhone(browser, base) {
  const context = await browser.newContext(PHONE);
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  for (const step of [findsWhatIsNewAboutMauritania, filtersAndRemovesChips, looksAtTheMap, subscribes, goesBackInTime, turnsPages, readsAThing, changesTheLanguage, searches]) {
    try {
      await step(page, base);
    } catch (error) {
      throw new Error(`${step.name} at ${page.url()}: ${error.message}`);
    }
  }
  assert.deepEqual(asked.filter((url) => !url.startsWith(base) && !url.startsWith("data:")), []);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
}

// With JavaScript: the list changes in place, the address follows, and Back is right.
export async function inPlace(browser, base) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${base}/en/all/`);
  await page.evaluate(() => { window.sameDocument = true; });
  const { count } = await shown(page);
  const box = page.locator("#filters [name=type]").first();
  const value = await box.getAttribute("value");
  await box.check();
  await page.waitForURL(`**/en/all/?type=${value}`);
  await page.locator(".chips").waitFor();
  const narrowed = (await shown(page)).count;
  assert.ok(narrowed < count);
  assert.equal(await page.evaluate(() => document.activeElement.value), value);
  await page.goBack();
  await page.locator(".chips").waitFor({ state: "detached" });
  assert.equal((await shown(page)).count, count);
  assert.equal(await page.locator(`#filters [value=${value}]`).isChecked(), false);
  await page.goForward();
  await page.locator(".chips").waitFor();
  assert.equal((await shown(page)).count, narrowed);
  assert.equal(await page.evaluate(() => window.sameDocument), true);
  await context.close();
}
