// Somebody in front of the admin: logs in, clicks (and counts), looks, and leaves a picture of every step in shots/.

import { strict as assert } from "node:assert";
import { mkdirSync } from "node:fs";

const SHOTS = new URL("./shots/", import.meta.url).pathname;
export const DESKTOP = { viewport: { width: 1280, height: 1000 }, locale: "en" };
export const PHONE = { viewport: { width: 360, height: 740 }, locale: "ar", hasTouch: true };

export class Person {
  constructor(page, base, name) {
    Object.assign(this, { page, base, name, clicks: 0, steps: 0 });
    page.setDefaultTimeout(60_000);
  }

  // A browser of their own, at the first page of the admin.
  static async logIn(browser, base, name, password, how = DESKTOP) {
    const page = await (await browser.newContext(how)).newPage();
    const person = new Person(page, base, `${name}-${how.locale}-${how.viewport.width}`);
    await page.goto(`${base}/admin/login/`);
    await page.fill("[name=username]", name);
    await page.fill("[name=password]", password);
    await Promise.all([page.waitForNavigation(), page.click("button[type=submit]")]);
    assert.equal(new URL(page.url()).pathname, "/admin/", `${name} cannot log in`);
    await person.look("home");
    return person;
  }

  async click(target) {
    this.clicks += 1;
    await (typeof target === "string" ? this.page.locator(target) : target).first().click();
  }

  // A click that leads to another page, which is no page of an error, and fits its screen.
  async follow(target, step) {
    await Promise.all([this.page.waitForNavigation(), this.click(target)]);
    await this.look(step);
  }

  async go(path, step) {
    await this.page.goto(this.base + path);
    await this.look(step);
  }

  link(name) {
    return this.page.getByRole("link", { name, exact: true });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  // Behind the arrow beside "Save draft".
  async press(name) {
    await this.click("footer [data-controller~=w-dropdown] button[data-w-dropdown-target=toggle], footer .w-dropdown-button button.w-dropdown__toggle");
    await this.look("behind-the-arrow");
    await this.follow(`[name="${name}"]:visible`, name);
    await this.isTold();
  }

  // The admin says that it is done.
  async isTold(words = "") {
    const said = this.page.locator(".messages .success", { hasText: words });
    assert.ok(await said.count(), `${this.name} is not told “${words || "that it is done"}” at ${this.page.url()}: ${(await this.page.locator(".messages").allInnerTexts()).join(" ")}`);
  }

  async reads(words) {
    const text = await this.page.locator("body").innerText();
    assert.ok(text.includes(words), `${this.name} does not read “${words}” at ${this.page.url()}`);
  }

  async look(step) {
    mkdirSync(SHOTS, { recursive: true });
    this.steps += 1;
    await this.page.screenshot({ path: `${SHOTS}${this.name}-${String(this.steps).padStart(2, "0")}-${step}.jpg`, type: "jpeg", quality: 70, fullPage: true });
    const { width, wide } = await this.page.evaluate(() => ({ width: window.innerWidth, wide: document.documentElement.scrollWidth }));
    assert.ok(wide <= width, `${this.page.url()} is ${wide} pixels wide at ${width}`);
  }

  async leave() {
    await this.page.context().close();
  }
}
