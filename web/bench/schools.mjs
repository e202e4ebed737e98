// How long a person waits for the table of schools: `node bench/schools.mjs` (after `npm ci`), with OKO_PROGRAM and OKO_DEMO
// as in the tests. OKO_DEMO names a folder with oko.db; for a region of 1 000 schools:
//   oko demo --schools 1000 --municipalities 40 --prepare --out DIR && oko --db DIR/oko.db import DIR/files/2020-04-*.xlsx
//   oko --db DIR/oko.db signs --out /dev/null
// Told are medians and the slowest of twenty: the server's answer alone, and from the click or the
// letter to the rows on the screen.
import { after, test } from 'node:test';

import { closeAll, openHouse, settled } from '../tests/harness.mjs';

after(closeAll);
const ROUNDS = Number(process.env.ROUNDS ?? 20);
const told = (name, times) => {
  times.sort((a, b) => a - b);
  console.log(`${name}: median ${times[Math.floor(times.length / 2)].toFixed(1)} ms, slowest ${times.at(-1).toFixed(1)} ms (n = ${times.length})`);
};

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

test('table of schools', async () => {
  const house = await openHouse();
  const { total } = await house.get('operator', '/signs/schools?limit=1');
  const rows = (await house.get('operator', '/signs?limit=1')).total;
  console.log(`schools: ${total}, rows of evidence: ${rows}`);
  for (const [name, path] of [['sort, server', '/signs/schools?sort=-works'], ['filter, server', '/signs/schools?search=1&evidence=attention'], ['overview, server', '/units/1/overview']]) {
    const times = [];
    for (let i = 0; i < ROUNDS; i++) times.push(await timed(() => house.get('operator', path)));
    told(name, times);
  }
  await house.with('operator', { path: '/analysis/signs' }, async (page) => {
    const table = page.getByRole('table', { name: 'Школы' });
    const head = table.getByRole('columnheader', { name: 'Работ' });
    /** From an action to other rows, seen by the page itself. */
    const shown = async (act) => {
      await page.evaluate(() => {
        const rows = () => document.querySelector('.ant-table-tbody')?.textContent;
        const before = rows();
        globalThis.changed = new Promise((done, failed) => {
          setTimeout(() => failed(new Error('the rows stay as they are')), 8000);
          const look = new MutationObserver(() => { if (rows() && rows() !== before) { look.disconnect(); requestAnimationFrame(() => done(performance.now())); } });
          look.observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
        });
        addEventListener('click', () => { globalThis.began = performance.now(); }, { once: true, capture: true });
        addEventListener('input', () => { globalThis.began = performance.now(); }, { once: true, capture: true });
      });
      await act();
      const time = await page.evaluate(async () => (await globalThis.changed) - globalThis.began);
      await settled(page);
      return time;
    };
    const sorts = [];
    for (let i = 0; i < ROUNDS; i++) {
      if (await head.getAttribute('aria-sort') === 'descending') { await head.click(); await settled(page); } // the third click goes back to codes
      sorts.push(await shown(() => head.click()));
    }
    told('sort, click to rows', sorts);
    const box = page.getByRole('searchbox', { name: 'Название или код' });
    const filters = [];
    for (let i = 0; i < ROUNDS; i++) {
      filters.push(await shown(() => box.fill(String(1 + (i % 9)))));
    }
    told('filter, letter to rows', filters);
  });
});
