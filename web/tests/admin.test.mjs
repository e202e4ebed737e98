// Administration as people do it: organisations, accounts and invitations, scales, thresholds, settings, the log, jobs,
// backups; one's own account; search and help; the demonstration put back.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { before } from 'node:test';

import { axe, DEMO, NARROW, openHouse, overflow, PASSWORD, settled, shot } from './harness.mjs';

let house;
before(async () => {
  house = await openHouse();
  copyFileSync(join(DEMO, 'oko.db.made'), `${house.db}.made`);
});

const button = (page, name, options = {}) => page.getByRole('button', { name, exact: true, ...options });
const dialog = (page) => page.getByRole('dialog').last();
async function press(page, name) {
  await button(page, name).first().click();
  await settled(page);
}
async function confirm(page, name) {
  await dialog(page).getByRole('button', { name, exact: true }).last().click();
  await settled(page);
}
const said = (page, text) => page.getByText(text).first().waitFor();

test('every page of administration opens for those who may see it, also on a narrow screen', async (t) => {
  const pages = {
    operator: ['/admin/units', '/admin/users', '/admin/procedures', '/admin/procedures/2022-05-MA', '/admin/rules', '/admin/settings', '/admin/audit', '/admin/jobs', '/account', '/help'],
    admin: ['/admin/users', '/admin/rules', '/admin/settings', '/admin/audit', '/admin/jobs', '/admin/backups', '/account'],
    auditor: ['/admin/units', '/admin/users', '/admin/procedures/2022-05-MA', '/admin/rules', '/admin/jobs'],
    municipal: ['/admin/users', '/account'],
  };
  for (const [who, paths] of Object.entries(pages)) {
    await t.test(who, () => house.with(who, { path: '/account', size: NARROW }, async (page) => {
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        assert.equal(await page.locator('h1').count(), 1, `one heading on ${path}`);
        assert.ok(await overflow(page) <= 0, `${path} sticks out`);
        await axe(page, `${path} as ${who}`);
        await shot(page, `admin-${who}${path}`);
      }
    }));
  }
});

test('an organisation is found, renamed with its history, given a code, and a double entry is merged', () => house.with('operator', { path: '/admin/units' }, async (page) => {
  await page.getByRole('searchbox', { name: 'Название или код' }).fill('школа № 7 ');
  await page.getByRole('link', { name: 'Школа № 7 (демонстрация)' }).click();
  await settled(page);
  await press(page, 'Изменить');
  await dialog(page).getByLabel('Название').fill('Школа № 7 имени Ломоносова');
  await confirm(page, 'Сохранить');
  await page.getByRole('heading', { level: 1, name: 'Школа № 7 имени Ломоносова' }).waitFor();
  await said(page, '«Школа № 7 (демонстрация)» → «Школа № 7 имени Ломоносова»');
  await page.getByRole('textbox', { name: 'Код или название' }).fill('edu-other-7');
  await press(page, 'Добавить');
  await page.getByRole('cell', { name: 'edu-other-7' }).waitFor();

  await page.goto('/admin/units');
  await press(page, 'Добавить организацию');
  await dialog(page).getByLabel('Вышестоящая').click();
  await settled(page);
  await page.getByRole('searchbox', { name: 'Название или код' }).last().fill('МО 01');
  await page.getByRole('treeitem', { name: 'МО 01' }).last().click();
  await settled(page);
  await dialog(page).getByLabel('Код', { exact: true }).fill('double-7');
  await dialog(page).getByLabel('Название').fill('Школа 7 (двойная запись)');
  await confirm(page, 'Сохранить');
  await page.getByRole('searchbox', { name: 'Название или код' }).fill('double-7');
  await page.getByRole('link', { name: 'Школа 7 (двойная запись)' }).click();
  await settled(page);
  await press(page, 'Объединить');
  await dialog(page).getByRole('button', { name: /Остаётся запись/ }).click();
  await settled(page);
  await page.getByRole('searchbox', { name: 'Название или код' }).last().fill('Ломоносова');
  await page.getByRole('treeitem', { name: /Ломоносова/ }).last().click();
  await settled(page);
  await confirm(page, 'Посмотреть, что перейдёт');
  await said(page, 'Данных у записи нет: перейдут только коды.');
  await confirm(page, 'Объединить');
  await page.getByRole('heading', { level: 1, name: 'Школа № 7 имени Ломоносова' }).waitFor();
  const left = await house.get('operator', '/units?search=double-7');
  assert.equal(left.total, 0);
}));

