// Files in: dropped several at once, a broken one among them, an unknown procedure, problems put right, undo, matching, the next step.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';

import { axe, DEMO, keys, NARROW, openHouse, overflow, PASSWORD, PROGRAM, settled, shot, sticksOut } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'oko-data-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function written(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const demo = (name) => join(DEMO, 'files', name);

/** Twelve pupils of a school that the register does not know; names stand in the file, one total is a word, one row is shifted. */
function withFaults(login, { third = 'пять' } = {}) {
  const items = Array.from({ length: 16 }, (_, i) => i + 1);
  const rows = Array.from({ length: 12 }, (_, i) => {
    const scores = items.map((k) => ((k + i) % 3 === 0 ? 1 : 0));
    const total = i === 2 ? third : scores.reduce((a, b) => a + b, 0);
    return [login, `Фамилия${i}`, 'Первый', '5Я', 101 + i, i % 3 + 3, total, ...scores].join(';');
  });
  return [['school', 'ФИО', 'municipality', 'class', 'code', 'journal', 'total', ...items].join(';'), ...rows].join('\n') + '\n';
}

/** Drops files onto the zone as a person does: one drop with all of them. */
async function drop(page, paths) {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }));
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of list) transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, files);
  await page.dispatchEvent('.ant-upload-drag .ant-upload-btn', 'drop', { dataTransfer: data });
}

const card = (page, name) => page.locator('.ant-card', { hasText: name });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** An empty region with people: nothing but the register of the demonstration will be in it. */
async function emptyHouse() {
  const house = await openHouse({ empty: true });
  await house.stop();
  for (const [login, role] of [['operator', 'operator'], ['head', 'head']]) {
    execFileSync(PROGRAM, ['--quiet', '--db', house.db, 'user', 'add', login, '--role', role, '--password-stdin'], { input: `${PASSWORD}\n` });
  }
  await house.start();
  return house;
}

