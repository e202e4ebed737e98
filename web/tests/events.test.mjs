// An event from its draft to its end: planned, guests invited, registered, noted by keyboard, asked before and after.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { NARROW, axe, draftKept, go, keys, openHouse, overflow, settled, sticksOut } from './harness.mjs';

const TITLE = 'Семинар «Согласуем критерии»';
const QUESTION = 'Я знаю, как проверять развёрнутые ответы';
let house, day, address;
before(async () => {
  house = await openHouse();
  const date = new Date(Date.now() + 5 * 24 * 3600 * 1000);
  day = [date.getDate(), date.getMonth() + 1, date.getFullYear()].map((n) => String(n).padStart(2, '0')).join('.');
});

// The picture of a button stands in its name, before the words.
const button = (page, name) => page.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) });
const state = (page, words) => page.locator('.oko-main').getByText(words, { exact: true }).first();

async function choose(page, label, option) {
  await page.getByRole('combobox', { name: label }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByTitle(option, { exact: true }).click();
}

test('a municipality makes a draft, which outlives the closed page, plans it and invites its schools', async () => {
  await house.with('municipal', { path: '/events' }, async (page) => {
    await button(page, 'Новое мероприятие').click();
    await settled(page);
    await page.getByLabel('Название').fill(TITLE);
    await draftKept(page, TITLE);
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel('Название').inputValue(), TITLE, 'what was typed is still there');
    await choose(page, 'Вид', 'Семинар');
    await page.getByLabel('День').fill(day);
    await page.getByLabel('День').press('Enter');
    await page.getByLabel('Где', { exact: true }).fill('Гимназия, актовый зал');
    await choose(page, 'Кого пригласить', 'все школы');
    await page.keyboard.press('Escape');
    await button(page, 'Добавить вопрос').click();
    await page.getByLabel('Вопрос 1', { exact: true }).fill(QUESTION);
    await button(page, 'Сохранить черновик').click();
    await page.waitForURL(/\/events\/\d+/);
    await settled(page);
    address = new URL(page.url()).pathname;
    await button(page, 'Запланировать').click();
    await state(page, 'запланировано').waitFor();
    await settled(page);
    await button(page, 'Пригласить участников').click();
    await page.getByText(/^Участники: \d{2}$/).waitFor();
  });
});

test('a school registers from its tasks and answers before', async () => {
  await house.with('school', { path: '/' }, async (page) => {
    await page.getByRole('link', { name: new RegExp(TITLE) }).first().click();
    await settled(page);
    if (!page.url().includes(address)) await go(page, address);
    await button(page, 'Записаться').click();
    await state(page, 'записались').waitFor();
    await settled(page);
    await page.getByLabel('Сколько человек').fill('2');
    await button(page, 'Сохранить').click();
    await page.getByText('Сохранено').first().waitFor();
    await page.getByRole('radiogroup', { name: QUESTION }).getByText('4', { exact: true }).click();
    await button(page, 'Отправить ответы').click();
    await page.getByText('Спасибо, ответы приняты').first().waitFor();
    await page.getByText('меньше 10 ответов: не показано').first().waitFor();
  });
});

test('who came is noted by the keyboard alone; then it is held', async () => {
  await house.with('municipal', { path: address }, async (page) => {
    await page.getByText('Отметить приход').click();
    await settled(page);
    const names = page.locator('.oko-came-name');
    await names.first().focus();
    await page.keyboard.press('+');
    await page.keyboard.press('-');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('+');
    assert.deepEqual(await page.locator('.oko-came').evaluateAll((all) => all.slice(0, 4).map((one) => one.dataset.mark)), ['yes', 'no', '', 'yes']);
    await keys.press(page, button(page, 'Сохранить 3 отметки'));
    await page.getByText('Сохранены 3 отметки').first().waitFor();
    await settled(page);
    assert.equal(await page.getByRole('table', { name: 'Участники' }).getByText('участвовали', { exact: true }).count(), 2);
    await button(page, 'Отметить проведение').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Дата проведения').fill(day);
    await dialog.getByLabel('Дата проведения').press('Enter');
    await dialog.getByLabel('Сколько человек участвовало').fill('17');
    await dialog.getByRole('button', { name: 'Отметить проведение' }).click();
    await state(page, 'проведено').waitFor();
  });
});

