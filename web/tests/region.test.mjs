// The region in a browser: overview as every role that sees it, map and tiles, thresholds tried out, runs, files, keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { axe, go, keys, NARROW, openHouse, overflow, settled, shot, sticksOut } from './harness.mjs';

const house = await openHouse();
const towns = (await house.get('operator', '/units?level=municipality&limit=50')).items;
const number = (text) => Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.').replace('−', '-'));

/** Cells of the table that has this name. */
async function cells(page, name) {
  const rows = page.getByRole('table', { name }).locator('tbody tr:not(.ant-table-measure-row):not(.ant-table-placeholder)');
  await rows.first().waitFor();
  return rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())));
}

/** A file that a click on an item of the download menu gives. */
async function download(page, chart, item) {
  await page.getByRole('button', { name: `Скачать: ${chart}` }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

for (const who of ['operator', 'head', 'auditor']) {
  test(`the region as ${who}: words first, pictures with their tables, no failure behind`, async () => {
    const said = await house.get(who, '/units/1/overview');
    await house.with(who, { path: '/analysis' }, async (page) => {
      assert.equal(await page.locator('h1').textContent(), said.unit.name);
      const words = await page.locator('.oko-words').textContent();
      assert.match(words, new RegExp(`Признаки есть в ${said.all.marked} школ`));
      assert.match(words, /не вывод о школе/);
      assert.doesNotMatch(await page.locator('main').textContent(), /нарушит|рейтинг|худш/i);
      const pictures = page.locator('[role=img] svg');
      await pictures.first().waitFor();
      assert.ok(await pictures.count() >= 5, 'pictures are drawn');
      for (const label of await page.locator('.oko-picture[role=img]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))) assert.ok(label?.length > 30, `a picture says what it shows: ${label}`);
      await shot(page, `region-${who}`, { full: true });
      if (who === 'operator') await axe(page);
    });
  });
}

test('the coordinator of a municipality sees the own one, a school its own page', async () => {
  await house.with('municipal', { path: '/analysis' }, async (page) => {
    await page.waitForURL(/\/analysis\/municipalities\/\d+/);
    await settled(page);
    const own = Number(new URL(page.url()).pathname.split('/').pop());
    const said = await house.get('municipal', `/units/${own}/overview`);
    assert.equal(await page.locator('h1').textContent(), said.unit.name);
    const rows = await cells(page, 'Школы');
    assert.equal(rows.length, Math.min(50, said.all.schools));
    await axe(page);
    await shot(page, 'municipality', { full: true });
  });
  const other = towns.find((town) => town.code !== 'МО 01');
  const refused = await house.call('municipal', 'GET', `/units/${other.id}/overview`);
  assert.equal(refused.status, 404);
  await house.with('school', { path: '/analysis' }, async (page) => {
    await page.waitForURL(/\/analysis\/schools\/\d+/);
  });
});

test('the table twin holds the numbers of the chart, and what is downloaded opens', async () => {
  const said = await house.get('operator', '/units/1/overview');
  await house.with('operator', { path: '/analysis' }, async (page) => {
    const chart = page.getByRole('region', { name: 'Школы по годам' });
    await chart.locator('.oko-picture svg').waitFor();
    const svg = await download(page, 'Школы по годам', 'Рисунок SVG');
    assert.equal(svg.name, 'Школы по годам.svg');
    assert.match(svg.bytes.toString(), /^<svg[^>]*>[\s\S]*2022[\s\S]*<\/svg>$/);
    const png = await download(page, 'Школы по годам', 'Рисунок PNG');
    assert.deepEqual([...png.bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    assert.ok(png.bytes.readUInt32BE(16) > 600, 'twice as wide as on the screen');
    await chart.getByText('Таблица', { exact: true }).click();
    const rows = await cells(page, 'Школы по годам');
    assert.deepEqual(rows.map((row) => row.slice(0, 6)), said.dynamics.map(({ year, sums }) => [String(year), ...['strong', 'signs', 'attention', 'none', 'no_data'].map((level) => String(sums.levels[level]))]));
    const xlsx = await download(page, 'Школы по годам', 'Таблица Excel');
    assert.equal(xlsx.name, 'Школы по годам.xlsx');
    assert.equal(xlsx.bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
    assert.ok(xlsx.bytes.includes('xl/worksheets/sheet1.xml'));
    // Works at the cut-offs: the table says what the server said.
    const cut = page.getByRole('region', { name: 'Баллы и границы отметок' });
    await cut.getByText('Таблица', { exact: true }).click();
    const scores = await cells(page, 'Баллы и границы отметок');
    const total = scores.reduce((sum, row) => sum + number(row[1]), 0);
    const summary = await cut.locator('.oko-chart-summary').textContent();
    assert.equal(total, number(summary.match(/работ: ([\d\s\u00a0\u202f]+)\./)[1]));
  });
});

test('a number tells how it was made, with the run it comes from', async () => {
  await house.with('head', { path: '/analysis' }, async (page) => {
    await page.getByRole('region', { name: 'В чём видны признаки' }).getByRole('button', { name: 'Как получено' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(/хотя бы в одной процедуре/).waitFor();
    await settled(page);
    const run = (await house.get('head', '/units/1/overview')).evidence_run;
    assert.match(await drawer.textContent(), new RegExp(`${run}`));
  });
});

/** Squares in a row, one for each municipality but the last. */
const shapes = () => ({
  type: 'FeatureCollection',
  features: [...towns.slice(0, -1).map((town) => town.name), 'Неизвестный округ'].map((name, i) => ({
    type: 'Feature', properties: { NAME: name.toUpperCase() },
    geometry: { type: 'Polygon', coordinates: [[[40 + i, 50], [41 + i, 50], [41 + i, 51], [40 + i, 51], [40 + i, 50]]] },
  })),
});

test('tiles first; a map is uploaded, told what it fits, drawn, and taken back', async () => {
  await house.with('operator', { path: '/analysis' }, async (page) => {
    const picture = page.getByRole('region', { name: 'Муниципалитеты', exact: true }).locator('.oko-picture svg');
    await picture.waitFor();
    assert.ok((await picture.textContent()).includes(towns[0].name), 'tiles have names');
    await page.getByRole('link', { name: 'Загрузить карту' }).click();
    await page.waitForURL(/\/analysis\/map$/);
    await settled(page);
    await axe(page);
    const file = (name, content) => ({ name, mimeType: 'application/geo+json', buffer: Buffer.from(content) });
    await page.locator('input[type=file]').setInputFiles(file('broken.geojson', '{'));
    await page.getByText('broken.geojson: это не файл JSON.').waitFor();
    page.expectFailures(422);
    const metres = JSON.stringify(shapes()).replaceAll('40,', '4000000,');
    await page.locator('input[type=file]').setInputFiles(file('metres.geojson', metres));
    await page.getByText(/Координаты должны быть в градусах/).waitFor();
    await page.locator('input[type=file]').setInputFiles(file('region.geojson', JSON.stringify(shapes())));
    await page.getByText(`Контуры есть у ${towns.length - 1} муниципалитетов из ${towns.length}.`).waitFor();
    await page.getByText(`${towns.at(-1).name} (${towns.at(-1).code})`).waitFor();
    await page.getByText('НЕИЗВЕСТНЫЙ ОКРУГ').waitFor();
    await go(page, '/analysis');
    await picture.waitFor();
    assert.ok(await picture.locator('path').count() >= towns.length, 'shapes are drawn');
    await shot(page, 'region-map', { full: false });
    await go(page, '/analysis/map');
    await page.getByRole('button', { name: 'Убрать карту' }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: /OK|ОК|Да/ }).click();
    await page.getByText('Карты нет: муниципалитеты показаны плитками.').waitFor();
  });
});

test('tiles are moved with numbers, and stay', async () => {
  await house.with('operator', { path: '/analysis/map' }, async (page) => {
    const column = page.getByRole('spinbutton', { name: `${towns[0].name}: Столбец` });
    await column.fill('9');
    await column.press('Tab');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Места сохранены').waitFor();
    const kept = (await house.get('operator', '/map')).tiles.find((tile) => tile.unit === towns[0].id);
    assert.equal(kept.column, 8);
    await page.getByRole('button', { name: 'По порядку кодов' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.oko-tile')[0]?.style.gridColumn.startsWith('1'));
  });
});

test('a threshold is changed and shows a difference; nothing is saved', async () => {
  const procedure = '2022-05-MA';
  const before = await house.get('head', '/rule-packs/region');
  const runs = await house.get('head', '/runs');
  await house.with('head', { path: `/analysis/what-if?procedure=${procedure}` }, async (page) => {
    await page.getByRole('button', { name: 'Попробовать' }).click();
    await page.getByText('Различий нет: оба решения отмечают одни и те же школы.').waitFor();
    const high = page.getByRole('group', { name: 'Многие отметки ниже отметок по журналу' }).getByLabel('Высокая доля, %');
    await high.fill('25');
    await page.getByRole('button', { name: 'Попробовать' }).click();
    await page.getByText(/отмечен[аы]? только одним из двух/).waitFor();
    const differing = await cells(page, 'Школы, по которым решения различаются');
    assert.ok(differing.length > 0, 'a lower threshold marks more schools');
    const said = (await house.call('head', 'POST', '/rule-packs/region/try', { body: { params: { lowered: { high: 25 } }, procedure } })).body;
    assert.equal(said.agreement.only_tried, said.total);
    assert.equal(differing.length, Math.min(50, said.total));
    const packs = await cells(page, 'Наборы правил рядом');
    assert.deepEqual(packs.map((row) => row[0]), ['Региональные пороги', 'Правила ФИОКО 2019', 'Границы отметок', 'Другие данные', 'Внешние списки', 'Признаки по семействам']);
    await page.mouse.move(700, 5);
    await axe(page);
    await shot(page, 'what-if', { full: true });
    page.expectFailures(422);
    await high.fill('400');
    await page.getByRole('button', { name: 'Попробовать' }).click();
    await page.getByRole('alert').getByText(/должно быть числом/).waitFor();
  });
  assert.deepEqual(await house.get('head', '/rule-packs/region'), before);
  assert.deepEqual(await house.get('head', '/runs'), runs);
});

test('the list of signs is filtered, sorted and paged by the server, kept in the address, and downloaded', async () => {
  await house.with('auditor', { path: '/analysis/signs' }, async (page) => {
    const rows = () => cells(page, 'Школы');
    assert.equal((await rows()).length, 50);
    const codes = (await rows()).map((row) => row[0]);
    assert.deepEqual(codes, [...codes].sort(), 'by code at first');
    await page.getByRole('searchbox', { name: 'Название или код' }).fill('школа № 3 ');
    await page.waitForURL(/search=/);
    await settled(page);
    assert.ok((await rows()).every((row) => /Школа № 3/.test(row[1])));
    await go(page, '/analysis/signs?view=rows&evidence=strong');
    const strong = await house.get('auditor', '/signs?level=school&evidence=strong');
    assert.equal((await cells(page, 'Список признаков')).length, Math.min(50, strong.total));
    await page.getByRole('columnheader', { name: 'Работ' }).click();
    await page.waitForURL(/sort=n/);
    await settled(page);
    const works = (await cells(page, 'Список признаков')).map((row) => number(row[4]));
    assert.deepEqual(works, [...works].sort((a, b) => a - b));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать Excel' }).click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
    await page.getByRole('table', { name: 'Список признаков' }).getByRole('link').first().click();
    await page.waitForURL(/\/analysis\/schools\/\d+/);
  });
});

test('two runs are compared; one is computed again and checked', async () => {
  await house.with('operator', { path: '/analysis/runs' }, async (page) => {
    const [newest, older] = (await house.get('operator', '/runs?kind=analyze')).items;
    await page.getByRole('checkbox', { name: `Расчёт № ${newest.id}`, exact: true }).check();
    await page.getByRole('checkbox', { name: `Расчёт № ${older.id}`, exact: true }).check();
    await page.getByText('методы одинаковы').waitFor();
    await page.getByText('данные различаются').waitFor();
    await page.getByRole('button', { name: String(newest.id), exact: true }).click();
    await page.getByRole('dialog').getByText(newest.result_hash).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Пересчитать и сверить правила' }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: /OK|ОК|Да/ }).click();
    await page.getByText(`Сверено: расчёт № ${newest.id} повторён, все цифры совпали.`).waitFor({ timeout: 60000 });
    await axe(page);
  });
});

test('with the keyboard alone: from the region to a municipality and to a table twin', async () => {
  await house.with('head', { path: '/analysis' }, async (page) => {
    const chart = page.getByRole('region', { name: 'Школы по годам' });
    await keys.press(page, chart.locator('.ant-segmented-item', { hasText: 'Рисунок' }), 'ArrowRight');
    assert.ok(await chart.getByRole('radio', { name: 'Таблица' }).isChecked());
    await page.getByRole('table', { name: 'Школы по годам' }).waitFor();
    await keys.press(page, page.getByRole('table', { name: 'Муниципалитеты в таблице' }).getByRole('link', { name: towns[1].name }));
    await page.waitForURL(new RegExp(`/analysis/municipalities/${towns[1].id}`));
  });
});

for (const [path, name] of [['/analysis', 'region'], [`/analysis/municipalities/${towns[0].id}`, 'municipality'], ['/analysis/signs', 'signs'], ['/analysis/signs?view=rows', 'rows'], ['/analysis/what-if', 'what-if'], ['/analysis/runs', 'runs'], ['/analysis/map', 'map']]) {
  test(`${name}: at 390 px the page itself does not scroll to the side; English and dark are clean`, async () => {
    await house.with('operator', { path, size: NARROW }, async (page) => {
      assert.equal(await overflow(page), 0, (await sticksOut(page)).join('; '));
      await axe(page);
      await shot(page, `${name}-390`, { full: true });
    });
    await house.with('operator', { path, lang: 'en', scheme: 'dark' }, async (page) => {
      assert.doesNotMatch(await page.locator('main').evaluate((main) => [...main.querySelectorAll('h1, h2, h3, p, button, th, label, .ant-segmented-item, .ant-alert')].map((e) => e.textContent).filter((text) => !/№|МО|ВПР|Демо/.test(text)).join(' ')), /[а-яё]{4}/i);
      await shot(page, `${name}-en-dark`, { full: true });
    });
  });
}
