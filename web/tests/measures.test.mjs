// Measures, observers and their protocol on a phone, re-checks, what is kept of the effects.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { axe, draftKept, NARROW, openHouse, overflow, settled } from './harness.mjs';

const press = async (page, name) => { await page.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) }).first().click(); await settled(page); };

async function choose(page, label, what) {
  await page.getByLabel(label, { exact: true }).click();
  await page.getByLabel(label, { exact: true }).fill(what); // a long list shows a part of itself
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option');
  await options.filter({ hasText: what }).first().click();
}

test('a measure is planned by a school, reported with a document, returned and accepted', async () => {
  const house = await openHouse();
  const unit = (await house.session('sch990001')).user.unit;
  const { parent } = await house.get('operator', `/units/${unit}`);
  const municipal = (await house.get('operator', `/users?role=municipal&unit=${parent}`)).items[0].login;
  await house.with('sch990001', { path: '/measures' }, async (page) => {
    await press(page, 'Запланировать меру');
    await choose(page, 'Что делаем', 'Согласование критериев');
    await page.getByLabel('Ответственный').fill('Заместитель директора');
    await press(page, 'Сохранить');
    await page.getByRole('link', { name: 'Согласование критериев оценивания' }).first().click();
    await settled(page);
    await axe(page);
    await page.getByLabel('Что сделано', { exact: true }).fill('Критерии согласованы на методическом объединении.');
    await page.getByLabel('Дата исполнения').fill('20.11.2026');
    await page.keyboard.press('Enter'); // takes the day and sends nothing
    assert.equal(await page.getByText('отчёт сдан').count(), 0);
    await press(page, 'Сообщить об исполнении');
    await page.getByText('Сейчас ждём: решение вышестоящего уровня').waitFor();
  });
  const [one] = (await house.get(municipal, `/measures?state=reported&unit=${unit}`)).items;
  await house.with(municipal, { path: `/measures/${one.id}` }, async (page) => {
    await page.getByLabel('Комментарий', { exact: true }).fill('Приложите протокол.');
    await press(page, 'Вернуть');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Комментарий').fill('Приложите протокол.');
    await dialog.getByLabel('Срок').fill('20.12.2026');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Вернуть' }).click();
    await settled(page);
  });
  assert.equal((await house.get('operator', `/measures/${one.id}`)).state, 'returned');
  await house.with('sch990001', { path: '/measures?view=calendar&month=2026-12' }, async (page) => {
    await page.locator('.oko-visit').first().waitFor(); // its new deadline stands in the calendar
    await axe(page);
  });
});

test('an observer fills the protocol on a phone and loses the connection meanwhile', async () => {
  const house = await openHouse();
  const observer = (await house.get('operator', '/users?role=observer')).items[0];
  const { user } = await house.session('sch990002');
  const { body: visit, status } = await house.call('operator', 'POST', '/observations', {
    body: { unit: user.unit, assignee: observer.id, title: 'Наблюдение', body: { procedure: '2022-05-MA', date: '2026-11-27', begin: '09:00', end: '10:30', stage: 'room' } },
  });
  assert.equal(status, 201, JSON.stringify(visit));
  const page = await house.open('observer', { size: NARROW, path: '/observations' });
  assert.equal(await overflow(page), 0);
  await axe(page);
  await page.getByRole('link', { name: 'Заполнить протокол' }).first().click();
  await settled(page);
  assert.equal(await overflow(page), 0);
  await press(page, 'Отправить протокол');
  await page.getByText('Отметьте: нарушений не выявлено или есть замечания.').waitFor();
  await page.getByRole('radio', { name: 'Есть замечания' }).check();
  await page.getByLabel('О чём').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: 'Соблюдение времени' }).click();
  await page.getByLabel('Что именно замечено').fill('Работу начали на десять минут позже.');
  await axe(page);
  await draftKept(page, 'Работу начали на десять минут позже.');
  // The connection goes: what was typed stays, also when the page is opened again, and is sent by itself when it is back.
  await house.stop();
  await press(page, 'Отправить протокол').catch(() => undefined);
  await page.getByText('Нет связи. Протокол сохранён').waitFor();
  await house.start();
  await page.getByText('протокол заполнен').first().waitFor();
  await page.context().close();
  const kept = await house.get('operator', `/observations/${visit.id}`);
  assert.equal(kept.state, 'held');
  assert.equal(kept.body.protocol.remarks[0].text, 'Работу начали на десять минут позже.');
  assert.equal(kept.body.protocol.remarks[0].kind, 'time');
  await house.with('operator', { path: `/observations/${visit.id}` }, async (one) => {
    await one.getByText('Работу начали на десять минут позже.').waitFor();
    await press(one, 'Подтвердить');
    assert.equal((await house.get('operator', `/observations/${visit.id}`)).state, 'confirmed');
    await axe(one);
  });
});

test('the schedule tells of an observer at home', async () => {
  const house = await openHouse();
  const { user } = await house.session('sch990002');
  const school = await house.get('operator', `/units/${user.unit}`);
  const made = await house.call('operator', 'POST', '/users', { body: { login: 'observer-2', name: 'Свой наблюдатель', role: 'observer', unit: school.parent } });
  assert.equal(made.status, 201);
  const person = (await house.get('operator', '/users?role=observer')).items.find((one) => one.login === 'observer-2');
  await house.call('operator', 'POST', '/observations', { body: { unit: user.unit, assignee: person.id, title: 'Наблюдение', body: { procedure: '2022-05-MA', date: '2026-12-01', begin: '09:00', end: '10:30', stage: 'room' } } });
  await house.with('operator', { path: '/observations?month=2026-12' }, async (page) => {
    await page.getByRole('alert').filter({ hasText: '1 назначение требует внимания' }).waitFor();
    await page.locator('.oko-visit', { hasText: 'Свой наблюдатель' }).waitFor();
    await axe(page);
    await page.getByText('Таблица', { exact: true }).click();
    await settled(page);
    await page.getByText('свой муниципалитет').first().waitFor();
  });
});

test('a re-check is entered and tells how sure it is', async () => {
  const house = await openHouse();
  const { user } = await house.session('sch990002');
  const { body: made } = await house.call('operator', 'POST', '/rechecks', { body: { unit: user.unit, title: 'Перепроверка', body: { procedure: '2022-05-MA', body: 'Комиссия региона', works: 60 } } });
  await house.with('operator', { path: `/rechecks/${made.id}` }, async (page) => {
    page.expectFailures(422);
    await page.getByLabel('Проверено работ').fill('20');
    await page.getByLabel('Отметка выше').fill('0');
    await page.getByLabel('Отметка ниже').fill('9');
    await press(page, 'Внести итоги');
    await page.getByText(/Доля изменений заметно выше допустимых 10 %/).waitFor();
    await axe(page);
  });
});

test('a kept report of effects is shown again to the digit', async () => {
  const house = await openHouse();
  await house.with('operator', { path: '/effect?year=2021' }, async (page) => {
    await page.getByText(/обычный честный ответ, а не неудача/).waitFor();
    await press(page, 'Сохранить отчёт');
    await page.getByText('Совпадает с последним сохранённым отчётом.').waitFor();
    await axe(page);
    assert.equal(await overflow(page), 0);
  });
  const [newest] = (await house.get('head', '/effect-reports?year=2021')).items;
  await house.with('head', { path: `/effect?year=2021&kept=${newest.id}` }, async (page) => {
    await page.getByText(newest.body.sha256).first().waitFor();
  });
});
