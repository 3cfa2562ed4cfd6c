// Looks at every kind of page with axe-core and the Nu HTML checker, on a desktop and at 320 CSS pixels (400 % of 1280),
// in light and dark, then walks through the site. Ends with 1 and a list of everything that was found.
//
//     env $(grep PASSWORD= ../../.env) node check.mjs http://127.0.0.1:8000

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { pages } from "./pages.mjs";
import { walks } from "./walks.mjs";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const CHECKER = require.resolve("vnu-jar/build/dist/vnu.jar");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
// Countries lie closer together than fingers are wide: WCAG 2.2, 2.5.8 lets the table beside the map stand in for its circles.
const CIRCLES = { exclude: [".map svg"] };

const found = [];
const report = (where, what) => found.push(`${where}: ${what}`);

async function axe(page, where, context, options) {
  const { violations } = await page.evaluate(([inside, rules]) => window.axe.run(inside ?? document, rules), [context, options]);
  for (const violation of violations) {
    for (const node of violation.nodes) report(where, `${violation.id}: ${node.target.join(" ")} - ${node.failureSummary.replace(/\s+/g, " ")}`);
  }
}

async function look(page, base, { kind, lang, path }) {
  const where = `${kind} (${lang}) ${path}`;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(base + path);
  await page.evaluate(AXE);
  await axe(page, where, null, { ...RULES, rules: { "target-size": { enabled: false } } });
  await axe(page, where, CIRCLES, { runOnly: ["target-size"] });
  await page.emulateMedia({ colorScheme: "dark" });
  await axe(page, `${where} dark`, null, { runOnly: ["color-contrast", "link-in-text-block"] });
  const headings = await page.locator("h1").count();
  if (headings !== 1) report(where, `has ${headings} h1`);
  if ((await page.locator("a.skip").count()) !== 1) report(where, "has no skip link");
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) report(where, `is ${width} pixels wide at 320`);
}

function checkMarkup(sources) {
  const folder = mkdtempSync(join(tmpdir(), "federation-pages-"));
  try {
    const names = sources.map(({ text }, number) => {
      const name = join(folder, `${number}.html`);
      writeFileSync(name, text);
      return name;
    });
    execFileSync("java", ["-Xmx512m", "-jar", CHECKER, "--errors-only", "--format", "gnu", ...names], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    if (!error.stderr) throw error;
    for (const line of error.stderr.split("\n").filter(Boolean)) {
      const number = Number(/\/(\d+)\.html"?:/.exec(line)?.[1] ?? -1);
      report(sources[number]?.where ?? "the Nu HTML checker", line.replace(/^"?[^"]*"?:/, ""));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main([base]) {
  const people = ["editor", "moderator", "translator", "staff"];
  const passwords = Object.fromEntries(people.map((name) => [name, process.env[`${name.toUpperCase()}_PASSWORD`]]));
  const kinds = await pages(base);
  const sources = await Promise.all(
    kinds.map(async ({ kind, lang, path }) => ({ where: `${kind} (${lang}) ${path}`, text: await (await fetch(base + path)).text() })),
  );
  checkMarkup(sources);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
  try {
    // axe-core is put into the page, which its policy would not allow.
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    for (const kind of kinds) await look(page, base, kind);
    await context.close();
    for (const [name, walk] of Object.entries(walks)) {
      const started = Date.now();
      try {
        await walk(browser, base, passwords);
        console.log(`  walked in ${Math.round((Date.now() - started) / 1000)} s: ${name}`);
      } catch (error) {
        report(`walk: ${name}`, error.message.split("\n").slice(0, 12).join(" "));
      }
    }
  } finally {
    await browser.close();
  }
  for (const line of found) console.log(line);
  console.log(`${kinds.length} pages of ${kinds.length / 2} kinds looked at; ${found.length} faults.`);
  return found.length ? 1 : 0;
}

process.exit(await main(process.argv.slice(2)));
