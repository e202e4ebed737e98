// Nothing typed is lost: dialogs and forms of every area keep it through a reload, an ended session and a lost connection,
// drop it when it was saved or cancelled, and never keep a password.
import assert from 'node:assert/strict';
import test, { before } from 'node:test';

import { axe, openHouse, PASSWORD, settled } from './harness.mjs';

let house;
before(async () => { house = await openHouse(); });

// An icon before the words may have a name of its own.
const button = (page, name) => page.getByRole('button', { name: new RegExp(`(^| )${name}$`) });
const dialog = (page) => page.getByRole('dialog').last();
const NOTICE = 'Восстановлено то, что вы не сохранили.';
const press = async (page, name) => { await button(page, name).first().click(); await settled(page); };
const written = (page) => page.waitForTimeout(400); // a draft is written a moment after the last key
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('oko.draft.')));

/** Where each form is: page, the button that opens it (none: it stands on the page), a field of it, what is typed there. */
const FORMS = [
  { who: 'operator', path: '/admin/units', open: 'Добавить организацию', field: 'Название', text: 'Школа на бумаге' },
  { who: 'operator', path: '/admin/users', open: 'Пригласить', field: 'Логин', text: 'someone' },
  { who: 'operator', path: '/admin/procedures/2022-05-MA', field: 'Название', text: 'ВПР, математика, 5 класс, проба' },
  { who: 'operator', path: '/admin/settings', field: 'Название организации', text: 'Центр оценки' },
  { who: 'admin', path: '/account', open: 'Выдать ключ', field: 'Назначение', text: 'ключ для проверки' },
  { who: 'operator', path: '/admin/rules', field: 'Название версии', text: 'проба' },
  { who: 'operator', path: '/rechecks', open: 'Назначить перепроверку', field: 'Кто перепроверяет', text: 'Комиссия района' },
  { who: 'operator', path: '/measures/catalogue', open: 'Добавить меру', field: 'Название', text: 'Мера на пробу' },
  { who: 'operator', path: '/recommendations/base', open: 'Добавить в базу', field: 'Рекомендация', text: 'Провести разбор' },
  { who: 'operator', path: '/events/new', field: 'Название', text: 'Семинар на пробу' },
  { who: 'school', path: '/notes', open: 'Новая справка', field: 'Название', text: 'Самоанализ на пробу' },
];

async function reach(page, { path, open }) {
  await page.goto(path);
  await settled(page);
  if (open) await press(page, open);
}
const fieldOf = (page, { open, field }) => (open ? dialog(page) : page.locator('main')).getByLabel(field, { exact: true }).first();

for (const form of FORMS) {
  test(`${form.path}${form.open ? `, «${form.open}»` : ''}: kept through a reload, told, begun anew`, () => house.with(form.who, {}, async (page) => {
    await reach(page, form);
    const before = await fieldOf(page, form).inputValue();
    await fieldOf(page, form).fill(form.text);
    await written(page);
    await reach(page, form);
    assert.equal(await fieldOf(page, form).inputValue(), form.text);
    await page.getByText(NOTICE).waitFor();
    await axe(page, `${form.path} with a draft`);
    await press(page, 'Начать заново');
    assert.equal(await fieldOf(page, form).inputValue(), before);
    assert.deepEqual(await drafts(page), []);
    if (!form.open) return;
    // Cancelled: gone. Closed by Esc: kept.
    await fieldOf(page, form).fill(form.text);
    await dialog(page).getByRole('button', { name: 'Отмена', exact: true }).click();
    await settled(page);
    assert.deepEqual(await drafts(page), []);
    await press(page, form.open);
    assert.equal(await fieldOf(page, form).inputValue(), before);
    await fieldOf(page, form).fill(form.text);
    await page.keyboard.press('Escape');
    await settled(page);
    await press(page, form.open);
    assert.equal(await fieldOf(page, form).inputValue(), form.text);
  }));
}

