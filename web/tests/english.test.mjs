// In English no page says a Russian word, but those of the data.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { go, openHouse, pagesOf, settled, shot } from './harness.mjs';

let house;
before(async () => { house = await openHouse(); });

/** Words of every answer of the API to this page; and its Russian texts that came with an English twin (words, words_en). */
function dataOf(page) {
  const words = new Set(), twins = new Set(), waiting = [];
  const take = (value) => {
    if (typeof value === 'string') for (const word of value.match(/\p{Script=Cyrillic}+/gu) ?? []) words.add(word.toLowerCase());
    else if (value && typeof value === 'object') {
      for (const [key, one] of Object.entries(value)) {
        take(one);
        if (value[`${key}_en`]?.length > 0) [one].flat().filter((text) => text.length > 20).forEach((text) => twins.add(text));
      }
    }
  };
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/') && (response.headers()['content-type'] ?? '').includes('json')) waiting.push(response.json().then(take, () => undefined));
  });
  return async () => { await Promise.all(waiting.splice(0)); return { words, twins }; };
}

/** Russian words that a page shows, hides behind labels or reads out. */
const russian = (page) => page.evaluate(() => {
  const out = [];
  const note = (text) => { if (/\p{Script=Cyrillic}/u.test(text)) out.push(text.trim()); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const inside = walker.currentNode.parentElement;
    if (!inside.closest('script, style, [lang=ru], :not(.oko-guide-frame) > .oko-md')) note(walker.currentNode.data);
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (!e.closest('[lang=ru]')) for (const name of ['aria-label', 'title', 'placeholder', 'alt']) note(e.getAttribute(name) ?? '');
  }
  return [...new Set(out)];
});

test('in English there is no Russian but in the data', async () => {
  const all = [], seen = new Set();
  for (const role of ['operator', 'admin', 'school', 'municipal', 'head', 'observer', 'auditor']) {
    const page = await house.open(role, { lang: 'en', path: '/account' });
    const data = dataOf(page);
    await page.goto('/');
    await settled(page);
    for (const one of await pagesOf(house, page, role)) {
      if (seen.has(one.pattern)) continue;
      seen.add(one.pattern);
      try {
        await go(page, one.path);
        await shot(page, `en-${role}-${one.pattern}`);
        const { words, twins } = await data();
        for (const text of await russian(page)) {
          const twin = [...twins].find((one) => text.includes(one));
          if (twin) all.push(`${one.pattern} as ${role}: «${twin.slice(0, 120)}» is shown, not its English`);
          const left = text.match(/\p{Script=Cyrillic}+/gu).filter((word) => word !== 'Русский' && !words.has(word.toLowerCase()));
          if (left.length) all.push(`${one.pattern} as ${role}: ${left.join(' ')} in «${text.slice(0, 120)}»`);
        }
      } catch (error) {
        all.push(`${one.pattern} as ${role}: ${error.message}`);
      }
    }
    all.push(...page.problems().map((what) => `${role}: ${what}`));
    await page.done();
  }
  assert.ok(seen.size > 3);
  assert.deepEqual(all, []);
});
