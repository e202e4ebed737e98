// A school in a browser: from the region to a class by the keyboard alone, a sign with its words, picture, table and origin,
// who may see what, similar works, procedures, paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { axe, go, keys, NARROW, openHouse, overflow, settled, shot, sticksOut } from './harness.mjs';

const house = await openHouse();
const region = (await house.get('operator', '/units?level=region&limit=1')).items[0];
// A school and a procedure where the families found what was planted: strongest first.
const planted = (await house.get('operator', '/signs?level=school&evidence=strong&family=pattern&limit=1')).items[0];
const explained = await house.get('operator', `/signs/explanation?unit=${planted.unit}&procedure=${planted.procedure}`);
const view = await house.get('operator', `/analysis/view?unit=${planted.unit}`);
const titled = view.procedures.find((one) => one.procedure === planted.procedure).title;
const passport = `/analysis/schools/${planted.unit}?procedure=${planted.procedure}`;
const own = (await house.get('school', '/session')).user.unit;

const cells = (page, name) => page.getByRole('table', { name }).locator('tbody tr:not(.ant-table-measure-row)').evaluateAll(
  (rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())));
const part = (page, heading) => page.locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) }).first();

test('the passport says first in words what was found, how sure it is and what to check', async () => {
  await house.with('operator', { path: passport }, async (page) => {
    assert.equal(await page.locator('h1').textContent(), planted.unit_name);
    const words = await part(page, 'Коротко').textContent();
    const flagged = view.procedures.filter((one) => ['attention', 'signs', 'strong'].includes(one.evidence));
    assert.match(words, new RegExp(`Дополнительного анализа требу[ею]т ${flagged.length} процедур`));
    for (const one of flagged) assert.ok(words.includes(one.title), one.title);
    assert.match(words, /надёжность (хорошая|средняя|низкая)/);
    assert.match(words, /не вывод о школе/);
    assert.doesNotMatch(await page.locator('main').textContent(), /нарушит|рейтинг|списал/i);
    await axe(page);
    await shot(page, 'passport', { full: true });
  });
});

test('the matrix has a cell for each procedure and year, and chooses what is shown below', async () => {
  await house.with('operator', { path: passport }, async (page) => {
    const matrix = part(page, 'Процедуры по годам');
    assert.equal(await matrix.getByRole('button').count(), view.procedures.length);
    const other = view.procedures.find((one) => one.procedure !== planted.procedure);
    await matrix.getByRole('button', { name: `Показать: ${other.title}` }).click();
    await settled(page);
    assert.equal(new URL(page.url()).searchParams.get('procedure'), other.procedure);
    await page.getByRole('heading', { level: 2, name: other.title, exact: true }).waitFor();
    const rows = await cells(page, 'Пять семейств признаков');
    assert.equal(rows.length, view.procedures.length);
  });
});

test('a planted sign has words, numbers, ranked ordinary reasons, a picture and its table', async () => {
  await house.with('operator', { path: passport }, async (page) => {
    const block = part(page, titled);
    assert.ok(explained.signs.length > 0);
    for (const sign of explained.signs) assert.ok((await block.textContent()).toLowerCase().includes(sign.text.toLowerCase()), sign.text);
    const told = await block.locator('.oko-reasons li').allTextContents();
    assert.deepEqual(told, explained.innocent);
    const picture = await house.get('operator', `/signs/picture?unit=${planted.unit}&procedure=${planted.procedure}&statistic=${explained.signs.at(-1).statistic}`);
    const sign = block.locator('article').last();
    await sign.locator('.oko-picture[role=img] svg').waitFor();
    assert.ok((await sign.locator('.oko-picture[role=img]').getAttribute('aria-label')).includes(picture.summary));
    await sign.getByText('Таблица', { exact: true }).click();
    await settled(page);
    await sign.getByRole('table').getByRole('row').nth(1).waitFor();
    const rows = await sign.getByRole('table').locator('tbody tr:not(.ant-table-measure-row)').count();
    assert.equal(rows, Math.min(50, picture.rows.length + picture.items.length + picture.bins.length + picture.scores.length));
    await axe(page);
  });
});