test('a session that ends while a school is renamed: after the password the change is saved and no draft stays', () => house.with('operator', { path: '/admin/units' }, async (page) => {
  await page.getByRole('searchbox', { name: 'Название или код' }).fill('sch990009');
  await page.getByRole('link', { name: /Школа № 9 / }).click();
  await settled(page);
  await press(page, 'Изменить');
  await dialog(page).getByLabel('Название').fill('Школа № 9 имени Гаусса');
  page.expectFailures(401);
  await page.context().clearCookies();
  await dialog(page).getByRole('button', { name: 'Сохранить' }).click();
  await page.getByLabel('Пароль').fill(PASSWORD);
  await button(page, 'Продолжить').click();
  await page.getByRole('heading', { level: 1, name: 'Школа № 9 имени Гаусса' }).waitFor();
  await settled(page);
  assert.deepEqual(await drafts(page), []);
}));

test('a lost server: the refusal leaves the dialog as it is, a reload later brings it back, saving drops it', async () => {
  const own = await openHouse();
  await own.with('operator', { path: '/admin/users' }, async (page) => {
    await press(page, 'Пригласить');
    await dialog(page).getByLabel('Имя', { exact: true }).fill('Новый аудитор');
    await dialog(page).getByLabel('Логин').fill('auditor9');
    await dialog(page).getByLabel('Роль').click();
    await page.getByTitle('аудитор', { exact: true }).last().click();
    await own.stop();
    await dialog(page).getByRole('button', { name: 'Пригласить', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Нет связи с сервером' }).waitFor();
    assert.equal(await dialog(page).getByLabel('Логин').inputValue(), 'auditor9');
    await written(page);
    await own.start();
    await page.reload();
    await settled(page);
    await press(page, 'Пригласить');
    await page.getByText(NOTICE).waitFor();
    assert.equal(await dialog(page).getByLabel('Имя', { exact: true }).inputValue(), 'Новый аудитор');
    await dialog(page).getByRole('button', { name: 'Пригласить', exact: true }).click();
    await page.getByLabel('Ссылка приглашения').waitFor();
    assert.deepEqual(await drafts(page), []);
    page.problems(); // calls that met no server are no faults of the page
  });
  await own.close();
});

test('a record that somebody changed in the meantime is told together with what was restored', () => house.with('operator', { path: '/admin/settings' }, async (page) => {
  await page.getByLabel('Название организации').fill('Центр оценки качества');
  await written(page);
  const { body, etag } = await house.call('operator', 'GET', '/settings');
  const { lang, published_min, signer } = body;
  const changed = await house.call('operator', 'PUT', '/settings', { body: { organisation: '', signer, contact: 'почта центра', lang, published_min }, headers: { 'If-Match': etag } });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await page.reload();
  await settled(page);
  await page.getByText('С тех пор запись изменили').waitFor();
  assert.equal(await page.getByLabel('Название организации').inputValue(), 'Центр оценки качества');
}));

test('passwords are never kept; home tells what is unsaved, signing out asks and removes it', () => house.with('operator', { path: '/account' }, async (page) => {
  for (const field of await page.locator('input[type=password]').all()) await field.fill('совсем секретно');
  await page.getByLabel('Имя', { exact: true }).fill('Оператор с черновиком');
  await written(page);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  assert.match(kept, /Оператор с черновиком/);
  assert.doesNotMatch(kept, /секретно/);
  await page.goto('/');
  await settled(page);
  const left = page.getByRole('region', { name: 'Не сохранено' });
  assert.equal(await left.getByRole('link').getAttribute('href'), '/account');
  await axe(page, 'home with a draft');
  await page.locator('.oko-head-end button').last().click();
  await page.getByRole('menuitem', { name: 'Выйти' }).click();
  await dialog(page).getByText(/1 форма с несохранённым/).waitFor();
  await press(page, 'Выйти и удалить');
  await page.getByLabel('Логин').waitFor();
  assert.deepEqual(await drafts(page), []);
  house.sessions.delete('operator');
}));

test('the first set-up keeps names and drops code and passwords', async () => {
  const empty = await openHouse({ empty: true });
  await empty.with('', {}, async (page) => {
    await page.goto('/setup#code-that-is-secret');
    await settled(page);
    await page.getByLabel('Название региона').fill('Область на пробу');
    await page.getByLabel('Пароль', { exact: true }).first().fill('совсем секретно');
    await written(page);
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /secret|секретно/);
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel('Название региона').inputValue(), 'Область на пробу');
    assert.equal(await page.getByLabel('Пароль', { exact: true }).first().inputValue(), '');
  });
  await empty.close();
});
