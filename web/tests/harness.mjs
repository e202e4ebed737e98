// What the browser tests share: a real `oko serve` on a copy of the demonstration, people of every role, pages in Chromium
// that watch themselves. Needs OKO_PROGRAM and OKO_DEMO (folder with oko.db); without them those that ./start made.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const PROGRAM = process.env.OKO_PROGRAM ?? join(root, 'build/release/oko');
export const DEMO = process.env.OKO_DEMO ?? join(root, 'demo');
export const PASSWORD = 'oko-demo-2022';
/** A person of each role in the demonstration. */
export const PEOPLE = {
  operator: 'operator', head: 'head', municipal: 'mun01', school: 'sch990001', observer: 'observer', auditor: 'auditor', admin: 'admin',
};
export const ROLES = Object.keys(PEOPLE);
export const NARROW = { width: 390, height: 844 };
export const WIDE = { width: 1440, height: 900 };
/** ms that a page may take for anything: not what is right, but what tells a busy machine from a page that hangs. */
const PATIENCE = 60_000;

// The headless shell first: it is Chromium without windows of its own, and takes a third less of the processor.
const BROWSERS = [process.env.OKO_CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = BROWSERS.find((path) => path && existsSync(path));
if (!executablePath && !process.env.CI) {
  console.log('chromium is absent: skipped');
  process.exit(77);
}
assert.ok(executablePath, 'chromium is absent');
assert.ok(existsSync(PROGRAM), `no program at ${PROGRAM}: OKO_PROGRAM names it`);

let chrome;
const houses = new Set();
/** Ends the browser and the servers: after the tests of a file by itself, else (shots.mjs) to be called. */
export async function closeAll() {
  await chrome?.close();
  for (const house of houses) await house.close();
}
if (process.argv[1]?.endsWith('.test.mjs')) after(closeAll);

async function browser() {
  chrome ??= await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'],
  });
  return chrome;
}

