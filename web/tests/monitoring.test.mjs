// A campaign from its draft to publication, by those whose work it is; forms that lose nothing of what was typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NARROW, PASSWORD, axe, keys, openHouse, overflow, settled } from './harness.mjs';

const YEAR = 2023;
const DEADLINE = '2026-12-31';

/** A house whose indicators of the year are approved. */
async function withIndicators() {
  const house = await openHouse();
  for (const [who, path, body] of [
    ['operator', '/indicators/seed', { year: YEAR, from: 2022 }],
    ['operator', '/indicators/actions', { year: YEAR, action: 'submit' }],
    ['head', '/indicators/actions', { year: YEAR, action: 'approve' }],
  ]) {
    const { status } = await house.call(who, 'POST', path, { body });
    assert.equal(status, 200, path);
  }
  return house;
}

/** The same with an open campaign: its id. */
async function withCampaign() {
  const house = await withIndicators();
  const { items } = await house.get('operator', `/indicators?year=${YEAR}&limit=500`);
  const body = {
    year: YEAR, indicators: items.map((one) => one.body.code), deadline: DEADLINE, levels: ['school', 'municipality'],
    fields: ['rooms', 'rooms_video', 'criteria_agreed', 'order_objectivity', 'municipal_events'],
  };
  const made = await house.call('operator', 'POST', '/campaigns', { body: { title: 'Мониторинг 2023', year: YEAR, body } });
  assert.equal(made.status, 201);
  const open = await house.call('operator', 'POST', `/campaigns/${made.body.id}/actions/open`, { body: {}, headers: { 'If-Match': made.etag } });
  assert.equal(open.status, 200);
  return { house, campaign: made.body.id };
}

const formOf = async (house, who) => (await house.get(who, `/forms?year=${YEAR}&limit=1`)).items[0];
const valuesOf = async (house, who, id) => (await house.get(who, `/forms/${id}`)).body.values;
const saved = (page) => page.locator('.oko-save-state', { hasText: /Сохранено \d\d:\d\d/ }).waitFor();

const stateIs = (page, state) => page.locator('.oko-page-head').getByText(state, { exact: true }).waitFor();

