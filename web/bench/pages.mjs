// How long a person waits for each page: `node bench/pages.mjs` (after `npm ci`), with OKO_PROGRAM and OKO_DEMO as in the
// tests; docs/results/web.md tells how the large region is made. ROLES=operator,school and PAGES=REGEXP take a part,
// ROUNDS (3) repeats, OKO_SHOTS=FOLDER keeps pictures.
// Interactive: every call is answered, every picture drawn, nothing waits, and the page stays so for 300 ms (not counted).
// By address: a browser with an empty cache. By click: from the home page of the running interface. The floor is an
// address that does not exist: the frame around an empty page. Behind it: calls of the API, their bytes, the slowest of
// them, and what is more than a page should ask for (over 200 KB or 50 rows in one answer).
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { closeAll, go, openHouse, pagesOf, shot } from '../tests/harness.mjs';

after(closeAll);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const ROLES = (process.env.ROLES ?? 'operator,municipal,school').split(',');
const ONLY = new RegExp(process.env.PAGES ?? '');
const EMPTY = { path: '/nothing-here', pattern: 'floor: an empty page of the frame' };
const LARGE = 200_000, ROWS = 50, GOAL = 1000, QUIET = 300;

/** In the page: when it came to rest. Looks at every frame; a frame that comes late is time that the person waits as well. */
function watchRest(quiet) {
  const waits = '.oko-waiting, .oko-bones, .ant-skeleton-active, .ant-spin-spinning, [role=status][aria-label="Загружается…"], .oko-chart .oko-picture:not(:has(svg))';
  const plain = globalThis.fetch;
  let open = 0, moved = 0;
  globalThis.fetch = (...call) => {
    open++;
    return plain(...call).then(async (answer) => { await answer.clone().arrayBuffer(); return answer; }).finally(() => { open--; });
  };
  document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => { moved = performance.now(); })
    .observe(document.body, { childList: true, subtree: true, characterData: true }));
  globalThis.oko_rest = (from) => new Promise((done) => {
    let rested = from;
    const look = () => {
      const now = performance.now();
      const chunk = performance.getEntriesByType('resource').reduce((last, one) => Math.max(last, one.responseEnd), 0);
      if (open > 0 || document.querySelector('h1') === null || document.querySelector(waits) !== null) rested = now;
      rested = Math.max(rested, Math.min(now, moved), chunk);
      if (now - rested > quiet) done(rested - from); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Calls of the API since the last look: how many, their bytes, the slowest, and answers that are too large. */
function calls(page) {
  const got = [];
  page.on('response', (response) => { if (response.url().includes('/api/v1/')) got.push(response); });
  return async () => {
    const seen = got.splice(0);
    const out = { calls: seen.length, bytes: 0, slowest: 0, what: '', large: [] };
    for (const response of seen) {
      const { pathname, search } = new URL(response.url());
      const time = response.request().timing();
      const took = time.responseStart - time.requestStart;
      const text = (response.headers()['content-type'] ?? '').includes('event-stream') ? '' : await response.text().catch(() => '');
      out.bytes += Buffer.byteLength(text);
      if (took > out.slowest) { out.slowest = took; out.what = pathname.slice(7); }
      const rows = longest(text);
      if (Buffer.byteLength(text) > LARGE || rows > ROWS) out.large.push(`${pathname.slice(7)}${search} ${Math.round(Buffer.byteLength(text) / 1000)} KB, ${rows} rows`);
    }
    return out;
  };
}

function longest(text) {
  try {
    const { items } = JSON.parse(text);
    return Array.isArray(items) ? items.length : 0;
  } catch {
    return 0;
  }
}

async function byAddress(house, role, one) {
  const page = await house.open(role);
  await page.addInitScript(() => localStorage.setItem('oko.in', '1')); // has signed in here before: only its cache is empty
  await page.addInitScript(watchRest, QUIET);
  const told = calls(page);
  await page.goto(one.path);
  const took = await page.evaluate(() => globalThis.oko_rest(0));
  const answer = await told();
  await shot(page, `${role}-${one.pattern}`);
  await page.context().close();
  return { took, ...answer };
}

async function byClick(page, one) {
  await page.goto('/');
  await page.evaluate(() => globalThis.oko_rest(0));
  return page.evaluate((to) => {
    const from = performance.now();
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    return globalThis.oko_rest(from);
  }, one.path);
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const load = () => readFileSync('/proc/loadavg', 'utf8').split(' ')[0];

async function measure(house, role) {
  const running = await house.open(role, { path: '/' });
  const own = await pagesOf(house, running, role);
  await running.addInitScript(watchRest, QUIET);
  const rows = [];
  for (const one of [EMPTY, ...own.filter((page) => ONLY.test(page.pattern))]) {
    const addresses = [], clicks = [];
    let last;
    for (let i = 0; i < ROUNDS; i++) {
      last = await byAddress(house, role, one);
      addresses.push(last.took);
      clicks.push(await byClick(running, one));
    }
    rows.push({ one, address: middle(addresses), worst: Math.max(...addresses, ...clicks), click: middle(clicks), ...last });
  }
  await go(running, '/');
  await running.context().close();
  return rows;
}

function print(role, rows) {
  console.log(`\n${role}: ${rows.length - 1} pages, ${ROUNDS} rounds, load average ${load()}`);
  console.log('| page | by address ms | by click ms | slowest round | calls | KB | slowest call ms |\n|---|---|---|---|---|---|---|');
  const [floor, ...rest] = rows;
  for (const row of [floor, ...rest.sort((a, b) => Math.max(b.address, b.click) - Math.max(a.address, a.click))]) {
    console.log(`| ${row.one.pattern} | ${row.address.toFixed(0)} | ${row.click.toFixed(0)} | ${row.worst.toFixed(0)} | ${row.calls} | ${(row.bytes / 1000).toFixed(0)} | ${row.slowest.toFixed(0)} ${row.what} |`);
  }
  for (const row of rest) for (const answer of row.large) console.log(`large: ${row.one.pattern}: ${answer}`);
  const over = rest.filter((row) => Math.max(row.address, row.click) > GOAL);
  console.log(`over ${GOAL} ms: ${over.map((row) => row.one.pattern).join(', ') || 'none'}`);
}

test('pages', async () => {
  const house = await openHouse();
  const count = async (path) => (await house.get('operator', path)).total;
  console.log(`schools: ${await count('/units?level=school&limit=1')}, procedures: ${await count('/procedures?limit=1')}, results: ${await count('/results?limit=1')}, `
    + `signs: ${await count('/signs?limit=1')}, cases: ${await count('/cases?limit=1')}, forms: ${await count('/forms?limit=1')}`);
  for (const role of ROLES) print(role, await measure(house, role));
});