test('every number tells how it came about: formula with its numbers, run, snapshot, seed, text of the method', async () => {
  const how = await house.get('operator', `/results/how?unit=${planted.unit}&procedure=${planted.procedure}`);
  await house.with('operator', { path: passport }, async (page) => {
    const open = part(page, titled).getByRole('button', { name: `Как получено: ${titled}` });
    await keys.press(page, open);
    const drawer = page.getByRole('dialog');
    await drawer.getByText(how.steps[0].text).waitFor();
    const said = await drawer.textContent();
    for (const step of how.steps) assert.ok(said.includes(step.text), step.text);
    assert.ok(said.includes(how.run.snapshot) && said.includes(how.run.result_hash) && said.includes(`№ ${how.run.id}`));
    await settled(page);
    await axe(page);
    await shot(page, 'how-made');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    assert.ok(await open.evaluate((e) => e === document.activeElement), 'the focus is back where it was');
    const rule = view.signs.find((one) => one.procedure === planted.procedure);
    await part(page, 'Правила').getByRole('button', { name: `Как получено: ${rule.name}` }).click();
    const result = await house.get('operator', `/results/how?unit=${planted.unit}&procedure=${planted.procedure}&rule=${rule.rule}`);
    await page.getByRole('dialog').getByText(result.what).waitFor();
    assert.match(await page.getByRole('dialog').getByRole('link', { name: 'Что это значит' }).getAttribute('href'), /^\/help\/methods#./);
    await page.getByRole('dialog').getByRole('link', { name: 'Описание метода' }).click();
    await page.waitForURL(/\/methods\/METHODS/);
    await page.locator('article h2, article h3').first().waitFor();
  });
});

test('operator goes from the region to a municipality, a school and a class with the keyboard alone', async () => {
  const town = (await house.get('operator', `/units?parent=${region.id}&limit=50`)).items.find((one) => one.name === planted.municipality);
  const of = view.procedures.find((one) => one.procedure === planted.procedure);
  await house.with('operator', { path: `/analysis?procedure=${planted.procedure}` }, async (page) => {
    await keys.press(page, page.getByRole('main').getByRole('link', { name: town.name, exact: true }).first(), 'Enter', { most: 400 });
    await page.waitForURL(new RegExp(`/analysis/municipalities/${town.id}`));
    await settled(page);
    await keys.press(page, page.getByRole('main').getByRole('link', { name: planted.unit_name, exact: true }).first(), 'Enter', { most: 400 });
    await page.waitForURL(new RegExp(`/analysis/schools/${planted.unit}`));
    await settled(page);
    await keys.press(page, part(page, 'Классы').getByRole('link', { name: of.classes[0].key || 'Без класса', exact: true }), 'Enter', { most: 400 });
    await page.waitForURL(/\/classes\//);
    await settled(page);
    assert.match(await page.locator('h1').textContent(), /Класс|Без класса/);
    assert.ok((await cells(page, 'Работы этих учеников')).length > 0);
    await page.getByRole('heading', { name: 'Выполнение заданий' }).first().waitFor();
    await axe(page);
    await shot(page, 'class', { full: true });
    await page.getByRole('navigation').getByRole('link', { name: planted.unit_name }).or(page.locator('.ant-breadcrumb').getByRole('link', { name: planted.unit_name })).first().waitFor();
  });
});

test('a school sees its own passport and nothing of others', async () => {
  const name = (await house.get('school', `/units/${own}`)).name;
  await house.with('school', { path: '/analysis' }, async (page) => {
    await page.waitForURL(new RegExp(`/analysis/schools/${own}`));
    await settled(page);
    const said = await page.locator('main').textContent();
    assert.ok(said.includes(name));
    const names = new Set([...said.matchAll(/Школа № \d+/g)].map(([one]) => one));
    assert.deepEqual([...names], [name.match(/Школа № \d+/)[0]], 'no other school is named');
    assert.equal(await page.getByRole('link', { name: 'Похожие работы' }).count(), 0);
    assert.equal(await page.locator('.ant-breadcrumb').count(), 0);
    await axe(page);
    page.expectFailures(404);
    await go(page, `/analysis/schools/${planted.unit}`);
    assert.ok(!(await page.locator('main').textContent()).includes(planted.unit_name));
    await go(page, `/analysis/schools/${own}/pairs`);
    assert.equal(await page.getByText('Группы похожих работ').count(), 0);
  });
  assert.equal((await house.call('school', 'GET', `/units/${own}/pairs?procedure=${planted.procedure}`)).status, 403);
  assert.equal((await house.call('school', 'GET', `/signs/picture?unit=${planted.unit}&procedure=${planted.procedure}&statistic=level`)).status, 404);
  assert.equal((await house.call('observer', 'GET', `/signs/picture?unit=${own}&procedure=${planted.procedure}&statistic=level`)).status, 403);
});

test('a school reads of itself first: its own place in the menu, indicators of its level, one sentence about tasks', async () => {
  await house.with('school', { path: '/analysis' }, async (page) => {
    assert.equal(await page.locator('.oko-menu').getByText('Моя школа', { exact: true }).count(), 1);
    assert.equal(await page.locator('.oko-menu').getByText('Обзор региона', { exact: true }).count(), 0);
    await go(page, '/indicators');
    const rows = page.locator('.ant-table-tbody tr.ant-table-row');
    const own = await rows.count();
    await page.getByRole('switch', { name: 'Показатели других уровней' }).click();
    await settled(page);
    assert.ok(own > 0 && await rows.count() > own, `${own} of ${await rows.count()}`);
    await go(page, '/');
    const tasks = await page.locator('.oko-task').count();
    assert.equal(await page.getByText('Задач нет').count(), tasks > 0 ? 0 : 1, `${tasks} tasks`);
  });
});

test('a municipality opens its own schools only', async () => {
  const mine = (await house.get('municipal', '/units?level=school&limit=1')).items[0];
  await house.with('municipal', { path: `/analysis/schools/${mine.id}` }, async (page) => {
    assert.equal(await page.locator('h1').textContent(), mine.name);
  });
  const others = (await house.get('operator', '/units?level=school&limit=200')).items;
  const inside = new Set((await house.get('municipal', '/units?level=school&limit=200')).items.map((one) => one.id));
  const foreign = others.find((one) => !inside.has(one.id));
  assert.equal((await house.call('municipal', 'GET', `/analysis/view?unit=${foreign.id}`)).status, 404);
});

test('similar works: groups and pairs by codes, same answers marked, every look logged', async () => {
  const before = (await house.get('auditor', '/audit?limit=1')).items[0].id;
  const data = await house.get('auditor', `/units/${planted.unit}/pairs?procedure=${planted.procedure}`);
  await house.with('auditor', { path: `/analysis/schools/${planted.unit}/pairs?procedure=${planted.procedure}` }, async (page) => {
    assert.match(await page.locator('main').textContent(), /записывается в журнал/);
    const shown = await cells(page, 'Самые похожие пары');
    assert.equal(shown.length, Math.min(50, data.items.length));
    assert.equal(shown[0][0], data.items[0].codes.join(' — '));
    await page.getByRole('button', { name: shown[0][0] }).first().click();
    const answers = page.getByRole('dialog').locator('.oko-answers');
    await answers.waitFor();
    const works = data.items[0].codes.map((code) => data.rows.find((row) => row.code === code));
    const same = works[0].answers.filter((answer, k) => answer === works[1].answers[k]).length;
    assert.equal(same, data.items[0].same);
    assert.equal(await answers.locator('td[data-same=true]').count(), 2 * same);
    await settled(page);
    await axe(page);
    await shot(page, 'pairs', { full: true });
  });
  const log = (await house.get('auditor', '/audit?limit=50')).items.filter((line) => line.id > before && line.action === 'units.pairs');
  assert.ok(log.length >= 2, 'looks are in the log');
});

test('a procedure: cut-offs and their source, scores, items with their curve, coverage', async () => {
  const code = planted.procedure;
  const of = await house.get('operator', `/procedures/${code}`);
  const items = await house.get('operator', `/units/${region.id}/items?procedure=${code}`);
  await house.with('operator', { path: '/procedures' }, async (page) => {
    const listed = await cells(page, 'Процедуры');
    const loaded = (await house.get('operator', '/procedures/overview')).items.filter((one) => one.works > 0);
    assert.equal(listed.length, loaded.length);
    await page.getByRole('table', { name: 'Процедуры' }).getByRole('link', { name: of.title, exact: true }).click();
    await page.waitForURL(new RegExp(`/procedures/${code}`));
    await settled(page);
    assert.match(await part(page, 'Отметки и баллы').textContent(), new RegExp(`${of.cutoffs['4']}–${of.cutoffs['5'] - 1}`));
    assert.ok((await part(page, 'Отметки и баллы').textContent()).includes(of.source));
    const profile = part(page, 'Выполнение заданий');
    await profile.getByText('Таблица', { exact: true }).click();
    await settled(page);
    await profile.getByRole('table').getByRole('row').nth(1).waitFor();
    const rows = await profile.getByRole('table').locator('tbody tr:not(.ant-table-measure-row)').count();
    assert.equal(rows, items.items.length);
    const covered = await cells(page, 'Охват');
    const towns = await house.get('operator', `/procedures/${code}/coverage`);
    assert.equal(covered.length, towns.total);
    await axe(page);
    await shot(page, 'procedure', { full: true });
  });
});

test('groups under ten works get no items', async () => {
  const small = (await house.get('operator', '/signs?level=class&sort=n&limit=200')).items.find((row) => row.n < 10 && row.n > 0);
  if (!small) return;
  const told = await house.get('operator', `/units/${small.unit}/items?procedure=${small.procedure}&class=${encodeURIComponent(small.class_key)}`);
  assert.equal(told.hidden, true);
  assert.deepEqual(told.scopes, []);
});

test('narrow screens, the dark scheme and English: nothing sticks out, axe is content', async () => {
  for (const path of [passport, `/analysis/schools/${planted.unit}/pairs?procedure=${planted.procedure}`, `/procedures/${planted.procedure}`]) {
    await house.with('operator', { path, size: NARROW, scheme: 'dark', lang: 'en' }, async (page) => {
      await settled(page);
      assert.equal(await overflow(page), 0, (await sticksOut(page)).join('; '));
      assert.doesNotMatch((await page.locator('h2, h3, th').allTextContents()).join(' ').replaceAll('ВПР', ''), /undefined|[a-z]+\.[a-z]+\.[a-z]+/);
      await axe(page);
      await shot(page, `narrow-${path.split('/')[1]}-${path.includes('pairs')}`, { full: true });
    });
  }
});

test('on paper the passport is a document: no buttons of the screen, all parts there', async () => {
  await house.with('operator', { path: passport }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ['.oko-side', '.oko-head', '.oko-page-acts', '.oko-how-open'].filter((what) => [...document.querySelectorAll(what)].some((e) => getComputedStyle(e).display !== 'none' && e.getBoundingClientRect().width > 0)));
    assert.deepEqual(seen, []);
    assert.ok(await page.getByText(explained.innocent[0]).first().isVisible());
    const pdf = await page.pdf({ format: 'A4' });
    assert.ok(pdf.length > 20000);
    if (process.env.OKO_SHOTS) (await import('node:fs')).writeFileSync(`${process.env.OKO_SHOTS}/passport.pdf`, pdf);
  });
});