test('the school answers after; with ten answers everybody sees the results, without names', async () => {
  await house.with('school', { path: address }, async (page) => {
    await page.getByText('Ответьте после мероприятия').waitFor();
    await page.getByRole('radiogroup', { name: QUESTION }).getByText('5', { exact: true }).click();
    await button(page, 'Отправить ответы').click();
    await page.getByText('Спасибо, ответы приняты').first().waitFor();
  });
  const event = Number(address.split('/').at(-1));
  const { body } = await house.get('municipal', `/events/${event}`);
  const schools = (await house.get('municipal', '/units?level=school&limit=50')).items.filter((one) => one.code !== 'sch990001').slice(0, 10);
  for (const [i, school] of schools.entries()) {
    const { status } = await house.call(school.code, 'POST', '/survey-answers', { body: { body: { event, phase: 'after', answers: { [body.survey[0].code]: 3 + (i % 3) } } } });
    assert.equal(status, 201);
  }
  await house.with('school', { path: address }, async (page) => {
    await page.getByRole('table', { name: 'Итоги опроса' }).getByText(/в среднем; .* 11 ответов/).waitFor();
    assert.equal(await page.getByRole('table', { name: 'Итоги опроса' }).getByText('меньше 10 ответов: не показано').count(), 1, 'before: one answer');
  });
});

test('it is closed with its outcome, seen by the head, in the list and in the calendar', async () => {
  await house.with('municipal', { path: `${address}?act=close` }, async (page) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Что сделано').fill('Критерии согласованы, протокол разослан.');
    await dialog.getByRole('button', { name: 'Завершить' }).click();
    await state(page, 'завершено').waitFor();
  });
  await house.with('head', { path: `/events?view=calendar&level=all&month=${day.slice(6)}-${day.slice(3, 5)}` }, async (page) => {
    await page.getByRole('link', { name: new RegExp(TITLE) }).click();
    await settled(page);
    await page.getByText('Критерии согласованы, протокол разослан.').first().waitFor();
    assert.equal(await button(page, 'Изменить').count(), 0);
    assert.equal(await page.getByText('Отметить приход').count(), 0);
  });
});

test('lists of records begin with the own level; others are chosen, and the choice stands in the address', async () => {
  for (const list of ['events', 'notes']) {
    const total = async (level) => (await house.get('operator', `/${list}?limit=1${level ? `&level=${level}` : ''}`)).total;
    const [region, school, all] = [await total('region'), await total('school'), await total('')];
    assert.ok(region > 0 && school > region && all >= region + school, `${list}: ${region}, ${school}, ${all}`);
    await house.with('operator', { path: `/${list}` }, async (page) => {
      const rows = page.locator('.ant-table-tbody tr.ant-table-row');
      assert.equal(await rows.count(), region, `${list} of the region`);
      await page.getByText('Школы', { exact: true }).click();
      await settled(page);
      assert.equal(new URL(page.url()).searchParams.get('level'), 'school');
      assert.equal(await rows.count(), Math.min(school, 50), `${list} of schools`);
      await page.reload();
      await settled(page);
      assert.equal(await rows.count(), Math.min(school, 50), `${list} of schools after a reload`);
    });
  }
});

test('the own calendar has an address for other programs', async () => {
  await house.with('head', { path: '/events' }, async (page) => {
    await button(page, 'В свой календарь').click();
    await button(page, 'Получить адрес').click();
    const text = await page.getByRole('dialog').locator('code').innerText();
    const answer = await fetch(text.trim());
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /BEGIN:VCALENDAR[\s\S]*SUMMARY:Семинар «Согласуем критерии»/);
  });
});

test('pages of events have no serious finding of axe and do not scroll to the side', async () => {
  for (const [size, scheme, lang] of [[undefined, 'light', 'ru'], [NARROW, 'dark', 'en']]) {
    await house.with('municipal', { path: '/', scheme, lang, ...(size ? { size } : {}) }, async (page) => {
      for (const path of ['/events', '/events?view=calendar', '/events/new', address]) {
        await go(page, path);
        await axe(page, `${path} ${scheme} ${lang}`);
        assert.equal(await overflow(page), 0, `${path}: ${await sticksOut(page)}`);
        assert.equal(await page.locator('h1').count(), 1, `${path}: one h1`);
      }
    });
  }
});
