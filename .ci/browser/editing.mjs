// An editor composes the front, the menu and the footer of the Tunisian chapter in two languages, publishes, and sees it.

import { strict as assert } from "node:assert";
import { Person } from "./people.mjs";

const WORDS = {
  en: { call: "Come to the open evening", button: "How to get there", menu: "All our statements", strapline: "The door is open", footer: "Tunis, second floor" },
  fr: { call: "Venez à la soirée portes ouvertes", button: "Comment s’y rendre", menu: "Toutes nos déclarations", strapline: "La porte est ouverte", footer: "Tunis, deuxième étage" },
};

// The number of the chapter's page, as Wagtail's own API knows it.
async function numberOf(base, lang) {
  const answer = await fetch(`${base}/api/v3/pages/?type=chapters.ChapterPage&locale=${lang}&slug=tn`);
  const { items } = await answer.json();
  assert.equal(items.length, 1, `the Tunisian chapter has no page in ${lang}`);
  return items[0].id;
}

async function tab(page, name) {
  await page.getByRole("tab", { name }).click();
}

// Adds a part to a text of parts and waits for its fields.
async function add(page, field, sort, first) {
  await page.locator(`[data-contentpath="${field}"] .c-sf-add-button`).last().click();
  if (sort) await page.getByRole("option", { name: sort, exact: true }).first().click();
  await page.locator(`[name="${first}"]`).waitFor();
}

async function compose(page, base, number, lang) {
  const words = WORDS[lang];
  await page.goto(`${base}/admin/pages/${number}/edit/`);
  await add(page, "front", "Call to action", "front-0-value-title");
  await page.fill("[name=front-0-value-title]", words.call);
  if (!(await page.locator("[name=front-0-value-links-0-value-text]").count())) await add(page, "front-0-value-links", "", "front-0-value-links-0-value-text");
  await page.fill("[name=front-0-value-links-0-value-text]", words.button);
  await page.fill("[name=front-0-value-links-0-value-target]", `/${lang}/tn/`);
  await tab(page, "Menu and links");
  await page.fill("[name=strapline]", words.strapline);
  await add(page, "menu", "", "menu-0-value-text");
  await page.fill("[name=menu-0-value-text]", words.menu);
  await page.fill("[name=menu-0-value-target]", `/${lang}/statements/?chapter=tn`);
  await page.fill("[name=footer]", words.footer);
}

// Presses a button of the editor that may be folded away, and waits until the admin says that it is done.
async function press(page, button) {
  await page.locator(button).first().evaluate((found) => found.click());
  await page.locator(".messages .success").waitFor({ timeout: 60_000 });
}

// Publishes, where editors may; else keeps the draft, and a moderator publishes it.
async function publish(page, base, number, chief) {
  if (await page.locator("[name=action-publish]").count()) return press(page, "[name=action-publish]");
  await press(page, ".action-save");
  await chief.goto(`${base}/admin/pages/${number}/edit/`);
  return press(chief, "[name=action-publish]");
}

async function see(page, base, lang) {
  const words = WORDS[lang];
  await page.goto(`${base}/${lang}/tn/`);
  assert.equal(await page.locator(".call h2").innerText(), words.call);
  assert.equal(await page.locator(".call .button").innerText(), words.button);
  assert.equal(await page.locator(".strapline").innerText(), words.strapline);
  assert.deepEqual(await page.locator(".of-chapter li").allInnerTexts(), [words.menu]);
  assert.ok((await page.locator("footer.site").innerText()).includes(words.footer));
}

export async function composing(browser, base, { editor, moderator }) {
  const { page } = await Person.logIn(browser, base, "editor", editor);
  const { page: chief } = await Person.logIn(browser, base, "moderator", moderator);
  const reader = await (await browser.newContext()).newPage();
  for (const lang of ["en", "fr"]) {
    const number = await numberOf(base, lang);
    await compose(page, base, number, lang);
    await publish(page, base, number, chief);
    await see(reader, base, lang);
  }
}