/** A server on a database of its own. empty: a database without anything, else a copy of the demonstration. */
export async function openHouse({ empty = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'oko-web-'));
  const db = join(folder, 'oko.db');
  if (!empty) {
    const from = join(DEMO, 'oko.db');
    assert.ok(existsSync(from), `no demonstration at ${from}: OKO_DEMO names its folder`);
    copyFileSync(from, db);
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${db}-wal`);
  }
  const house = new House(folder, db);
  houses.add(house);
  await house.start();
  return house;
}

class House {
  sessions = new Map();
  port = 0;

  constructor(folder, db) {
    this.folder = folder;
    this.db = db;
  }

  /** The command line on this database; its standard output. */
  oko(...args) {
    return execFileSync(PROGRAM, ['--quiet', '--db', this.db, ...args], { encoding: 'utf8', env: { ...process.env, OKO_LANG: '', NO_COLOR: '1' } });
  }

  /** Also after stop(): on the same port, as the open pages expect. */
  async start() {
    const child = spawn(PROGRAM, ['--quiet', '--db', this.db, 'serve', '--listen', `127.0.0.1:${this.port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    this.said = () => said; // what the server prints for whoever started it
    child.stderr.on('data', (bytes) => { said += bytes; });
    this.child = child;
    this.over = new Promise((done) => child.on('exit', done));
    const line = await new Promise((done, fail) => {
      let text = '';
      child.stdout.on('data', (bytes) => { text += bytes; if (text.includes('\n')) done(text); });
      child.on('exit', () => fail(new Error(`oko serve ended: ${said}`)));
    });
    this.url = line.trim().replace(/\/$/, '');
    this.port = Number(new URL(this.url).port);
  }

  async stop(signal = 'SIGTERM') {
    if (!this.child) return;
    this.child.kill(signal);
    await this.over;
    this.child = undefined;
  }

  async close() {
    houses.delete(this);
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Signs a role (or login) in through the API; once a house. */
  async session(who) {
    const login = PEOPLE[who] ?? who;
    if (!this.sessions.has(login)) {
      const answer = await fetch(`${this.url}/api/v1/session`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD }),
      });
      assert.equal(answer.status, 201, `${login} cannot sign in: ${await answer.clone().text()}`);
      const [name, value] = answer.headers.get('set-cookie').split(';')[0].split('=');
      const { csrf, user } = await answer.json();
      this.sessions.set(login, { name, value, csrf, user });
    }
    return this.sessions.get(login);
  }

  /** A call of the API as somebody: { status, body, etag }. */
  async call(who, method, path, { body, headers = {} } = {}) {
    const { name, value, csrf } = await this.session(who);
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { Cookie: `${name}=${value}`, 'X-CSRF-Token': csrf, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, body: json ? JSON.parse(text) : text, etag: answer.headers.get('etag') };
  }

  /** The same for what must succeed: its body. */
  async get(who, path) {
    const { status, body } = await this.call(who, 'GET', path);
    assert.equal(status, 200, `GET ${path} as ${who}: ${JSON.stringify(body)}`);
    return body;
  }

  /**
   * A page for somebody ('' = nobody has signed in), which fails in `done` when anything went wrong behind it.
   * options: lang, size, scheme ('light' | 'dark'), looks (as kept in the browser), path (opened and settled).
   */
  async open(who, { lang = 'ru', size = WIDE, scheme = 'light', looks, path, downloads } = {}) {
    const context = await (await browser()).newContext({
      viewport: size, colorScheme: scheme, reducedMotion: 'reduce', baseURL: this.url, locale: lang === 'ru' ? 'ru-RU' : 'en-GB',
      acceptDownloads: downloads ?? true, timezoneId: 'Europe/Moscow',
    });
    if (who) {
      const { name, value } = await this.session(who);
      await context.addCookies([{ name, value, url: this.url, httpOnly: true, sameSite: 'Strict' }]);
    }
    await context.addInitScript(([language, kept]) => {
      if (localStorage.getItem('oko.language') === null) localStorage.setItem('oko.language', language);
      if (kept && localStorage.getItem('oko.looks') === null) localStorage.setItem('oko.looks', JSON.stringify(kept));
    }, [lang, looks]);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const watch = new Watch(page, this.url);
    if (path !== undefined) {
      await page.goto(path);
      await settled(page);
    }
    page.expectFailures = (...statuses) => watch.expect(statuses);
    page.problems = () => watch.problems.splice(0);
    /** Closes it; fails when the page had errors. */
    page.done = async () => {
      const found = page.problems();
      await context.close();
      assert.deepEqual(found, [], 'something went wrong behind the page');
    };
    return page;
  }

  /** Opens a page, works with it, closes it; fails on what went wrong behind it. */
  async with(who, options, work) {
    const page = await this.open(who, options);
    try {
      await work(page);
    } catch (error) {
      await shot(page, `failed-${who}-${new URL(page.url()).pathname.replaceAll('/', '_')}`);
      const found = page.problems();
      if (found.length) error.message += `\nbehind the page: ${found.join('; ')}`;
      await page.context().close();
      throw error;
    }
    await page.done();
  }
}

/** What must never happen behind a page: errors, refused calls nobody expected, other hosts, violations of the policy. */
class Watch {
  problems = [];
  expected = new Set();
  calls = new Set();

  constructor(page, url) {
    const host = new URL(url).host;
    page.oko = this;
    page.on('console', (message) => {
      // A refused call is seen as a response, with its address and status.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const to = new URL(request.url());
      if (!['data:', 'blob:'].includes(to.protocol) && to.host !== host) this.problems.push(`a request to ${request.url()}`);
      if (!isStream(request)) this.calls.add(request);
    });
    const end = (request) => this.calls.delete(request);
    page.on('requestfinished', end);
    page.on('requestfailed', end);
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const status = response.status();
      end(response.request()); // its body may be left unread
      const nobody = status === 401 && pathname === '/api/v1/session'; // how a page learns that nobody has signed in
      if (status >= 400 && !nobody && !this.expected.has(status)) this.problems.push(`${status} ${response.request().method()} ${pathname}`);
    });
    this.ready = page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  }

  /** Statuses that a test provokes on purpose. 5xx only when named. */
  expect(statuses) {
    statuses.forEach((status) => this.expected.add(status));
  }
}

const isStream = (request) => request.resourceType() === 'eventsource' || request.url().endsWith('/events');

