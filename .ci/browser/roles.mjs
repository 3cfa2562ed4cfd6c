// Every role at its work, from the login to what readers see of it.

import { strict as assert } from "node:assert";
import { DESKTOP, PHONE, Person } from "./people.mjs";

// Of this run: the walk may be taken again on the same site.
const RUN = Date.now().toString(36);

async function readers(base, path) {
  const answer = await fetch(base + path);
  return { status: answer.status, text: answer.ok ? await answer.text() : "" };
}

async function publishNews(editor) {
  const title = `A reading room opens ${RUN}`;
  editor.clicks = 0;
  await editor.follow(editor.link("News"), "news");
  await editor.follow(editor.link("New article"), "new-article");
  await editor.page.fill("[name=title]", title);
  await editor.page.fill("[name=summary]", "On Thursdays, until eight in the evening.");
  await editor.press("action-publish");
  assert.equal(editor.clicks, 4, "from the login to a published news item");
  await editor.reads(title);
  assert.ok((await readers(editor.base, "/en/tn/news/")).text.includes(title), "the news item is not public");
}

async function writeStatement(editor, title) {
  await editor.go("/admin/", "home");
  await editor.follow(editor.link("New statement"), "new-statement");
  await editor.page.fill("[name=title]", title);
  await editor.page.fill("[name=summary]", "Two sentences on the right to be heard.");
  await editor.press("action-submit");
  await editor.go("/admin/", "home-submitted");
  await editor.reads("the moderators of Tunisia");
}

// From the first page to the decision.
async function decide(moderator, title, button, reason, step) {
  await moderator.go("/admin/", "home");
  await moderator.follow(moderator.page.locator(".fed-panel a", { hasText: title }), `${step}-item`);
  await moderator.follow(moderator.link("Read and decide"), `${step}-read`);
  await moderator.page.fill("#reason", reason);
  await moderator.follow(moderator.button(button), step);
  await moderator.isTold();
}

async function correct(editor, title, reason) {
  await editor.go("/admin/", "home-returned");
  await editor.reads(reason);
  await editor.follow(editor.page.locator(".fed-panel a", { hasText: title }), "returned");
  await editor.reads(reason);
  await editor.follow(editor.link("Edit"), "edit-returned");
  await editor.page.fill("[name=title]", `${title}, corrected`);
  await editor.press("action-submit");
}

async function asReadersSeeIt(person) {
  const path = await person.link("As readers see it").getAttribute("href");
  return { path, ...(await readers(person.base, path)) };
}

async function feature(editor) {
  const introduction = `Our neighbours follow this trial ${RUN}.`;
  await editor.go("/admin/", "home");
  await editor.follow(editor.link("Offered by others"), "offered");
  await editor.page.selectOption("#type", "case");
  await editor.follow(editor.button("Show"), "offered-cases");
  // Another one each time: the same is featured in a section once.
  await editor.follow(editor.link("Feature").nth(Date.now() % (await editor.link("Feature").count())), "feature");
  await editor.page.selectOption("#section", { index: 0 });
  await editor.page.selectOption("#language", { index: 0 });
  await editor.page.fill("#introduction", introduction);
  const section = await editor.page.locator("#section option").first().innerText();
  await editor.follow(editor.button("Feature"), "featured");
  await editor.isTold();
  const lang = /\((\w+)\)/.exec(section)[1];
  assert.ok((await readers(editor.base, `/${lang}/tn/cases/`)).text.includes(introduction), "the case is not featured");
}

// The same at 360 pixels and in Arabic, by way of the buttons of the first page.
export async function writingOnAPhone(browser, base, { editor: ours }) {
  const editor = await Person.logIn(browser, base, "editor", ours, PHONE);
  assert.equal(await editor.page.locator("html").getAttribute("dir"), "rtl");
  for (const [listed, step] of [["article", "action-publish"], ["statement", "action-submit"]]) {
    await editor.go("/admin/", "home");
    await editor.follow(`a[href$="/things/${listed}/new/"]`, `new-${listed}`);
    await editor.page.fill("[name=title]", `غرفة للقراءة ${RUN}`);
    await editor.page.fill("[name=summary]", "كل خميس حتى الثامنة مساء.");
    await editor.press(step);
  }
  assert.ok((await readers(base, "/ar/tn/news/")).text.includes(`غرفة للقراءة ${RUN}`), "the news item is not public");
  for (const [path, step] of [["things/article/", "news"], ["things/statement/", "statements"], ["reviews/", "reviews"], ["translations/", "translations"]]) await editor.go(`/admin/chapters/${path}`, step);
  await editor.go("/admin/offered/?type=case", "offered");
  await editor.follow('a[href$="#feature"]', "feature");
  await editor.leave();
}