/** Pastes a text into the element with the focus, as a spreadsheet puts it on the clipboard. */
const paste = (locator, text) => locator.evaluate((e, block) => {
  const data = new DataTransfer();
  data.setData('text/plain', block);
  e.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

test('a campaign from draft to publication', async () => {
  const house = await withIndicators();
  let campaign;
  await house.with('operator', { path: '/monitoring' }, async (page) => {
    await page.getByRole('link', { name: 'Новая кампания' }).first().click();
    await page.getByLabel('Год', { exact: true }).fill(String(YEAR));
    await page.getByLabel('Сдать до').fill('31.12.2026');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Дальше' }).click();
    await page.getByText(/Выбрано 27 из 27/).waitFor();
    await axe(page, 'choice of indicators');
    await page.getByRole('button', { name: 'Дальше' }).click();
    await page.getByLabel('Число муниципальных мероприятий').check();
    await page.getByRole('button', { name: 'Создать черновик' }).click();
    await page.getByText('Это черновик').waitFor();
    await page.getByRole('button', { name: 'Открыть сбор' }).click();
    await page.locator('.oko-stage[data-stage=untouched] b').getByText('66').waitFor();
    campaign = Number(new URL(page.url()).pathname.split('/').at(-1));
    await axe(page, 'board');
  });

  const form = await formOf(house, 'school');
  await house.with('school', { path: '/monitoring/forms' }, async (page) => {
    await page.getByRole('link', { name: `Мониторинг объективности ${YEAR}` }).click();
    const rooms = page.getByLabel('Число аудиторий, в которых проводилась работа');
    await rooms.fill('два');
    await page.getByText('Нужно целое число, не меньше нуля.').waitFor();
    await rooms.fill('2');
    await saved(page);
    // A part that is more than its whole is told at its field, in the server's words.
    page.expectFailures(422);
    const video = page.getByLabel('Число аудиторий с видеонаблюдением');
    await video.fill('3');
    await page.locator('[data-field=rooms_video]').getByText('Часть больше целого').waitFor();
    // A column from Excel, with its names, a decimal comma and words for yes and no.
    await paste(rooms, 'Число аудиторий, в которых проводилась работа\t4,0\r\nЧисло аудиторий с видеонаблюдением\t3\r\nКритерии оценивания согласованы до проверки\tда\r\nИздан приказ об обеспечении объективности\tможет быть\r\n');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Нужно «да» или «нет».').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Вставить' }).isDisabled(), 'all or nothing');
    await dialog.getByRole('button', { name: 'Отмена' }).click();
    await paste(rooms, 'Число аудиторий, в которых проводилась работа\t4,0\r\nЧисло аудиторий с видеонаблюдением\t3\r\nКритерии оценивания согласованы до проверки\tда\r\nИздан приказ об обеспечении объективности\tнет\r\n');
    await dialog.getByRole('button', { name: 'Вставить' }).click();
    await saved(page);
    assert.deepEqual(await valuesOf(house, 'school', form.id), { rooms: 4, rooms_video: 3, criteria_agreed: true, order_objectivity: false });
    // It can't be handed in with gaps and without a word.
    await page.getByRole('button', { name: 'Отправить' }).click();
    await page.getByText(/Не заполнено \d+ пол/).waitFor();
    await page.getByLabel('Пояснение').fill('Остальное собираем.');
    await page.getByRole('button', { name: 'Отправить' }).click();
    await stateIs(page, 'отправлена');
  });

  await house.with('municipal', { path: `/monitoring/forms/${form.id}` }, async (page) => {
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await page.getByLabel('Комментарий').fill('Уточните число аудиторий.');
    await page.getByLabel('Срок').fill('30.12.2026');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Вернуть' }).click();
    await stateIs(page, 'возвращена');
  });
  await house.with('school', { path: `/monitoring/forms/${form.id}` }, async (page) => {
    await page.getByText('Уточните число аудиторий.').first().waitFor();
    await page.getByLabel('Число аудиторий, в которых проводилась работа').fill('5');
    await saved(page);
    await page.getByRole('button', { name: 'Отправить' }).click();
    await stateIs(page, 'отправлена');
  });
  await house.with('municipal', { path: `/monitoring/campaigns/${campaign}` }, async (page) => {
    await page.locator('.oko-stage[data-stage=submitted]').click();
    await page.getByRole('checkbox', { name: /Выбрать: Школа № 1 / }).check();
    await page.getByRole('button', { name: 'Проверено' }).click();
    await page.locator('.oko-stage[data-stage=verified] b').getByText('1').waitFor();
  });
  await house.with('operator', { path: `/monitoring/forms/${form.id}` }, async (page) => {
    await page.getByRole('button', { name: 'Принять' }).click();
    await stateIs(page, 'принята');
    await page.goto(`/monitoring/campaigns/${campaign}`);
    await page.getByRole('button', { name: 'Закрыть сбор' }).click();
    await page.getByText('Сбор закрыт.').waitFor();
    await page.getByRole('button', { name: 'Рассчитать значения' }).click();
    await page.getByText('Значения рассчитаны').waitFor({ timeout: 60_000 });
  });
  await house.with('head', { path: '/indicators/approval' }, async (page) => {
    await page.getByRole('row', { name: new RegExp(`Мониторинг объективности ${YEAR}`) }).getByRole('button', { name: 'Опубликовать' }).click();
    await page.getByText('Кампаний, которые ждут публикации, нет.').waitFor();
  });
  assert.equal((await house.get('auditor', `/campaigns/${campaign}`)).state, 'published');
  const { items: [value] } = await house.get('school', `/indicator-values?code=video_rooms&campaign=${campaign}&level=school`);
  assert.equal(value.value, 60, '3 of 5 rooms');
  await house.close();
});

test('a lost connection and an expired session lose nothing', async () => {
  const { house } = await withCampaign();
  const form = await formOf(house, 'school');
  await house.with('school', { path: `/monitoring/forms/${form.id}` }, async (page) => {
    const rooms = page.getByLabel('Число аудиторий, в которых проводилась работа');
    await page.context().setOffline(true);
    await rooms.fill('6');
    await page.getByText(/Набранное хранится в этом браузере/).waitFor();
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, undefined);
    await page.context().setOffline(false);
    await saved(page);
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, 6);

    // The browser is closed while nothing can be sent: what was typed is there when it is opened again.
    await page.route('**/api/v1/forms/*/values', (route) => route.abort());
    await rooms.fill('7');
    await page.getByText(/Набранное хранится в этом браузере/).waitFor();
    await page.unroute('**/api/v1/forms/*/values');
    await page.reload();
    await settled(page);
    await saved(page);
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, 7);

    // The session ends under the hands.
    page.expectFailures(401);
    const ended = await house.call('school', 'DELETE', '/session');
    assert.equal(ended.status, 204);
    house.sessions.delete('sch990001');
    await rooms.fill('8');
    const again = page.getByRole('dialog', { name: 'Время сеанса вышло' });
    await again.waitFor();
    await again.getByLabel('Пароль').fill(PASSWORD);
    await again.getByRole('button', { name: 'Продолжить' }).click();
    await again.waitFor({ state: 'detached' });
    await saved(page);
    assert.equal(await rooms.inputValue(), '8');
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, 8);
  });
  await house.close();
});