/** Waits until a page has what it asked for and nothing moves any more. */
export async function settled(page, timeout = PATIENCE) {
  const until = Date.now() + timeout;
  for (let calm = 0; calm < 3; ) {
    const busy = page.oko.calls.size > 0 || await page.evaluate(() =>
      document.querySelector('.oko-waiting, .ant-skeleton-active, .ant-spin-spinning') !== null
      || document.querySelector('#root')?.childElementCount === 0
      || document.getAnimations().some((a) => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity)).catch(() => true);
    calm = busy ? 0 : calm + 1;
    if (Date.now() > until) {
      const what = await page.evaluate(() => [...document.querySelectorAll('.oko-waiting, .ant-skeleton-active, .ant-spin-spinning')].map((e) => e.className));
      throw new Error(`${page.url()} does not settle: under way: ${[...page.oko.calls].map((call) => call.url()).join(', ') || 'nothing'}, waiting: ${what.join(', ') || 'nothing'}`);
    }
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Goes to another page of the interface without loading it anew, as a link does. */
export async function go(page, path) {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, path);
  await settled(page);
}

/** Waits until what was typed is kept in the browser: a draft is written a moment after the last key. */
export const draftKept = (page, text) =>
  page.waitForFunction((typed) => Object.values({ ...localStorage }).some((value) => value.includes(typed)), text);

/** No serious finding of axe by WCAG 2.2 A and AA. */
export async function axe(page, what = page.url()) {
  const found = await axeFindings(page);
  assert.deepEqual(found, [], `axe on ${what}`);
}

export async function axeFindings(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'],
    });
    return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.html.slice(0, 120)}`).join(' | ')} (${v.nodes.length})`);
  });
  return violations;
}

const CONTROLS = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'switch', 'tab', 'menuitem', 'menuitemradio', 'spinbutton', 'slider', 'treeitem', 'option']);

async function languageOf(cdp, { backendDOMNodeId }) {
  const { object } = await cdp.send('DOM.resolveNode', { backendNodeId: backendDOMNodeId });
  const { result } = await cdp.send('Runtime.callFunctionOn', { objectId: object.objectId, functionDeclaration: 'function () { return this.closest("[lang]")?.lang; }', returnByValue: true });
  return result.value;
}

/** Controls without a name, names that are an icon's id, and on a Russian page names that have Latin words alone, in the tree
 * that screen readers get. Logins, codes and addresses (a digit, a dot or a stroke in them) are data;
 * a document that is marked as English is read as such. */
export async function nameFindings(page, lang = 'ru') {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send('Accessibility.getFullAXTree');
  const icons = new Set(await page.evaluate(() => [...document.querySelectorAll('.anticon')].flatMap((e) => [...e.classList]).map((one) => one.replace(/^anticon-?/, ''))));
  const found = [];
  for (const node of nodes.filter((one) => !one.ignored && (CONTROLS.has(one.role?.value) || one.role?.value === 'image'))) {
    const name = (node.name?.value ?? '').trim();
    const told = name === '' ? 'no name' : icons.has(name) || [...icons].some((id) => id && (name.startsWith(`${id} `) || name.endsWith(` ${id}`))) ? `the name of an icon: «${name}»`
      : lang === 'ru' && /\p{Script=Latin}{3,}/u.test(name.replace(/\b(Excel|Word|[A-Z]{3,})\b/g, '')) && !/\p{Script=Cyrillic}|[\d./_-]/u.test(name) ? `not Russian: «${name}»` : '';
    if (!told || (told.startsWith('not') && await languageOf(cdp, node) !== lang)) continue;
    const { outerHTML } = await cdp.send('DOM.getOuterHTML', { backendNodeId: node.backendDOMNodeId }).catch(() => ({ outerHTML: '' }));
    found.push(`${node.role.value}: ${told} ${outerHTML.replace(/<path.*?<\/path>/g, '').slice(0, 200)}`);
  }
  await cdp.detach();
  return found;
}

/** How far the page itself can be scrolled to the side; 0 is right (tables scroll inside). */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What stands out of the screen to the right: to find the cause of an overflow. */
export const sticksOut = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false; };
  return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e)).slice(0, 5)
    .map((e) => `${e.tagName.toLowerCase()}.${String(e.className).replaceAll(' ', '.')} to ${Math.round(e.getBoundingClientRect().right)}`);
});

