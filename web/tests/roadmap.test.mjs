// The roadmap through its year: copied to new years, done row by row at three levels with evidence, seen from above, taken away on paper.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { NARROW, axe, draftKept, go, keys, openHouse, overflow, settled, sticksOut } from './harness.mjs';

const YEAR = new Date().getFullYear();
const CODE = `${YEAR}-${YEAR + 2}`;
let house;
before(async () => { house = await openHouse(); });

// The picture of a button stands in its name, before the words.
const button = (page, name) => page.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) });
const done = (page) => page.locator('.oko-main').getByText('выполнено', { exact: true }).first();

/** From «Мои задачи» to the row whose text begins like this, and begins it. */
async function begin(page, words) {
  await page.getByRole('region', { name: 'Начать строку дорожной карты' }).getByRole('link', { name: words }).first().click();
  await settled(page);
  await button(page, 'Начать работу').click();
  await settled(page);
}

async function complete(page, summary) {
  await button(page, 'Отметить выполненным').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Что сделано').fill(summary);
  await dialog.getByRole('button', { name: 'Отметить выполненным' }).click();
  await done(page).waitFor();
  await settled(page);
}

test('the operator copies the roadmap to new years, changes a row and puts it into force', async () => {
  await house.with('operator', { path: '/roadmap' }, async (page) => {
    const table = page.getByRole('table');
    assert.equal(await table.locator('tbody').count(), 3, 'three years');
    assert.equal(await table.locator('tbody tr').count(), 14 + 3, 'fourteen rows and three heads');
    assert.equal((await table.getByRole('row', { name: /^3 / }).getByRole('cell').last().innerText()).trim(), 'не предусмотрено', 'a dash in the order');
    assert.equal((await table.getByRole('row', { name: /^7 / }).getByRole('cell').last().innerText()).trim(), 'не предусмотрено', 'blank in the order');
    await button(page, 'На другие годы').click();
    await page.getByRole('dialog').getByLabel('Первый год').fill(String(YEAR));
    await page.getByRole('dialog').getByRole('button', { name: 'Создать черновик' }).click();
    await page.waitForURL(/\/roadmap\/\d+/);
    await settled(page);
    await button(page, 'Строка 1').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Региональный уровень').fill('Система региональных мероприятий определена приказом.');
    await form.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Система региональных мероприятий определена приказом.').first().waitFor();
    await settled(page);
    await button(page, 'Ввести в действие').click();
    await page.locator('.oko-main').getByText('действует', { exact: true }).first().waitFor();
  });
  const { body } = await house.get('operator', '/roadmaps?limit=10').then((all) => all.items.find((one) => one.key === CODE));
  assert.equal(body.rows.length, 14);
  assert.equal(body.rows[0].region, 'Система региональных мероприятий определена приказом.');
  assert.equal(body.rows[13].year, YEAR + 2);
});

test('the operator does a row: evidence is a record found by words', async () => {
  await house.with('operator', { path: '/' }, async (page) => {
    await begin(page, 'Система региональных мероприятий');
    await button(page, 'Приложить запись').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('критерии оценивания');
    await dialog.getByRole('button', { name: /^Приложить: Семинар «Критерии оценивания/ }).first().click();
    await dialog.getByRole('button', { name: 'Приложено' }).or(dialog.getByText('Приложено')).first().waitFor();
    await dialog.getByRole('button', { name: 'Закрыть' }).last().click();
    await page.getByRole('region', { name: 'Подтверждения' }).getByRole('link', { name: /Критерии оценивания/ }).waitFor();
    await complete(page, 'Семинары проведены во всех муниципалитетах.');
  });
});

test('a municipality does a row: evidence is a file', async () => {
  await house.with('municipal', { path: '/' }, async (page) => {
    await begin(page, 'Определение системы муниципальных');
    page.expectFailures(400);
    await button(page, 'Отметить выполненным').click();
    await page.getByRole('dialog').getByLabel('Что сделано').fill('Ещё без подтверждения');
    await page.getByRole('dialog').getByRole('button', { name: 'Отметить выполненным' }).click();
    await page.getByText('Нужна хотя бы одна ссылка на подтверждение').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Отмена' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: 'приказ.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 приказ') });
    await page.getByRole('region', { name: 'Подтверждения' }).getByRole('link', { name: 'приказ.pdf' }).waitFor();
    await complete(page, 'План мероприятий муниципалитета утверждён приказом.');
  });
});

test('a school does a row by the keyboard alone: evidence is an address', async () => {
  await house.with('school', { path: '/' }, async (page) => {
    await keys.press(page, page.getByRole('link', { name: /Определение системы школьных/ }));
    await settled(page);
    await keys.press(page, button(page, 'Начать работу'));
    await button(page, 'Отметить выполненным').waitFor();
    await settled(page);
    await keys.type(page, page.getByLabel('Адрес в интернете'), 'https://example.org/plan');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'https://example.org/plan' }).waitFor();
    await settled(page);
    await keys.press(page, button(page, 'Отметить выполненным'), 'Enter', { back: true });
    const dialog = page.getByRole('dialog');
    await keys.type(page, dialog.getByLabel('Что сделано'), 'План школы размещён на сайте.');
    await keys.press(page, dialog.getByRole('button', { name: 'Отметить выполненным' }));
    await done(page).waitFor();
  });
});