test('files come in, are put right, are taken back', async (t) => {
  const house = await emptyHouse();
  let first; // number of the import with faults

  await t.test('an empty database says where to begin', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      await page.getByText('Пока ничего не загружено').waitFor();
      await axe(page);
      await shot(page, 'data-empty');
    });
  });

  await t.test('several files at once, a broken one among them', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      const broken = written('broken.xlsx', 'это не книга');
      await drop(page, [demo('units.csv'), demo('2021-05-MA.xlsx'), broken]);
      await card(page, 'units.csv').getByText(/В реестре изменен/).waitFor();
      await card(page, 'broken.xlsx').getByText('В базе ничего не изменилось').waitFor();
      await card(page, '2021-05-MA.xlsx').getByText(/Прочитано .* работ/).waitFor({ timeout: 60000 });
      await page.getByText('Следующий шаг — новый расчёт').waitFor();
      await axe(page);
      await shot(page, 'data-queue', { full: true });
      // The same file once more changes nothing and says so.
      await drop(page, [demo('units.csv')]);
      await page.getByText('Ничего нового: эти данные уже загружены').waitFor();
    });
    const list = await house.get('operator', '/imports?files=true');
    assert.equal(list.total, 2, 'the broken file left an import');
  });

  await t.test('a check writes nothing, then the same file is loaded', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      await page.getByRole('checkbox', { name: 'Только проверить, ничего не записывать' }).check();
      await drop(page, [written('2021-05-MA.csv', withFaults('edu990777'))]);
      await page.getByText('Это проверка: в базе ничего не изменилось').waitFor();
      assert.equal((await house.get('operator', '/imports?files=true')).total, 2);
      await press(page, 'Загрузить');
      await page.getByRole('link', { name: 'Посмотреть и исправить' }).waitFor();
      await page.getByText('Отброшены столбцы с личными данными: «ФИО»').waitFor();
    });
    first = (await house.get('operator', '/imports?files=true')).items[0].id;
  });

  await t.test('problems stand beside their rows, without names, and are downloaded', async () => {
    await house.with('head', { path: `/data/imports/${first}` }, async (page) => {
      await page.getByText('Сумма баллов — не целое неотрицательное число').first().waitFor();
      assert.equal(await page.getByText('Фамилия').count(), 0);
      assert.equal(await page.getByRole('button', { name: 'Отменить загрузку' }).count(), 0, 'a reader is offered the undo');
      assert.equal(await page.locator('.oko-rows input').count(), 0, 'a reader is offered to edit');
      const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Замечания в CSV' }).click()]);
      const text = readFileSync(await got.path(), 'utf8');
      assert.match(text, /не целое неотрицательное число/);
      assert.doesNotMatch(text, /Фамилия/);
      await page.mouse.move(0, 0);
      await settled(page);
      await axe(page);
    });
    for (const [lang, size, scheme] of [['ru', NARROW, 'light'], ['en', NARROW, 'dark']]) {
      await house.with('operator', { path: `/data/imports/${first}`, lang, size, scheme }, async (page) => {
        await page.locator('.oko-rows input').first().waitFor();
        assert.equal(await overflow(page), 0, (await sticksOut(page)).join('; '));
        await axe(page);
        await shot(page, `data-import-${lang}-narrow`, { full: true });
      });
    }
  });

  await t.test('a cell is put right by the keyboard, survives the page, and the file is read again', async () => {
    await house.with('operator', { path: `/data/imports/${first}?severity=rejected` }, async (page) => {
      const cell = page.getByRole('textbox', { name: 'Строка 4, total' }).first();
      await keys.type(page, cell, '5');
      await page.getByText('1 исправление').waitFor();
      await page.reload();
      await settled(page);
      assert.equal(await page.getByRole('textbox', { name: 'Строка 4, total' }).first().inputValue(), '5', 'what was typed is lost');
      await shot(page, 'data-fix', { full: true });
      await keys.press(page, page.getByRole('button', { name: 'Прочитать с исправлениями' }));
      await page.getByRole('heading', { name: 'Исправленные ячейки' }).waitFor();
      await page.getByText(`исправляет № ${first}`).waitFor();
      await axe(page);
    });
    const second = (await house.get('operator', '/imports?files=true')).items[0];
    assert.equal(second.corrects, first);
    const { corrections } = await house.get('operator', `/imports/${second.id}`);
    assert.deepEqual(corrections.map(({ row, col, value }) => [row, col, value]), [[4, 7, '5']]);
  });

  await t.test('unknown schools are matched: one is a school of the register, one is new', async () => {
    const choose = async (page, code) => {
      await card(page, code).getByRole('button', { name: 'Выбрать другую…' }).click();
      await page.getByRole('dialog').getByLabel('Название или код').fill('sch990001');
      await page.getByRole('treeitem').filter({ hasText: 'sch990001' }).locator('.ant-tree-title').click();
      await page.getByText(`Данные организации ${code}`).waitFor();
    };
    await house.with('operator', { path: '/data' }, async (page) => {
      const works = Array.from({ length: 12 }, (_, i) => `edu990888;А;${i + 1};${i + 3}`).join('\n');
      await drop(page, [written('2020-04-MA.csv', `school;class;code;total\n${works}\n`)]);
      await page.getByRole('link', { name: 'Сопоставить 1 новую организацию' }).click();
      await page.getByText('Только из загрузки').waitFor();
      await page.getByRole('button', { name: 'Показать все' }).click();
    });
    const before = (await house.get('operator', '/units?level=school')).total;
    await house.with('operator', { path: '/data/matching' }, async (page) => {
      await page.getByText('edu990777').first().waitFor();
      await axe(page);
      await shot(page, 'data-matching', { full: true });
      page.expectFailures(409); // both hold works of one procedure, and a class is not named: told, nothing is changed
      await choose(page, 'edu990777');
      await page.getByRole('dialog').getByText('Ничего не изменено').waitFor();
      await press(page, 'Отмена');
      await settled(page);
      await choose(page, 'edu990888');
      await page.getByText('1 протокол класса').waitFor();
      await shot(page, 'data-merge');
      await press(page, 'Объединить');
      await page.getByText('Организации объединены').waitFor();
      await page.getByRole('button', { name: 'Это новая организация: edu990777' }).click();
      await page.getByText('Подтверждена: edu990777').waitFor();
      await settled(page);
      assert.equal(await card(page, 'edu990777').count(), 0);
    });
    assert.equal((await house.get('operator', '/units?level=school')).total, before - 1);
  });

  await t.test('the import is taken back, the later one first', async () => {
    await house.with('operator', { path: `/data/imports/${first}` }, async (page) => {
      await press(page, 'Отменить загрузку');
      await page.getByText('Сначала отмените их, начиная с последнего').waitFor();
      await page.getByRole('dialog').getByRole('link').first().click();
      await page.getByText(`исправляет № ${first}`).waitFor();
      for (let n = 0; n < 2; n++) {
        await settled(page);
        await press(page, 'Отменить загрузку');
        await page.getByText(/Протоколов классов: будет убрано 1/).waitFor();
        await axe(page);
        await shot(page, `data-undo-${n}`);
        await page.getByRole('dialog').getByRole('button', { name: 'Отменить загрузку' }).click();
        await page.getByRole('heading', { name: 'Загруженные файлы' }).waitFor();
        await settled(page);
        if (n === 0) await page.goto(`/data/imports/${first}`);
      }
      await page.getByText(`отмена № ${first}`).waitFor();
      await shot(page, 'data-after-undo', { full: true });
    });
    const works = (await house.get('operator', `/imports/${first}`)).undone_by;
    assert.ok(works > first);
  });

  await t.test('an unknown procedure is described on the spot and the file goes on', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      await drop(page, [written('2026-07-BI.csv', 'school;class;code;total;1;2;3\n' + Array.from({ length: 12 }, (_, i) => `sch990001;7А;${i + 1};${(i % 3) + 1};1;${i % 3};0`).join('\n') + '\n')]);
      await press(page, 'Описать процедуру');
      await page.getByLabel('Название', { exact: true }).fill('Биология, 7 класс');
      await page.getByLabel('Максимум баллов').fill('4');
      await page.getByLabel('«3» начинается с').fill('3');
      await page.getByLabel('«4» начинается с').fill('2');
      await press(page, 'Сохранить и прочитать файл');
      await page.getByText('Должно быть больше предыдущей границы').first().waitFor();
      await page.getByLabel('«3» начинается с').fill('1');
      await shot(page, 'data-procedure');
      await press(page, 'Сохранить и прочитать файл');
      await card(page, '2026-07-BI.csv').getByText(/Прочитано 12 работ/).waitFor();
    });
    const known = await house.get('operator', '/procedures/2026-07-BI');
    assert.deepEqual(known.cutoffs, { 3: 1, 4: 2 });
    assert.equal(known.items.length, 3);
  });

  await t.test('a connection that breaks while a file is sent is told, and the file is sent again', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      await house.stop('SIGKILL');
      await drop(page, [demo('2021-05-RU.xlsx')]);
      await card(page, '2021-05-RU.xlsx').getByText('Связь прервалась, файл не отправлен').waitFor();
      await house.start();
      page.problems(); // calls that failed meanwhile
      await card(page, '2021-05-RU.xlsx').getByRole('button', { name: 'Повторить' }).last().click();
      await card(page, '2021-05-RU.xlsx').getByText(/Прочитано .* работ/).waitFor({ timeout: 60000 });
      page.problems();
    });
  });

  await t.test('the next step computes signs', async () => {
    await house.with('operator', { path: '/data' }, async (page) => {
      await press(page, 'Рассчитать признаки');
      await page.getByText('Расчёт готов.').waitFor({ timeout: 240000 });
      await shot(page, 'data-analysed');
    });
    assert.ok((await house.get('operator', '/runs')).total >= 2);
  });
  await house.close();
});