/** A picture into the folder OKO_SHOTS; does nothing without it. */
export async function shot(page, name, { full = false } = {}) {
  if (!process.env.OKO_SHOTS) return;
  const folder = resolve(process.env.OKO_SHOTS);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll('/', '_')}.png`), fullPage: full }).catch(() => undefined);
}

/** The keyboard alone. */
export const keys = {
  /** Tab until the focus is on the element (or in it); the focus must be seen there. */
  async reach(page, locator, { most = 120, back = false } = {}) {
    await locator.waitFor();
    for (let i = 0; i <= most; i++) {
      if (await locator.evaluate((e) => e === document.activeElement || e.contains(document.activeElement), null)) {
        // Some frames may pass before the browser has drawn it.
        let seen = false;
        for (let look = 0; look < 20 && !seen; look++) {
          if (look > 0) await page.waitForTimeout(50);
          seen = await focusIsSeen(page);
        }
        assert.ok(seen, `the focus on ${locator} is not seen`);
        return;
      }
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    }
    assert.fail(`${locator} is not reached in ${most} steps of the Tab key`);
  },
  /** Reach it and press Enter (or another key). */
  async press(page, locator, key = 'Enter', options) {
    await keys.reach(page, locator, options);
    await page.keyboard.press(key);
  },
  /** Reach it and type. */
  async type(page, locator, text, options) {
    await keys.reach(page, locator, options);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  },
};

/** Has the element with the focus, or what stands around it, an outline, a shadow or a border of its own for it? */
export const focusIsSeen = (page) => page.evaluate(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return false;
  const around = [];
  for (let p = e, i = 0; p && i < 4; p = p.parentElement, i++) around.push([p, p.style.transition]);
  const looks = () => {
    const out = [];
    for (const [p] of around) {
      const s = getComputedStyle(p);
      out.push([s.outlineStyle === 'none' || s.outlineWidth === '0px' ? '' : s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join('/'));
    }
    return out.join('\n');
  };
  const own = getComputedStyle(e);
  if (own.outlineStyle !== 'none' && own.outlineWidth !== '0px') return true;
  for (const [p] of around) p.style.transition = 'none'; // else the looks of a moment ago are seen
  const focused = looks();
  e.blur();
  const blurred = looks();
  e.focus();
  for (const [p, transition] of around) p.style.transition = transition;
  return focused !== blurred;
});

/** Pages of the interface for a role, as the interface itself lists them, with the parameters of their paths filled; without
 * those that have nothing to show to this person. */
export async function pagesOf(house, page, role) {
  const list = await page.evaluate(() => JSON.parse(JSON.stringify(globalThis.okoPages)));
  const out = [];
  for (const one of list.filter((p) => p.open !== true && p.roles.includes(role))) {
    const path = await filled(house, role, one);
    if (path) out.push({ ...one, path, pattern: one.path });
  }
  return out;
}

async function filled(house, role, { path, sample = {} }) {
  let out = path;
  for (const [name, value] of Object.entries(sample.values ?? {})) out = out.replace(`:${name}`, encodeURIComponent(value));
  if (!out.includes(':')) return out;
  assert.ok(sample.from, `${path} has a parameter and no sample: it cannot be tested`);
  const { status, body } = await house.call(role, 'GET', sample.from);
  if (status === 403 || status === 404) return undefined;
  assert.equal(status, 200, `${sample.from} as ${role}: ${JSON.stringify(body)}`);
  const items = body.items ?? body;
  const item = Array.isArray(items) ? items[0] : items;
  if (item === undefined) return undefined;
  for (const [name, member] of Object.entries(sample.members ?? {})) out = out.replace(`:${name}`, encodeURIComponent(item[member]));
  if (!out.includes(':')) return out;
  const value = item[sample.member ?? 'id'];
  assert.ok(value !== undefined, `${sample.from} has no ${sample.member ?? 'id'}`);
  out = out.replace(/:[a-z_]+/i, encodeURIComponent(value));
  assert.ok(!out.includes(':'), `${path}: no sample for ${out}`);
  return out;
}