test('what was typed into the plan of a row stays until it is saved', async () => {
  const row = (await house.get('school', `/roadmap-tables/${CODE}`)).rows[0];
  await house.with('school', { path: `/roadmap/rows/${row.id}` }, async (page) => {
    await page.waitForURL(/no=1/);
    await page.getByLabel('Ответственный').fill('заместитель директора');
    await draftKept(page, 'заместитель директора');
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel('Ответственный').inputValue(), 'заместитель директора');
    await button(page, 'Сохранить').click();
    await page.getByText('Сохранено').first().waitFor();
    await button(page, 'История').click();
    await page.getByRole('dialog').getByText('версия 4').first().waitFor();
  });
});

test('the head sees how far everybody is, and changes nothing', async () => {
  await house.with('head', { path: `/roadmap?code=${CODE}` }, async (page) => {
    const first = page.getByRole('row', { name: /^1 / });
    await first.getByText('выполнено', { exact: true }).waitFor();
    await first.getByText('выполнили 1 из 6 муниципалитетов').waitFor();
    await first.getByText('выполнили 1 из 60 школ').waitFor();
    await first.getByRole('link').first().click();
    await settled(page);
    assert.equal(await button(page, 'Вернуть в работу').count(), 0);
    assert.equal(await page.locator('input[type=file]').count(), 0);
    await page.getByLabel('Чьи строки').getByText('Школы').click();
    await page.getByRole('combobox', { name: 'Состояние' }).click();
    await page.getByTitle(/^выполнено/).click();
    await page.getByRole('cell', { name: 'План школы размещён на сайте.' }).waitFor();
    const lines = page.getByRole('table', { name: 'Нижестоящие организации' }).getByRole('row');
    await lines.nth(2).waitFor({ state: 'detached' }); // all schools, until the filtered ones have come
    assert.equal(await lines.count(), 2, 'one school, and the head');
    await page.getByRole('link', { name: /Школа № 1/ }).click();
    await page.getByRole('link', { name: 'https://example.org/plan' }).waitFor();
    assert.ok(new URL(page.url()).searchParams.get('unit'), 'the unit stands in the address');
  });
});

test('tables and the archive of evidence are taken away', async () => {
  await house.with('operator', { path: `/roadmap?code=${CODE}` }, async (page) => {
    for (const [format, begins] of [['Word (DOCX), с состоянием', 'PK'], ['Excel (XLSX), как в приказе', 'PK'], ['Для печати (HTML), как в приказе', '<!']]) {
      await button(page, 'Скачать таблицу').click();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: format }).getByRole('link').click()]);
      assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), begins, format);
      await page.keyboard.press('Escape');
    }
    await button(page, 'Подтверждения').click();
    await button(page, 'Собрать архив').click();
    const link = page.getByRole('dialog').getByRole('link', { name: /^evidence-.*\.zip$/ });
    await link.waitFor({ timeout: 60000 });
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.ok(bytes.includes(Buffer.from('01/sch990001/')) || bytes.includes(Buffer.from('приказ.pdf')), 'the file of the municipality is in it');
    await page.getByRole('dialog').getByRole('button', { name: 'Закрыть' }).last().click();
    await go(page, '/reports');
    const rows = page.getByRole('table', { name: 'Сделанные отчёты' });
    await rows.getByRole('link', { name: /^evidence-/ }).waitFor();
    await button(page, 'Сделать: Дорожная карта с состоянием').click();
    await rows.getByRole('link', { name: /^roadmap-.*docx/ }).waitFor({ timeout: 30000 });
  });
});

test('a note: self-analysis with answers, conclusions, and on paper', async () => {
  await house.with('school', { path: '/notes' }, async (page) => {
    await button(page, 'Новая справка').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Создать' }).click();
    await page.waitForURL(/\/notes\/\d+/);
    await settled(page);
    await page.getByLabel('Анализ', { exact: true }).fill('Результаты сопоставили с отметками в журнале.');
    await page.getByLabel(/Кто проверял работы/).fill('Учителя параллели по единым критериям.');
    await button(page, 'Добавить вывод').click();
    await page.getByLabel('Вывод 1', { exact: true }).fill('Критерии обсуждаем до проверки.');
    await button(page, 'Сохранить').click();
    await page.getByText('Сохранено').first().waitFor();
    await settled(page);
    await button(page, 'Завершить').click();
    await page.getByText('готова', { exact: true }).first().waitFor();
    await page.getByText('Критерии обсуждаем до проверки.').waitFor();
    await button(page, 'Скачать').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Word' }).getByRole('link').click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
  });
});

test('pages have no serious finding of axe and do not scroll to the side', async () => {
  const note = (await house.get('school', '/notes?limit=1')).items[0];
  const roadmap = (await house.get('operator', '/roadmaps?limit=10')).items[0];
  const paths = ['/', '/roadmap', `/roadmap/table/${CODE}?no=1`, `/roadmap/${roadmap.id}`, '/reports', '/notes', `/notes/${note.id}`];
  for (const [size, scheme, lang] of [[undefined, 'light', 'ru'], [NARROW, 'dark', 'en']]) {
    await house.with('operator', { path: '/', scheme, lang, ...(size ? { size } : {}) }, async (page) => {
      for (const path of paths) {
        await go(page, path);
        await axe(page, `${path} ${scheme} ${lang}`);
        assert.equal(await overflow(page), 0, `${path}: ${await sticksOut(page)}`);
        assert.equal(await page.locator('h1').count(), 1, `${path}: one h1`);
      }
    });
  }
});
