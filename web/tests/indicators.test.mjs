// Indicators: written with a mistake and mended by the hints, tried, returned and approved; values and where they come from.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NARROW, axe, keys, openHouse, overflow, settled } from './harness.mjs';

const YEAR = 2022;

/** The formula's word on the last thing typed. */
const said = (page) => page.locator('.oko-formula-said');

test('a formula with a mistake is mended by the hints, tried, returned and approved', async () => {
  const house = await openHouse();
  let address;
  await house.with('operator', { path: `/indicators/new?year=${YEAR}` }, async (page) => {
    await page.getByLabel('Название', { exact: true }).fill('Доля учащихся с отметкой ниже журнальной');
    await page.getByLabel('Код', { exact: true }).fill('lowered_again');
    const formula = page.getByRole('combobox', { name: 'Формула' });
    await formula.fill('share(lowred, journal_pairs)');
    await said(page).getByText('Имя «lowred» неизвестно').waitFor();
    assert.equal(await page.locator('.oko-formula-marks mark').textContent(), 'lowred', 'the faulty piece is marked');
    assert.equal(await formula.getAttribute('aria-invalid'), 'true');
    await said(page).getByRole('button', { name: 'lowered', exact: true }).click();
    await said(page).getByText('записана верно').waitFor();
    assert.equal(await formula.inputValue(), 'share(lowered, journal_pairs)');

    await formula.fill('доля');
    await said(page).getByText('Имена пишутся латинскими буквами').waitFor();
    assert.equal(await page.locator('.oko-formula-marks mark').textContent(), 'доля', 'a word in other letters as a whole');

    // By the keyboard: a Russian word finds the variable, Enter puts it in.
    await formula.fill('');
    await formula.focus();
    await page.keyboard.type('share(понизив');
    await page.getByRole('option', { name: /^lowered/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(', journal');
    await page.getByRole('option', { name: /^journal_pairs/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(')');
    await said(page).getByText('записана верно').waitFor();
    assert.equal(await formula.inputValue(), 'share(lowered, journal_pairs)');

    await page.getByLabel('Чем меньше, тем лучше').check();
    await page.getByLabel('Цель', { exact: true }).fill('20');
    await page.getByRole('region', { name: 'Как это прочтут' }).getByText('не больше 20').waitFor();
    const tried = page.getByRole('region', { name: 'Проверка на данных' });
    await tried.getByRole('button', { name: 'Посчитать' }).click();
    await tried.getByText(/^Доля: 100/).waitFor();
    assert.match(await tried.locator('.oko-big').textContent(), /^\d+(,\d+)?\s%$/);
    await axe(page, 'editor');

    // Nothing typed is lost when the page is loaded anew.
    await page.reload();
    await settled(page);
    assert.equal(await page.getByRole('combobox', { name: 'Формула' }).inputValue(), 'share(lowered, journal_pairs)');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByRole('button', { name: 'На утверждение' }).click();
    await page.getByText('на утверждении').first().waitFor();
    address = new URL(page.url()).pathname;
  });

  await house.with('head', { path: '/indicators/approval' }, async (page) => {
    const row = page.getByRole('row', { name: /отметкой ниже журнальной/ });
    await row.getByRole('button', { name: 'Вернуть на доработку' }).click();
    await page.getByLabel('Комментарий').fill('Назовите короче.');
    await page.getByRole('dialog').getByRole('button', { name: 'Вернуть на доработку' }).click();
    await row.waitFor({ state: 'detached' });
  });
  await house.with('operator', { path: address }, async (page) => {
    await page.getByText('Назовите короче.').first().waitFor();
    await page.getByRole('button', { name: 'Изменить' }).click();
    await page.getByLabel('Название', { exact: true }).fill('Понизившие отметку');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByRole('heading', { name: 'Понизившие отметку', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'На утверждение' }).click();
    await page.getByText('на утверждении').first().waitFor();
  });
  await house.with('head', { path: '/indicators/approval' }, async (page) => {
    await page.getByRole('row', { name: /Понизившие отметку/ }).getByRole('button', { name: 'Утвердить' }).click();
    await page.getByText('Показателей на утверждении нет.').waitFor();
    await axe(page, 'approval');
  });
  const { items } = await house.get('operator', `/indicators?year=${YEAR}&member=code&value=lowered_again`);
  assert.equal(items.length, 1);
  assert.equal(items[0].state, 'active');
  await house.close();
});

test('two people at one draft: the second is told, and what was typed stays', async () => {
  const house = await openHouse();
  await house.get('operator', '/indicators?limit=1');
  const made = await house.call('operator', 'POST', '/indicators/seed', { body: { year: 2030 } });
  assert.equal(made.status, 200);
  const { items: [draft] } = await house.get('operator', '/indicators?year=2030&limit=1');
  await house.with('operator', { path: `/indicators/${draft.id}` }, async (page) => {
    page.expectFailures(412);
    await page.getByRole('button', { name: 'Изменить' }).click();
    await page.getByLabel('Название', { exact: true }).fill('Первое название');
    const other = await house.call('operator', 'PATCH', `/indicators/${draft.id}`, { body: { title: 'Второе название' }, headers: { 'If-Match': `"${draft.version}"` } });
    assert.equal(other.status, 200);
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText(/Обновите страницу/).waitFor();
    assert.equal(await page.getByLabel('Название', { exact: true }).inputValue(), 'Первое название');
  });
  await house.close();
});

test('values by level, how one was made, its years; what is published hides small groups', async () => {
  const house = await openHouse();
  await house.with('operator', { path: `/indicators/values?year=${YEAR}&level=school` }, async (page) => {
    await page.getByRole('button', { name: /Школа № 1 .*журнал/ }).first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(/^Доля: 100/).waitFor();
    await drawer.getByRole('img', { name: /^По годам/ }).waitFor();
    await settled(page);
    await axe(page, 'value');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByPlaceholder('Название или код организации').fill('sch990002');
    await page.getByRole('heading', { name: /Школа № 2/ }).waitFor();
    await page.getByText('Муниципалитеты', { exact: true }).click();
    await page.getByPlaceholder('Название или код организации').fill('');
    await page.getByText('МО 03').first().waitFor();
  });
  await house.with('school', { path: `/indicators/values?year=${YEAR}`, size: NARROW }, async (page) => {
    await page.getByRole('heading', { name: /Школа № 1/ }).waitFor();
    assert.equal(await overflow(page), 0);
    assert.equal(await page.getByText('Школа № 2').count(), 0, 'no neighbours');
    await axe(page, 'values of a school');
  });
  await house.with('auditor', { path: `/indicators/published?year=${YEAR}` }, async (page) => {
    await page.getByText('меньше 10 учеников скрыты').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    await axe(page, 'published');
  });
  const { items } = await house.get('auditor', `/published-values?year=${YEAR}&level=school&limit=1000`);
  assert.ok(items.every((row) => row.n === null || row.n >= 10), 'nothing about fewer than ten');
  assert.ok(items.some((row) => row.suppressed && row.value === null), 'something is hidden in the demonstration');
  await house.close();
});

test('the register: groups, starter set for an empty year, in English, by the keyboard', async () => {
  const house = await openHouse();
  await house.with('operator', { path: '/indicators?year=2031' }, async (page) => {
    await page.getByText('показателей ещё нет').waitFor();
    await keys.press(page, page.getByRole('button', { name: 'Готовый набор' }));
    await page.getByRole('heading', { name: 'Контроль объективности в конкретных образовательных организациях' }).waitFor();
    await keys.press(page, page.getByRole('button', { name: /^Отправить на утверждение/ }));
    await page.keyboard.press('Tab');
    await keys.press(page, page.getByRole('tooltip').getByRole('button', { name: 'Да' }));
    await page.getByText('на утверждении').first().waitFor();
    await axe(page, 'register');
  });
  await house.with('operator', { path: `/indicators?year=${YEAR}`, lang: 'en', size: NARROW }, async (page) => {
    await page.getByRole('heading', { name: 'Control of objectivity in schools' }).waitFor();
    assert.equal(await overflow(page), 0);
  });
  await house.close();
});
