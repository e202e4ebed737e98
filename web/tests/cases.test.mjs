// A case from its signal to its effect through operator, school, municipality and head; what each of them sees and what not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';

import { axe, keys, NARROW, openHouse, overflow, settled, shot } from './harness.mjs';

/** Parts of a ZIP by its central directory: name → text. */
function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'no ZIP');
  const parts = new Map();
  for (let at = bytes.readUInt32LE(end + 16), n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed, nameLen, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLen);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(from, from + packed);
    parts.set(name, method === 8 ? inflateRawSync(body) : body);
    at += 46 + nameLen + extra + comment;
  }
  return parts;
}

// The name of a button may begin with that of its icon.
const press = async (page, name) => { await page.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) }).first().click(); await settled(page); };

/** Chooses in a select by its label; `what`: the words of the option, or the first one. */
async function choose(page, label, what) {
  await page.getByLabel(label, { exact: true }).click();
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option');
  await (what ? options.filter({ hasText: what }).first() : options.first()).click();
}

async function date(page, label, text) {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

const state = async (house, id) => (await house.get('operator', `/cases/${id}`)).state;

/** Logins of the people of a case: its school and the municipality above. */
async function peopleOf(house, unit) {
  const school = await house.get('operator', `/units/${unit}`);
  const users = await house.get('operator', `/users?role=municipal&unit=${school.parent}`);
  return { school: school.code, municipal: users.items[0].login, name: school.name };
}

async function makeCase(house, page) {
  await page.goto('/cases/signals?year=2021');
  await settled(page);
  await page.getByRole('radio', { name: 'требует внимания' }).check();
  await press(page, 'Найти сигналы');
  const all = page.locator('.ant-table-thead').getByRole('checkbox');
  if (await all.isChecked()) await all.uncheck(); else { await all.check(); await all.uncheck(); }
  await page.locator('.ant-table-tbody').getByRole('checkbox').and(page.locator(':not([disabled])')).first().check();
  await press(page, 'Создать 1 случай');
  await page.locator('a.oko-case').first().waitFor();
  const { items } = await house.get('operator', '/cases?state=signal&year=2021&limit=1');
  return items[0];
}

test('a case goes from its signal to its effect', async (t) => {
  const house = await openHouse();
  let one;
  let people;
  let letter;
  const open = (who, path, work, options) => house.with(who, { ...options, path }, work);

  await t.test('the operator makes it of a signal and asks the school', async () => {
    await open('operator', '/cases', async (page) => {
      one = await makeCase(house, page);
      people = await peopleOf(house, one.unit);
      await page.locator('a.oko-case', { hasText: people.name }).first().focus();
      await page.keyboard.press('Enter');
      await settled(page);
      await axe(page);
      await press(page, 'Взять на рассмотрение');
      assert.equal(await state(house, one.id), 'triage');
    });
  });

  await t.test('before it is asked the school does not know of it', async () => {
    await open(people.school, '/cases', async (page) => {
      page.expectFailures(404);
      assert.equal(await page.locator('a.oko-case', { hasText: people.name }).count(), 0);
      await page.goto(`/cases/${one.id}`);
      await page.getByRole('alert').first().waitFor();
      assert.equal(await page.getByText('Что замечено').count(), 0);
    });
    await open('operator', `/cases/${one.id}`, async (page) => {
      await press(page, 'Запросить пояснение');
      await page.getByText('Заполните это поле').waitFor(); // exactly what is needed
      await page.getByLabel('Причина', { exact: true }).fill('Отличие заметно в двух работах подряд.');
      await press(page, 'Запросить пояснение');
      assert.equal(await state(house, one.id), 'explanation');
      await page.getByText('Сейчас ждём: школу').waitFor();
    });
  });

  await t.test('the school explains and proposes a cause with the keyboard alone', async () => {
    await open(people.school, '/cases', async (page) => {
      await keys.press(page, page.locator('a.oko-case', { hasText: people.name }).first());
      await settled(page);
      await keys.type(page, page.getByLabel('Пояснение', { exact: true }), 'Тему повторяли перед работой.');
      await keys.press(page, page.getByRole('button', { name: 'Дать пояснение' }));
      await settled(page);
      assert.equal(await state(house, one.id), 'cause');
      await keys.reach(page, page.getByLabel('Причина по классификатору'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await keys.type(page, page.getByLabel('Комментарий', { exact: true }), 'Согласны с такой причиной.');
      await keys.press(page, page.getByRole('button', { name: 'Предложить причину' }));
      await settled(page);
    });
    assert.ok((await house.get('operator', `/cases/${one.id}`)).body.cause);
  });

  await t.test('the municipality agrees with the keyboard alone', async () => {
    await open(people.municipal, `/cases/${one.id}`, async (page) => {
      await page.getByText('Школа предложила:').waitFor();
      await keys.type(page, page.getByLabel('Комментарий', { exact: true }), 'Причина подтверждается.');
      await keys.press(page, page.getByRole('button', { name: 'Согласовать причину' }));
      await settled(page);
      assert.equal(await state(house, one.id), 'recommendation');
    });
  });

  await t.test('the letter is written with the base, approved, numbered and comes as DOCX', async () => {
    await open('operator', `/cases/${one.id}`, async (page) => {
      await page.getByRole('link', { name: 'Написать письмо с рекомендацией' }).click();
      await settled(page);
      assert.ok((await page.getByLabel('Текст письма').inputValue()).length > 20, 'the base speaks');
      const before = (await page.getByLabel('Текст письма').inputValue()).length;
      await page.getByRole('button', { name: 'Вставить в письмо' }).first().click();
      assert.ok((await page.getByLabel('Текст письма').inputValue()).length > before);
      await axe(page);
      await press(page, 'Создать черновик');
      await page.waitForURL(/\/recommendations\/\d+/);
      await settled(page);
      letter = Number(new URL(page.url()).pathname.split('/').at(-1));
      await page.getByText('появится при отправке').first().waitFor(); // number and date are told as gaps
      await axe(page);
      await press(page, 'На согласование');
    });
    await open('head', `/recommendations/${letter}`, (page) => press(page, 'Согласовать'));
    await open('operator', `/recommendations/${letter}`, async (page) => {
      await date(page, 'Дата письма', '11.05.2022');
      await press(page, 'Отправить');
      await page.locator('.oko-paper').getByText(/№ \d+\/2022 от 11\.05\.2022/).waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать DOCX' }).click()]);
      const parts = unzip(readFileSync(await file.path()));
      assert.match(parts.get('word/document.xml').toString(), /от 11\.05\.2022/);
      assert.ok(parts.get('word/document.xml').includes(people.name));
    });
    await open('operator', `/cases/${one.id}`, async (page) => {
      await press(page, 'Направить рекомендацию');
      assert.equal(await state(house, one.id), 'plan');
    });
  });

  await t.test('the school answers the letter with a file', async () => {
    await open(people.school, `/recommendations/${letter}`, async (page) => {
      await page.locator('input[type=file]').first().setInputFiles({ name: 'ответ.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 ответ') });
      await page.getByRole('link', { name: 'ответ.pdf' }).waitFor();
      await page.getByLabel('Ответ', { exact: true }).fill('Рекомендации обсуждены на педсовете.');
      await press(page, 'Ответить');
      await page.getByText('Ответ адресата').waitFor();
    });
  });

  await t.test('the plan is made, returned, mended, carried out with a document', async () => {
    await open(people.school, `/cases/${one.id}`, async (page) => {
      await press(page, 'Добавить меру');
      await choose(page, 'Что делаем');
      await page.getByLabel('Ответственный').fill('Заместитель директора');
      await press(page, 'Сохранить');
      await choose(page, 'Меры');
      await page.keyboard.press('Escape');
      await press(page, 'Представить план');
      assert.equal(await state(house, one.id), 'execution');
    });
    await open(people.municipal, `/cases/${one.id}`, async (page) => {
      await press(page, 'Вернуть план');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Комментарий').fill('Добавьте срок согласования критериев.');
      await dialog.getByLabel('Срок').fill('30.12.2026');
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Вернуть план' }).click();
      await settled(page);
      assert.equal(await state(house, one.id), 'plan');
    });
    await open(people.school, `/cases/${one.id}`, async (page) => {
      await page.getByText('Добавьте срок согласования критериев.').waitFor(); // why it came back stands in the story
      await press(page, 'Представить план');
      assert.ok(await page.getByRole('button', { name: 'Сообщить об исполнении' }).isDisabled()); // no document yet
      await page.locator('.oko-next input[type=file]').setInputFiles({ name: 'протокол.txt', mimeType: 'text/plain', buffer: Buffer.from('протокол') });
      await page.locator('.oko-next').getByRole('link', { name: 'протокол.txt' }).waitFor();
      await page.getByLabel('Что сделано', { exact: true }).fill('Критерии согласованы.');
      await shot(page, 'case-school-report', { full: true });
      await press(page, 'Сообщить об исполнении');
      assert.equal(await state(house, one.id), 'acceptance');
    });
  });

  await t.test('the municipality accepts, the region checks the effect and concludes', async () => {
    await open(people.municipal, `/cases/${one.id}`, async (page) => {
      await page.getByLabel('Комментарий', { exact: true }).fill('Принято.');
      await press(page, 'Принять исполнение');
    });
    await open('operator', '/effect?year=2021', async (page) => {
      await press(page, 'Сохранить отчёт');
      await page.getByRole('link', { name: people.name }).first().waitFor(); // the case is in the report
    });
    await open('operator', `/cases/${one.id}`, async (page) => {
      await page.getByText('Проверка результата').first().waitFor();
      await page.getByLabel('Комментарий', { exact: true }).fill('Итог по данным следующего года.');
      await press(page, 'Оценить результат');
      assert.equal(await state(house, one.id), 'closed');
      await axe(page);
      await shot(page, 'case-closed', { full: true });
    });
  });

  await t.test('on a phone nothing sticks out', async () => {
    await open('operator', `/cases/${one.id}`, async (page) => {
      assert.equal(await overflow(page), 0);
      await page.goto('/cases');
      await settled(page);
      assert.equal(await overflow(page), 0);
      await page.goto(`/recommendations/${letter}`);
      await settled(page);
      assert.equal(await overflow(page), 0);
    }, { size: NARROW });
  });
});

test('many signals are taken up at once, all or nothing', async () => {
  const house = await openHouse();
  await house.call('operator', 'POST', '/cases/signals', { body: { year: 2021, threshold: 'attention' } });
  const before = (await house.get('operator', '/cases/board')).states;
  assert.ok(before.signal > 1, 'the demonstration has signals');
  await house.with('operator', { path: '/cases?view=list&state=signal' }, async (page) => {
    await page.locator('.ant-table-thead').getByRole('checkbox').check();
    await press(page, 'Взять на рассмотрение');
    await page.getByText('По этому отбору случаев нет').waitFor();
  });
  const after = (await house.get('operator', '/cases/board')).states;
  assert.equal(after.signal, Math.max(0, before.signal - 50));
  await house.with('operator', { path: '/cases' }, async (page) => {
    const card = page.locator('a.oko-case').first();
    await card.focus();
    await page.keyboard.press('ArrowDown'); // the board is walked with the arrow keys
    assert.ok(await page.locator('a.oko-case').nth(1).evaluate((e) => e === document.activeElement));
    await axe(page);
  });
});

test('a letterhead of the office is put under all letters', async () => {
  const house = await openHouse();
  // A letterhead as Word would save it: made from a letter of the program, with a place in its text.
  const letter = (await house.get('operator', '/recommendations?limit=1')).items[0];
  await house.with('operator', { path: '/recommendations/templates' }, async (page) => {
    page.expectFailures(422);
    await page.locator('input[type=file]').setInputFiles({ name: 'не бланк.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('просто текст') });
    await page.getByRole('alert').filter({ hasText: 'не шаблон' }).waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'бланк.docx', mimeType: 'application/octet-stream', buffer: letterhead() });
    await page.getByRole('heading', { name: 'бланк.docx' }).waitFor();
    await page.getByText('{{печать}}').waitFor(); // what the program does not know is told
    await press(page, 'Использовать');
    await settled(page);
    await axe(page);
  });
  await house.with('head', { path: `/recommendations/${letter.id}` }, async (page) => {
    await page.getByText('Бланк: бланк.docx').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Скачать DOCX$/ }).click()]);
    assert.match(unzip(readFileSync(await file.path())).get('word/document.xml').toString(), new RegExp(`Бланк № ${letter.body.number}`));
  });
});