test('lists of schools, and who sees the section', async () => {
  const house = await openHouse();
  await house.with('operator', { path: '/data/lists?kind=medals' }, async (page) => {
    await page.getByRole('table').waitFor();
    await axe(page);
    await shot(page, 'data-lists', { full: true });
    await page.getByText('Внешние списки', { exact: true }).click();
    await press(page, 'Загрузить внешний список');
    await page.getByPlaceholder('Например: Список 2021 года').fill('Проверка');
    await drop(page, [written('list.csv', 'логин;причина;год\nsch990001;завышение;2021\n')]);
    await page.getByText('1 запись внешнего списка').waitFor();
    await page.getByRole('cell', { name: 'Проверка' }).waitFor();
  });
  for (const size of [undefined, NARROW]) {
    await house.with('auditor', { path: '/data', size }, async (page) => {
      await page.getByRole('table').waitFor();
      assert.equal(await page.locator('.ant-upload').count(), 0, 'an auditor is offered to load');
      assert.equal(await overflow(page), 0, (await sticksOut(page)).join('; '));
      await axe(page);
      await shot(page, `data-auditor-${size ? 'narrow' : 'wide'}`, { full: true });
    });
  }
  await house.with('school', { path: '/data' }, async (page) => {
    await page.getByText('Страница закрыта для вашей роли').waitFor();
  });
  await house.close();
});
