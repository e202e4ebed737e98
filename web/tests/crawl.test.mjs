// Every page of the interface, as every role that has it: nothing fails behind it, axe finds nothing serious, every control
// has a name, nothing sticks out at 390 px, no table is wider than its page at 1440 px, one h1. axe, names and the narrow
// screen where a role is the first to see the page. The short form, which ./check runs, takes all pages of an operator, a
// school and an observer, and of the others what these have not; OKO_CRAWL=all takes all pages of all, a school's with axe
// and the narrow screen as well.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { axeFindings, go, nameFindings, NARROW, openHouse, overflow, pagesOf, ROLES, settled, sticksOut, WIDE } from './harness.mjs';

const checked = new Set();
const ALL = process.env.OKO_CRAWL === 'all';
const WHOLE = ['operator', 'school', 'observer'];
const ORDER = [...WHOLE, ...ROLES.filter((role) => !WHOLE.includes(role))];
const INTERACTIVE = 20_000; // ms from a click to a page at rest; far above what is measured (most below 1 s): CI is busy
// Tables that are wider than a page of 1440 px, each with its reason; what they hold is scrolled inside.
const WIDE_TABLES = {
  '/data/imports/:id': 'rows of a file as they stood in it, all columns',
  '/monitoring/campaigns/:id/table': 'a grid of answers: schools by questions',
  '/cases': 'a board: a column for each state that holds cases',
  '/indicators/values': 'a grid of values: units by indicators',
};
let house;
before(async () => { house = await openHouse(); });

async function look(page, one, found) {
  const started = Date.now();
  await go(page, one.path);
  await page.locator('h1').first().waitFor({ timeout: INTERACTIVE }).catch(() => undefined);
  await settled(page);
  const took = Date.now() - started;
  if (took > INTERACTIVE) found.push(`at rest after ${took} ms`);
  const heads = await page.locator('h1').count();
  if (heads !== 1) found.push(`${heads} elements h1`);
  return took;
}

/** Tables and boards of which a part is hidden until it is scrolled to. */
const hidden = (page) => page.evaluate(() => [...document.querySelectorAll('.oko-main :is(.ant-table-content, .ant-table-body, .oko-scroll, .oko-rm-scroll, .oko-board)')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `${e.closest('[aria-label], [aria-labelledby]')?.getAttribute('aria-label') ?? e.className} is ${e.scrollWidth - e.clientWidth} px wider than its place`));

async function narrow(page, found) {
  await page.setViewportSize(NARROW);
  await settled(page);
  const over = await overflow(page);
  if (over > 0) found.push(`${over} px too wide for 390 px: ${(await sticksOut(page)).join(', ')}`);
}

for (const role of ORDER) {
  test(`all pages of ${role}`, async () => {
    const all = [], times = [];
    const page = await house.open(role, { path: '/' });
    const own = await pagesOf(house, page, role);
    assert.ok(own.length > 0, `${role} has ${own.length} pages`);
    const pages = ALL || WHOLE.includes(role) ? own : own.filter((one) => !checked.has(one.pattern));
    for (const one of pages) {
      const found = [];
      try {
        times.push([await look(page, one, found), one.pattern]);
        if (!(one.pattern in WIDE_TABLES)) found.push(...await hidden(page));
        if (!checked.has(one.pattern) || (ALL && role === 'school')) {
          checked.add(one.pattern);
          found.push(...await axeFindings(page), ...await nameFindings(page));
          await narrow(page, found);
        }
      } catch (error) {
        found.push(error.message);
      }
      if (page.viewportSize().width !== WIDE.width) await page.setViewportSize(WIDE);
      found.push(...page.problems());
      all.push(...found.map((what) => `${one.pattern} (${one.path}): ${what}`));
    }
    times.sort((a, b) => b[0] - a[0]);
    console.log(`# ${role}: ${pages.length} of ${own.length} pages, slowest ${times.slice(0, 3).map(([ms, path]) => `${path} ${ms} ms`).join(', ')}`);
    await page.done();
    assert.deepEqual(all, []);
  });
}
