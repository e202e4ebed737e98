// As a new region would: an empty database, set up in the browser by the printed link; people invited, the register and files
// loaded, analysed, a case made of a signal, explained, and a letter sent. Nothing but the product is open.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { DEMO, openHouse, settled, shot } from './harness.mjs';

const SECRET = 'четыре мокрых зонта';
const demo = (name) => join(DEMO, 'files', name);
const press = async (page, name, where = page) => { await where.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) }).last().click(); await settled(page); };
const dialog = (page) => page.getByRole('dialog').last();

async function pick(page, label, what, where = page) {
  await where.getByLabel(label, { exact: true }).click();
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option');
  await (what ? options.filter({ hasText: what }).first() : options.first()).click();
}

/** Signs in by the form, as people do; the session serves later pages. */
async function signIn(house, login) {
  const page = await house.open('', { path: '/' });
  await page.getByLabel('Логин').fill(login);
  await page.getByLabel('Пароль', { exact: true }).fill(SECRET);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('navigation', { name: 'Меню' }).waitFor();
  await settled(page);
  return page;
}

/** The operator invites somebody; they come by the link and choose a password. */
async function invite(house, page, { name, login, role, unit }) {
  await page.goto('/admin/users');
  await settled(page);
  await press(page, 'Пригласить');
  await dialog(page).getByLabel('Имя', { exact: true }).fill(name);
  await dialog(page).getByLabel('Логин').fill(login);
  await pick(page, 'Роль', role, dialog(page));
  if (unit) {
    await dialog(page).getByRole('button', { name: /^Организация/ }).click();
    await settled(page);
    await page.getByRole('searchbox', { name: 'Название или код' }).last().fill(unit);
    await page.getByRole('treeitem').filter({ hasText: unit }).last().click();
    await settled(page);
  }
  await press(page, 'Пригласить', dialog(page));
  const link = new URL(await page.getByLabel('Ссылка приглашения').innerText());
  const guest = await house.open('', { path: link.pathname + link.hash });
  await guest.getByLabel('Пароль', { exact: true }).fill(SECRET);
  await guest.getByLabel('Пароль ещё раз').fill(SECRET);
  await guest.getByRole('button', { name: 'Сохранить и войти' }).click();
  await guest.getByRole('navigation', { name: 'Меню' }).waitFor();
  await guest.done();
}

