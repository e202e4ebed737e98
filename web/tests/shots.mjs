// Pictures of every page, for a person to look at; started by tools/shots, which says what the options mean.
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { closeAll, go, openHouse, pagesOf, PEOPLE, ROLES, settled } from './harness.mjs';

const NOBODY = 'nobody'; // has not signed in
const HIGH = 2400; // px of height that a picture shows without --full

function options() {
  const many = (...start) => ({ type: 'string', multiple: true, default: start });
  const { values } = parseArgs({ options: {
    out: { type: 'string' }, lang: many('ru'), theme: many('light'), width: many('1440', '390'), role: many(NOBODY, ...ROLES), page: many(''),
    full: { type: 'boolean', default: false },
  } });
  const known = (name, allowed) => values[name].forEach((one) => { if (!allowed.includes(one)) throw new Error(`--${name} ${one}: one of ${allowed.join(', ')}`); });
  known('lang', ['ru', 'en']);
  known('theme', ['light', 'dark']);
  known('role', [NOBODY, ...Object.keys(PEOPLE)]);
  values.width = values.width.map(Number);
  if (!values.width.every((width) => Number.isInteger(width) && width >= 200 && width <= 8000)) throw new Error('--width takes a number of pixels from 200 to 8000');
  if (!values.out) throw new Error('--out DIR is needed');
  values.out = resolve(values.out);
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (!relative(root, values.out).startsWith('..')) throw new Error('--out must be outside of the repository');
  return values;
}

const screen = (width) => ({ width, height: width < 600 ? 844 : 900 });
const plain = (pattern) => pattern.replace(/[^a-z0-9-]+/gi, '_').replace(/^_|_$/g, '') || 'home';

async function picture(page, file, width, full) {
  await page.setViewportSize(screen(width));
  await settled(page);
  // A screen as high as the page: what sticks to the screen would else end in the middle of the picture.
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: full ? high : Math.min(high, HIGH) });
  await settled(page);
  await page.screenshot({ path: file });
}

/** All pages of one person in one language and theme: how many pictures; what went wrong is put into found. */
async function person(house, role, lang, theme, { out, width: widths, page: wanted, full }, found) {
  const page = await house.open(role === NOBODY ? '' : role, { lang, scheme: theme, path: '/' });
  const pages = role === NOBODY ? [{ path: '/', pattern: 'sign-in' }] : await pagesOf(house, page, role);
  let made = 0;
  for (const one of pages.filter(({ pattern }) => wanted.some((text) => pattern.includes(text)))) {
    const name = `${role}-${plain(one.pattern)}-${lang}-${theme}`;
    try {
      await page.setViewportSize(screen(widths[0]));
      await go(page, one.path);
      for (const width of widths) {
        await picture(page, join(out, `${name}-${width}.png`), width, full);
        made++;
      }
    } catch (error) {
      found.push(`${name}: ${error.message}`);
    }
    found.push(...page.problems().map((what) => `${name}: ${what}`));
  }
  await page.context().close();
  return made;
}

async function main() {
  const wanted = options();
  mkdirSync(wanted.out, { recursive: true });
  const house = await openHouse();
  const found = [];
  for (const role of wanted.role) {
    for (const lang of wanted.lang) {
      for (const theme of wanted.theme) console.log(`${role}, ${lang}, ${theme}: ${await person(house, role, lang, theme, wanted, found)} pictures`);
    }
  }
  for (const one of found) console.log(one);
  return found.length;
}

try {
  process.exitCode = await main() > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await closeAll();
}