test('two people at one form: other fields are merged, the same field is asked about', async () => {
  const { house, campaign } = await withCampaign();
  const form = await formOf(house, 'school');
  await house.with('school', { path: `/monitoring/forms/${form.id}` }, async (page) => {
    const other = (values) => house.call('municipal', 'POST', `/campaigns/${campaign}/values`, { body: { rows: [{ unit: form.unit, values }] } });
    assert.equal((await other({ order_objectivity: true })).status, 200);
    const rooms = page.getByLabel('Число аудиторий, в которых проводилась работа');
    await rooms.fill('3');
    await page.getByText(/другой человек изменил: Издан приказ/).waitFor();
    assert.deepEqual(await valuesOf(house, 'school', form.id), { rooms: 3, order_objectivity: true });

    page.expectFailures(412);
    assert.equal((await other({ rooms: 9 })).status, 200);
    await rooms.fill('4');
    const row = page.locator('[data-field=rooms]');
    await row.getByRole('button', { name: 'Взять его ответ: 9' }).waitFor();
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, 9, 'nothing is overwritten in silence');
    await row.getByRole('button', { name: 'Оставить мой ответ: 4' }).click();
    await saved(page);
    assert.equal((await valuesOf(house, 'school', form.id)).rooms, 4);
  });
  await house.close();
});

test('a municipality fills many schools: cells, and a block of Excel all or nothing', async () => {
  const { house, campaign } = await withCampaign();
  const { items } = await house.get('municipal', `/campaigns/${campaign}/forms?level=school&limit=5`);
  await house.with('municipal', { path: `/monitoring/campaigns/${campaign}/table` }, async (page) => {
    const cell = (form, title) => page.getByLabel(`${form.unit_name}: ${title}`);
    await cell(items[0], 'Число аудиторий, в которых проводилась работа').fill('5');
    await cell(items[0], 'Критерии оценивания согласованы до проверки').selectOption('yes');
    await saved(page);
    assert.deepEqual(await valuesOf(house, 'municipal', items[0].form), { rooms: 5, criteria_agreed: true });

    page.expectFailures(422);
    const head = 'Код организации\tЧисло аудиторий, в которых проводилась работа\tЧисло аудиторий с видеонаблюдением';
    const lines = (last) => [head, `${items[1].unit_code}\t3\t2`, `${items[2].unit_code}\t2\t${last}`].join('\r\n');
    await page.getByRole('button', { name: 'Вставить из Excel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Вставьте скопированное сюда/).fill(lines('4'));
    await dialog.getByText('Часть больше целого').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Вставить' }).isDisabled());
    await axe(page, 'paste');
    assert.deepEqual(await valuesOf(house, 'municipal', items[1].form), {}, 'nothing was written by the look');
    await dialog.getByLabel(/Вставьте скопированное сюда/).fill(lines('1'));
    await dialog.getByText('Ошибок нет. Заполнятся 2 формы.').waitFor();
    await dialog.getByRole('button', { name: 'Вставить' }).click();
    await page.getByText('Заполнены 2 формы').waitFor();
    assert.deepEqual(await valuesOf(house, 'municipal', items[2].form), { rooms: 2, rooms_video: 1 });
    assert.equal(await cell(items[1], 'Число аудиторий, в которых проводилась работа').inputValue(), '3');
    assert.equal(await overflow(page), 0);
    await axe(page, 'table');
  });
  await house.close();
});

test('a form is filled and handed in by the keyboard alone, on a narrow screen too', async () => {
  const { house } = await withCampaign();
  const form = await formOf(house, 'school');
  await house.with('school', { path: `/monitoring/forms/${form.id}`, size: NARROW }, async (page) => {
    assert.equal(await overflow(page), 0);
    await axe(page, 'form');
    await keys.type(page, page.getByLabel('Число аудиторий, в которых проводилась работа'), '4');
    await page.keyboard.press('Enter'); // to the next field
    await page.keyboard.type('2');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await keys.reach(page, page.locator('[data-field=order_objectivity] input').first());
    await page.keyboard.press('ArrowRight');
    await saved(page);
    assert.deepEqual(await valuesOf(house, 'school', form.id), { rooms: 4, rooms_video: 2, criteria_agreed: true, order_objectivity: false });
    await keys.press(page, page.getByRole('button', { name: 'Отправить' }));
    await stateIs(page, 'отправлена');
  });
  await house.close();
});
