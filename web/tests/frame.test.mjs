// The frame around all pages: how much is loaded first, signing in, an ended session, a lost server.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { axe, go, keys, NARROW, openHouse, overflow, pagesOf, PASSWORD, settled, shot } from './harness.mjs';

const FIRST_LOAD = 250_000; // bytes of JavaScript over the wire
let house;
before(async () => { house = await openHouse(); });

/** Counts what comes over the wire from now on, by kind. */
function meter(page) {
  const sums = { script: 0, stylesheet: 0, other: 0, calls: 0 };
  const waiting = [];
  page.on('requestfinished', (request) => waiting.push(request.sizes().then(({ responseBodySize }) => {
    const kind = request.resourceType();
    if (new URL(request.url()).pathname.startsWith('/api/')) sums.calls += responseBodySize;
    else sums[kind in sums ? kind : 'other'] += responseBodySize;
  })));
  return async () => { await Promise.all(waiting); return sums; };
}

async function signIn(page, login, password = PASSWORD) {
  await page.getByLabel('Логин').fill(login);
  await page.getByLabel('Пароль', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Войти' }).click();
}

test('the first load is small', async () => {
  await house.with('', {}, async (page) => {
    const sums = meter(page);
    await page.goto('/');
    await settled(page);
    const door = { ...await sums() };
    await signIn(page, 'operator');
    await page.locator('.oko-frame').waitFor();
    await settled(page);
    const home = await sums();
    console.log(`# first load: sign-in ${door.script} bytes of JS, with the home page ${home.script} (limit ${FIRST_LOAD}); styles ${home.stylesheet}, calls ${home.calls}`);
    assert.ok(home.script > 50_000, 'nothing was counted');
    assert.ok(home.script < FIRST_LOAD, `${home.script} bytes of JavaScript before the home page is there`);
  });
});

test('signing in by keyboard; a wrong password is told', async () => {
  await house.with('', { path: '/' }, async (page) => {
    await axe(page);
    await shot(page, 'sign-in');
    await keys.type(page, page.getByLabel('Логин'), 'auditor');
    await keys.type(page, page.getByLabel('Пароль', { exact: true }), 'not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await settled(page);
    await axe(page, 'sign-in, refused');
    await keys.type(page, page.getByLabel('Пароль', { exact: true }), PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.oko-frame').waitFor();
    await settled(page);
    await page.keyboard.press('Tab');
    await keys.press(page, page.locator('.oko-skip'));
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'oko-main', 'the link to the content leads there');
  });
});

test('nothing sticks out at the door of a telephone', async () => {
  await house.with('', { path: '/', size: NARROW }, async (page) => assert.equal(await overflow(page), 0));
});

test('an ended session asks for the password again and stays on the page', async () => {
  await house.with('', { path: '/' }, async (page) => {
    page.expectFailures(401);
    await signIn(page, 'head');
    await page.locator('.oko-frame').waitFor();
    await settled(page);
    await page.context().clearCookies();
    const before = page.url();
    const [other] = (await pagesOf(house, page, 'head')).filter((one) => one.menu && one.path !== '/' && one.path !== '/methods');
    if (!other) return;
    await go(page, other.path);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await settled(page);
    await axe(page, 'signing in again');
    await dialog.getByLabel('Пароль').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Продолжить' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await settled(page);
    assert.notEqual(page.url(), before);
    assert.equal(await page.getByRole('alert').count(), 0, 'what had failed for want of a session is asked again');
  });
});

test('a lost server is told, and when it is back the page comes', async () => {
  const own = await openHouse();
  await own.with('operator', { path: '/' }, async (page) => {
    const [other] = (await pagesOf(own, page, 'operator')).filter((one) => one.menu !== undefined && one.path !== '/');
    await own.stop();
    await page.evaluate((to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }, other.path);
    const told = page.getByRole('alert').filter({ hasText: 'Нет связи с сервером' });
    await told.waitFor();
    await shot(page, 'lost');
    await axe(page, 'without the server');
    await own.start();
    await told.waitFor({ state: 'hidden' });
    await settled(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shot(page, 'back');
    page.problems(); // calls that met no server are no faults of the page
  });
  await own.close();
});