test('a new region comes from an empty database to a letter', async (t) => {
  const house = await openHouse({ empty: true });
  let link;
  let page;
  let one;

  await t.test('the printed link sets the region up', async () => {
    for (let i = 0; i < 1200 && !link; i++) {
      link = /\/setup#\S+/.exec(house.said())?.[0];
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.ok(link, 'the server prints a link');
    const first = await house.open('', { path: '/' });
    await first.getByText('Система ещё не настроена').waitFor();
    await first.goto(link);
    await settled(first);
    await first.getByLabel('Название региона').fill('Новый край');
    await first.getByLabel('Код региона').fill('99');
    for (const [i, [name, login]] of [['Анна Админ', 'chief'], ['Олег Специалист', 'oleg']].entries()) {
      await first.getByLabel('Имя', { exact: true }).nth(i).fill(name);
      await first.getByLabel('Логин').nth(i).fill(login);
      await first.getByLabel('Пароль', { exact: true }).nth(i).fill(SECRET);
      await first.getByLabel('Пароль ещё раз').nth(i).fill(SECRET);
    }
    await shot(first, 'newregion-setup', { full: true });
    await first.getByRole('button', { name: 'Настроить и войти' }).click();
    await first.getByRole('navigation', { name: 'Меню' }).waitFor();
    await settled(first);
    await shot(first, 'newregion-home');
    await first.done();
  });

  await t.test('units and files are loaded and analysed', async () => {
    page = await signIn(house, 'oleg');
    await page.goto('/data');
    await settled(page);
    await page.locator('input[type=file]').first().setInputFiles(['units.csv', '2021-05-MA.xlsx', '2021-05-RU.xlsx'].map(demo));
    for (const name of ['2021-05-MA.xlsx', '2021-05-RU.xlsx']) {
      await page.locator('.ant-card', { hasText: name }).getByText(/Прочитано .* работ/).waitFor({ timeout: 90000 });
    }
    await page.getByRole('button', { name: 'Рассчитать признаки' }).click();
    await page.getByText('Расчёт готов.').waitFor({ timeout: 400000 });
    await shot(page, 'newregion-analysed');
  });

  await t.test('a case is made of a signal and the school is asked', async () => {
    await page.goto('/cases/signals?year=2021');
    await settled(page);
    await page.getByRole('radio', { name: 'требует внимания' }).check();
    await press(page, 'Найти сигналы');
    const all = page.locator('.ant-table-thead').getByRole('checkbox');
    if (await all.isChecked()) await all.uncheck(); else { await all.check(); await all.uncheck(); }
    await page.locator('.ant-table-tbody').getByRole('checkbox').and(page.locator(':not([disabled])')).first().check();
    await press(page, 'Создать 1 случай');
    await page.goto('/cases');
    await settled(page);
    await page.locator('a.oko-case').first().click();
    await page.waitForURL(/\/cases\/\d+/);
    await settled(page);
    await press(page, 'Взять на рассмотрение');
    await page.getByLabel('Причина', { exact: true }).fill('Отличие заметно в двух работах.');
    await press(page, 'Запросить пояснение');
    await page.getByText('Сейчас ждём: школу').waitFor();
    one = new URL(page.url()).pathname;
  });

  await t.test('school, municipality and head are invited and do their part', async () => {
    const heading = await page.evaluate(async (path) => (await (await fetch(`/api/v1${path}`)).json()), one);
    const unit = await page.evaluate(async (id) => (await (await fetch(`/api/v1/units/${id}`)).json()), heading.unit);
    const above = await page.evaluate(async (id) => (await (await fetch(`/api/v1/units/${id}`)).json()), unit.parent);
    await invite(house, page, { name: 'Школа', login: 'school', role: 'школа', unit: unit.code });
    await invite(house, page, { name: 'Муниципалитет', login: 'mun', role: 'муниципальный координатор', unit: above.name });
    await invite(house, page, { name: 'Руководитель', login: 'head', role: 'руководитель' });
    const school = await signIn(house, 'school');
    await school.goto(one);
    await settled(school);
    await school.getByLabel('Пояснение', { exact: true }).fill('Тему повторяли перед работой.');
    await press(school, 'Дать пояснение');
    await pick(school, 'Причина по классификатору');
    await school.getByLabel('Комментарий', { exact: true }).fill('Согласны.');
    await press(school, 'Предложить причину');
    await school.done();
    const mun = await signIn(house, 'mun');
    await mun.goto(one);
    await settled(mun);
    await mun.getByLabel('Комментарий', { exact: true }).fill('Подтверждается.');
    await press(mun, 'Согласовать причину');
    await mun.done();
  });

  await t.test('a letter is written, approved, sent and fetched as DOCX', async () => {
    await page.goto(one);
    await settled(page);
    await page.getByRole('link', { name: 'Написать письмо с рекомендацией' }).click();
    await settled(page);
    await press(page, 'Создать черновик');
    await page.waitForURL(/\/recommendations\/\d+/);
    await settled(page);
    const letter = new URL(page.url()).pathname;
    await press(page, 'На согласование');
    const head = await signIn(house, 'head');
    await head.goto(letter);
    await settled(head);
    await press(head, 'Согласовать');
    await head.done();
    await page.goto(letter);
    await settled(page);
    await page.getByLabel('Дата письма', { exact: true }).fill('11.05.2022');
    await page.keyboard.press('Enter');
    await press(page, 'Отправить');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать DOCX' }).click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
    await shot(page, 'newregion-letter', { full: true });
    await page.done();
  });
});