test('a person is invited, comes by the link, is locked out and let in again, disabled', async () => {
  let link;
  await house.with('operator', { path: '/admin/users' }, async (page) => {
    await press(page, 'Пригласить');
    const form = dialog(page);
    await form.getByLabel('Имя', { exact: true }).fill('Новый аудитор');
    await form.getByLabel('Логин').fill('auditor2');
    await form.getByLabel('Роль').click();
    await page.getByTitle('аудитор', { exact: true }).last().click();
    await confirm(page, 'Пригласить');
    link = await page.getByLabel('Ссылка приглашения').innerText();
    assert.match(link, /\/invitation#[0-9a-f]{64}$/);
  });
  await house.with('', { path: new URL(link).pathname + new URL(link).hash }, async (page) => {
    await said(page, 'Новый аудитор, аудитор');
    await axe(page, 'invitation');
    await page.getByLabel('Пароль', { exact: true }).fill('auditor2');
    await page.getByLabel('Пароль ещё раз').fill('auditor2');
    page.expectFailures(422);
    await press(page, 'Сохранить и войти');
    await page.getByRole('alert').first().waitFor(); // too short, and holds the login
    await page.getByLabel('Пароль', { exact: true }).fill('три мокрых зонта');
    await page.getByLabel('Пароль ещё раз').fill('три мокрых зонта');
    await press(page, 'Сохранить и войти');
    await page.getByRole('button', { name: /Новый аудитор/ }).waitFor();
  });
  await house.with('', {}, async (page) => {
    page.expectFailures(404);
    await page.goto(new URL(link).pathname + new URL(link).hash);
    await said(page, 'Приглашение не действует');
  });
  for (let i = 0; i < 5; i++) {
    await fetch(`${house.url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: 'auditor2', password: 'wrong' }) });
  }
  await house.with('admin', { path: '/admin/users?q=auditor2' }, async (page) => {
    await said(page, /вход закрыт до/);
    await button(page, 'Ещё действия: Новый аудитор').click();
    await page.getByRole('menuitem', { name: 'Открыть вход' }).click();
    await page.getByText(/вход закрыт до/).waitFor({ state: 'detached' });
    await button(page, 'Ещё действия: Новый аудитор').click();
    await page.getByRole('menuitem', { name: 'Отключить' }).click();
    await confirm(page, 'Отключить');
    await page.getByRole('cell', { name: 'отключён' }).waitFor();
  });
});

test('a list of people is tried, imported, and its links are a file', async () => {
  const table = join(house.folder, 'people.csv');
  writeFileSync(table, 'Логин;Имя;Роль;Код единицы\ninf-school;Информатик;школа;sch990002\nbad login;Х;школа;sch990002\nzavuch;Завуч;директор;sch990002\n');
  await house.with('operator', { path: '/admin/users' }, async (page) => {
    await press(page, 'Пригласить списком');
    await page.locator('input[type=file]').setInputFiles(table);
    await said(page, 'Будет приглашён 1 человек');
    await said(page, '2 строки не подходят');
    await said(page, /Нет такой роли: «директор»/);
    await confirm(page, 'Пригласить подходящих');
    await said(page, 'Приглашён 1 человек');
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Скачать файл с приглашениями').click()]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /inf-school;Информатик;Школа № 2 \(демонстрация\);sch990002;http:\/\/127\.0\.0\.1:\d+\/invitation#[0-9a-f]{64}/);
  });
});

test('a scale says what is wrong with it, and is copied to the next year', () => house.with('operator', { path: '/admin/procedures/2022-05-MA' }, async (page) => {
  await said(page, 'Границы растут и делят всю шкалу от 0 до 20');
  await page.getByLabel('Отметка «4» с балла').fill('16');
  await said(page, 'Граница «5» должна быть выше предыдущей');
  await page.getByLabel('Отметка «4» с балла').fill('12');
  await said(page, 'Границы растут и делят всю шкалу от 0 до 20');
  await press(page, 'Сохранить');
  await said(page, 'Процедура сохранена');
  await press(page, 'Скопировать на следующий год');
  await said(page, /Это копия 2022-05-MA/);
  assert.equal(await page.getByLabel('Код', { exact: true }).inputValue(), '2023-05-MA');
  await press(page, 'Сохранить');
  await page.waitForURL(/\/admin\/procedures\/2023-05-MA/);
  const kept = await house.get('operator', '/procedures/2023-05-MA');
  assert.deepEqual(kept.cutoffs, { 3: 7, 4: 12, 5: 15 });
  assert.equal(kept.items.length, 16);
}));

test('thresholds are set within their bounds and keep their history', () => house.with('operator', { path: '/admin/rules' }, async (page) => {
  const high = page.getByLabel('Сильное расхождение: от, %').first();
  await high.fill('45');
  await page.getByLabel('Название версии').fill('строже');
  await press(page, 'Сохранить пороги');
  await said(page, /Пороги сохранены/);
  await said(page, 'свои пороги региона');
  await said(page, 'строже');
  const pack = await house.get('operator', '/rule-packs/region');
  assert.equal(pack.rules.find((rule) => rule.rule === 'region/lowered').params.high, 45);
  await page.getByRole('button', { name: 'Федеральные правила 2019 года' }).click();
  await said(page, 'Результаты заметно выше региональных');
}));

test('settings are seen on the sign-in page and kept as versions', async () => {
  await house.with('admin', { path: '/admin/settings' }, async (page) => {
    await page.getByLabel('Название организации').fill('Центр оценки качества образования');
    await page.getByLabel('К кому обращаться').fill('Анна, 22-33-44');
    await press(page, 'Сохранить');
    await said(page, 'Настройки сохранены');
    await said(page, /Центр оценки качества образования · Анна/);
  });
  await house.with('', { path: '/' }, async (page) => {
    await said(page, 'Центр оценки качества образования');
    await said(page, /Анна, 22-33-44/);
    await axe(page, 'sign-in');
  });
});

test('the log tells what was done, goes back page by page, and proves itself', () => house.with('auditor', { path: '/admin/audit' }, async (page) => {
  await page.getByRole('combobox', { name: 'Что' }).click();
  await page.getByTitle('Учётные записи', { exact: true }).last().click();
  await settled(page);
  await page.getByRole('cell', { name: 'новая учётная запись' }).first().waitFor();
  await page.goto('/admin/audit');
  await settled(page);
  const first = await page.locator('.ant-table-row td').nth(1).innerText();
  await press(page, 'Более ранние');
  assert.match(page.url(), /before=\d+/);
  await press(page, 'К последним');
  assert.ok(first.length > 0);
  await press(page, 'Проверить целостность');
  await said(page, /Журнал цел: проверен/);
  assert.match(await page.getByLabel('Отпечаток последней записи').innerText(), /^[0-9a-f]{64}$/);
}));

test('a backup is made by a job and can be fetched', () => house.with('admin', { path: '/admin/backups' }, async (page) => {
  await said(page, 'Копий ещё нет.');
  await press(page, 'Сделать копию');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Скачать: oko-/ }).click()]);
  assert.equal(readFileSync(await file.path()).subarray(0, 15).toString(), 'SQLite format 3');
  await page.goto('/admin/jobs');
  await settled(page);
  await page.getByRole('cell', { name: 'Резервная копия' }).first().waitFor();
  await page.getByRole('cell', { name: 'готово' }).first().waitFor();
}));

test('an account: name, language, password, a key that is shown once', () => house.with('head', { path: '/account' }, async (page) => {
  await page.getByLabel('Имя', { exact: true }).fill('Руководитель центра');
  await press(page, 'Сохранить');
  await said(page, 'Профиль сохранён');
  await page.getByLabel('Нынешний пароль').fill('не тот');
  await page.getByLabel('Новый пароль', { exact: true }).fill('четыре мокрых зонта');
  await page.getByLabel('Новый пароль ещё раз').fill('четыре мокрых зонта');
  page.expectFailures(422);
  await press(page, 'Сменить пароль');
  await said(page, /Прежний пароль введён неверно/);
  await page.getByLabel('Нынешний пароль').fill(PASSWORD);
  await press(page, 'Сменить пароль');
  await said(page, 'Пароль изменён');
  await press(page, 'Выдать ключ');
  await dialog(page).getByLabel('Назначение').fill('выгрузка');
  await confirm(page, 'Выдать ключ');
  assert.match(await dialog(page).getByLabel('Ключ «выгрузка»').innerText(), /^[0-9a-f]{64}$/);
  await confirm(page, 'Закрыть');
  await page.getByRole('cell', { name: 'выгрузка' }).waitFor();
  await page.getByLabel('Крупный шрифт').check();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.large), 'true');
}));

const focused = (page) => page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');

test('«/» finds by parts of words with the keyboard alone, within what one may see', async () => {
  await house.with('operator', { path: '/account' }, async (page) => {
    await page.keyboard.press('/');
    await focused(page);
    await page.keyboard.type('лицей');
    await page.getByRole('option').first().waitFor();
    await axe(page, 'search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.getByRole('option', { selected: true }).count(), 1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/analysis\/schools\/\d+/);
  });
  await house.with('school', { path: '/account' }, async (page) => {
    await page.keyboard.press('/');
    await focused(page);
    await page.keyboard.type('Школа №');
    await page.getByRole('option').first().waitFor();
    assert.equal(await page.getByRole('group', { name: 'Организации' }).getByRole('option').count(), 1);
    assert.equal(await page.getByRole('group', { name: 'Люди' }).count(), 0);
  });
});

test('«?» tells the keys and opens the guide, which is built in', () => house.with('school', { path: '/account' }, async (page) => {
  await page.keyboard.press('Shift+Slash');
  await said(page, 'Как это работает');
  await dialog(page).getByText('«Ключи для программ» нужны').waitFor(); // what the guide says of this page
  await page.getByRole('link', { name: 'Руководство целиком' }).click();
  await page.getByRole('heading', { level: 1, name: 'Руководство пользователя' }).waitFor();
  await page.getByRole('navigation', { name: 'Содержание' }).getByRole('link').first().click();
  await axe(page, 'guide');
  await page.getByRole('link', { name: 'Что означают признаки и числа' }).first().click();
  await page.getByRole('heading', { level: 2, name: 'Пять семейств' }).waitFor();
  await axe(page, 'what signs mean');
}));

test('an English reader gets the English guide, and an address made in Russian leads to the same part', () => house.with('school', { lang: 'en', path: '/account' }, async (page) => {
  await page.keyboard.press('Shift+Slash');
  await dialog(page).getByText('“Keys for programs” are needed').waitFor();
  await dialog(page).getByRole('link', { name: 'This place of the guide' }).click();
  await page.waitForURL(/\/help#my-profile$/);
  await page.goto(`/help#${encodeURIComponent('паспорт-школы')}`);
  const part = page.getByRole('heading', { level: 3, name: 'Passport of a school' });
  await part.waitFor();
  await page.waitForFunction(() => { const { top } = document.getElementById('passport-of-a-school').getBoundingClientRect(); return top >= 0 && top < innerHeight / 2; });
  await page.getByRole('link', { name: 'What signs and numbers mean' }).first().click();
  await page.getByRole('heading', { level: 2, name: 'Five families' }).waitFor();
  await page.getByRole('link', { name: 'Command line' }).first().click();
  await page.getByText('This document is in Russian only.').waitFor();
}));

test('the demonstration is put back, and everybody signs in again', () => house.with('operator', { path: '/admin/settings' }, async (page) => {
  await press(page, 'Вернуть исходное состояние');
  await page.getByRole('tooltip').getByRole('button', { name: 'Вернуть исходное состояние' }).click();
  page.expectFailures(401);
  await button(page, 'Войти').waitFor();
  house.sessions.clear();
  const setup = await (await fetch(`${house.url}/api/v1/setup`)).json();
  assert.equal(setup.organisation, 'Демонстрационный регион');
  const users = await house.get('operator', '/users?search=auditor2');
  assert.equal(users.total, 0);
}));
