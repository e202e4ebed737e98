// What a screen reader hears of controls that appear only when something is opened: each has a name in the person's language,
// and no icon says its English id. (Of the pages themselves crawl says it.)
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { nameFindings, openHouse, settled } from './harness.mjs';

let house;
before(async () => { house = await openHouse(); });

const SAYS = {
  ru: { unit: /^Организация:/, clear: 'Очистить', search: 'Найти', pages: ['Предыдущая страница', 'Следующая страница'], close: 'Закрыть', how: /^Как получено/, filter: 'Отобрать' },
  en: { unit: /^Organisation:/, clear: 'Clear', search: 'Search', pages: ['Previous page', 'Next page'], close: 'Close', how: /^How/, filter: 'Filter' },
};

for (const lang of ['ru', 'en']) {
  const says = SAYS[lang];
  const none = async (page, where) => assert.deepEqual(await nameFindings(page, lang), [], where);

  test(`${lang}: arrows of a list, filters of a table, what clears a field`, () => house.with('operator', { lang, path: '/admin/users' }, async (page) => {
    for (const name of says.pages) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 1, name);
    await none(page, 'people');
    await page.getByRole('searchbox').first().fill('sch');
    await settled(page);
    await page.getByRole('button', { name: says.clear, exact: true }).first().waitFor();
    assert.ok(await page.getByRole('button', { name: says.search, exact: true }).count() >= 1, 'the button of the search');
    await none(page, 'a field with something in it');
    await page.goto('/measures/catalogue');
    await settled(page);
    await page.getByRole('button', { name: says.filter, exact: true }).click();
    await none(page, 'the filter of a column');
  }));

  test(`${lang}: dialogs, drawers, calendars, menus`, () => house.with('operator', { lang, path: '/analysis?year=2021' }, async (page) => {
    await none(page, 'chosen year');
    await page.getByRole('button', { name: says.unit }).click();
    await page.getByRole('tree').waitFor();
    await settled(page);
    await none(page, 'choice of a unit');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: says.how }).first().click();
    await settled(page);
    await page.getByRole('button', { name: says.close, exact: true }).first().waitFor();
    await none(page, 'a drawer');
    await page.goto('/events/new');
    await settled(page);
    await page.locator('.ant-picker input').first().click();
    await page.locator('.ant-picker-dropdown').first().waitFor();
    await none(page, 'a calendar');
  }));
}