/** The least DOCX, stored without compression. */
function letterhead() {
  const files = [['[Content_Types].xml', '<Types/>'], ['word/document.xml', '<w:document><w:body><w:p><w:r><w:t>Бланк № {{number}} {{text}} {{печать}}</w:t></w:r></w:p></w:body></w:document>']];
  const crcOf = (bytes) => { let crc = ~0; for (const byte of bytes) { crc ^= byte; for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1)); } return ~crc >>> 0; };
  const head = (body, name, extra) => { const b = Buffer.alloc(26); b.writeUInt16LE(20, 0); b.writeUInt32LE(crcOf(body), 10); b.writeUInt32LE(body.length, 14); b.writeUInt32LE(body.length, 18); b.writeUInt16LE(name.length, 22); return Buffer.concat([b, extra]); };
  const chunks = []; const central = []; let at = 0;
  for (const [title, text] of files) {
    const name = Buffer.from(title), body = Buffer.from(text);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head(body, name, Buffer.alloc(0)), name, body]);
    const place = Buffer.alloc(14); place.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head(body, name, Buffer.alloc(0)), place.subarray(0, 14), name]));
    chunks.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22); end.write('PK\x05\x06', 0, 'latin1'); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10); end.writeUInt32LE(directory.length, 12); end.writeUInt32LE(at, 16);
  return Buffer.concat([...chunks, directory, end]);
}