async function translateSegments(translator, words) {
  const { page } = translator;
  for (const text of words) {
    await translator.click(page.getByRole("button", { name: "Translate", exact: true }));
    await page.locator("textarea:visible").first().fill(text);
    const saved = page.waitForResponse((answer) => answer.request().method() === "PUT");
    await translator.click(page.getByRole("button", { name: "Save", exact: true }));
    assert.ok((await saved).ok(), "a translated text is not saved");
  }
  await translator.look("translated");
}

async function translate(translator, title, translated) {
  await translator.follow(translator.link("Statements"), "statements");
  const row = translator.page.locator("tr", { hasText: title });
  await translator.follow(row.getByRole("button", { name: /^\+ ar/ }), "localize");
  await translateSegments(translator, [translated, "جملتان عن الحق في أن يُسمع المرء."]);
  await translator.follow(translator.button("Ready for review"), "ready");
  await translator.isTold();
}

// An editor, a moderator and a translator of one chapter.
export async function working(browser, base, { editor: ours, moderator: theirs, translator: arabic }) {
  const title = `Let the families in ${RUN}`;
  const translated = `دعوا العائلات تدخل ${RUN}`;
  const editor = await Person.logIn(browser, base, "editor", ours);
  await publishNews(editor);
  await writeStatement(editor, title);
  const moderator = await Person.logIn(browser, base, "moderator", theirs);
  await decide(moderator, title, "Return with a reason", "Name the day in the title.", "return");
  await correct(editor, title, "Name the day in the title.");
  await decide(moderator, title, "Approve", "", "approve");
  const { path, text } = await asReadersSeeIt(moderator);
  assert.ok(text.includes(`${title}, corrected`), "the statement is not public");
  await feature(editor);
  const translator = await Person.logIn(browser, base, "translator", arabic);
  await translate(translator, title, translated);
  await decide(moderator, translated, "Approve", "", "approve-translation");
  const inArabic = await readers(base, path.replace(/^\/\w+\//, "/ar/"));
  assert.ok(inArabic.text.includes(translated), "the translation is not public");
  for (const person of [editor, moderator, translator]) await person.leave();
}

async function openChapter(staff, name, code) {
  await staff.follow(staff.link("Chapters"), "chapters");
  await staff.follow(staff.link("Open a chapter"), "open");
  await staff.page.locator('[name^="names"]').first().fill(name);
  await staff.page.fill("[name=code]", code);
  await staff.page.selectOption("[name=parent]", { label: await staff.page.locator("[name=parent] option", { hasText: "Maghreb" }).first().innerText() });
  await staff.page.selectOption("[name=first_language]", "en");
  await staff.page.fill("[name=moderator]", `${code}@example.org`);
  await staff.follow(staff.button("Preview"), "preview");
  await staff.follow(staff.button(`Open ${name}`), "opened");
  await staff.isTold("is open");
  return staff.page.locator(".fed-link input").first().inputValue();
}

async function acceptInvitation(browser, base, link, code) {
  const page = await (await browser.newContext(DESKTOP)).newPage();
  const moderator = new Person(page, base, "invited");
  await moderator.go(new URL(link).pathname, "invitation");
  await page.fill("[name=first_name]", "Leila");
  await page.fill("[name=password]", `a long word of ${code}`);
  await page.fill("[name=again]", `a long word of ${code}`);
  await moderator.follow(moderator.button("Accept"), "welcome");
  assert.equal(new URL(page.url()).pathname, "/admin/");
  await moderator.follow(moderator.link("Pages"), "pages");
  await moderator.follow(moderator.link("People"), "people");
  await moderator.leave();
}

async function holdAndRelease(staff, path) {
  const [ref] = path.match(/[a-z0-9]{10}(?=\/$)/);
  await staff.go(`/admin/item/${ref}/`, "item");
  await staff.page.locator("form", { has: staff.button("Hold") }).locator("[name=reason]").fill("A family asks us to wait.");
  await staff.follow(staff.button("Hold"), "held");
  assert.notEqual((await readers(staff.base, path)).status, 200, "what is held is public");
  await staff.follow(staff.button("Release"), "released");
  assert.equal((await readers(staff.base, path)).status, 200, "what is released is not public");
}

export async function governing(browser, base, { staff: keys }) {
  const code = `walk-${RUN}`;
  const staff = await Person.logIn(browser, base, "staff", keys);
  const link = await openChapter(staff, `Walkers ${RUN}`, code);
  assert.equal((await readers(base, `/en/${code}/`)).status, 200, "the chapter has no page");
  await acceptInvitation(browser, base, link, code);
  const { items } = await (await fetch(`${base}/api/v3/cases/?limit=1`)).json();
  await holdAndRelease(staff, new URL(items[0].translations[0].url).pathname);
  await staff.leave();
}
