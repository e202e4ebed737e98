// The documents for people that are built in: the guide has a part for every page, and every link leads somewhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { build } from 'vite';

import { texts } from './texts.mjs';

const at = (path) => new URL(`../../${path}`, import.meta.url);
const read = (path) => readFileSync(at(path), 'utf8');
const { output: [made] } = await build({
  configFile: false, logLevel: 'silent', build: { write: false, minify: false, lib: { entry: new URL('../src/parts/blocks.ts', import.meta.url).pathname, formats: ['es'] } },
}).then((all) => all[0]);
const { anchorOf, blocksOf, inlineOf, partOf, sameHead } = await import(`data:text/javascript,${encodeURIComponent(made.code)}`);

const TWINS = [['guide.md', 'guide.en.md'], ['methods.md', 'methods.en.md']];
const USER = [...TWINS.flat(), 'commands.md', 'server.md'];
const METHODS = readdirSync(at('docs')).filter((name) => /^METHODS.*\.md$/.test(name));
const blocks = new Map([...USER.map((name) => [name, blocksOf(read(`docs/user/${name}`))]), ...METHODS.map((name) => [name, blocksOf(read(`docs/${name}`))])]);
const heads = (name) => blocks.get(name).filter((block) => block.kind === 'head');
const ids = (name) => heads(name).map((block) => block.id);

test('the reader of documents: lists after a paragraph, emphasis, escaped signs, code, tables', () => {
  const [text, list, after] = blocksOf('Words before\nand more:\n- *first* one\n  goes on\n- `b*c*d`\n\nAfter');
  assert.deepEqual([text.kind, list.kind, list.ordered, list.items, after.text], ['text', 'list', false, ['*first* one goes on', '`b*c*d`'], 'After']);
  assert.deepEqual(inlineOf('*a* **b** lz\\* a*b*c [d](e.md)').map((one) => one.kind + (one.text ?? '')), ['ema', 'words ', 'strong', 'words lz', 'words*', 'words a*b*c ', 'linkd'].map((one) => one.replace('ema', 'em')));
  assert.deepEqual(blocksOf('| a | b |\n|---|---|\n| 1 | 2\\|3 |')[0], { kind: 'table', head: ['a', 'b'], rows: [['1', '2|3']] });
});

test('no sign of the notation is left in the documents as they are shown', () => {
  const left = [];
  const look = (name, pieces) => pieces.forEach((piece) => {
    if (piece.inside) look(name, piece.inside);
    else if (piece.kind === 'words' && /\*\*|\]\(|(^|\s)\*\p{L}|`/u.test(piece.text)) left.push(`${name}: ${piece.text.slice(0, 80)}`);
  });
  for (const [name, all] of blocks) for (const block of all) for (const text of [block.text, ...(block.items ?? []), ...(block.rows ?? []).flat()]) if (text && block.kind !== 'code') look(name, inlineOf(text));
  assert.deepEqual(left, []);
});

for (const [language, guide] of [['ru', 'guide.md'], ['en', 'guide.en.md']]) test(`the guide has a part for every page of the interface: ${language}`, () => {
  const words = texts(language);
  const pages = readdirSync(new URL('../src/pages/', import.meta.url)).flatMap((area) => {
    try {
      return [...readFileSync(new URL(`../src/pages/${area}/pages.ts`, import.meta.url), 'utf8').matchAll(/path: '([^']+)', title: '([\w-]+):([\w.-]+)', section: '(\w+)'(.*)$/gm)];
    } catch {
      return [];
    }
  }).map(([, path, ns, key, section, rest]) => ({ path, section, name: words.get(ns).get(key), menu: /menu: (\d+)/.exec(rest)?.[1], open: /open: true/.test(rest) }));
  assert.ok(pages.length > 60);
  const has = (name) => partOf(blocks.get(guide), anchorOf(name)).length > 0;
  assert.deepEqual(pages.filter((page) => page.menu !== undefined && !has(page.name)).map((page) => page.name), [], 'pages of the menu');
  const under = (page) => pages.some((above) => above.menu !== undefined && above.path !== '/' && above.section === page.section && (page.path.startsWith(above.path) || above.menu === '0') && has(above.name));
  assert.deepEqual(pages.filter((page) => !page.open && !has(page.name) && !under(page)).map((page) => page.path), [], 'other pages');
});

test('a document says the same in both languages: headings, lists and tables in the same order, and no Russian words in English', () => {
  for (const [russian, english] of TWINS) {
    assert.ok(heads(russian).length > 10);
    assert.deepEqual(heads(english).map((one) => one.level), heads(russian).map((one) => one.level), english);
    const outline = (name) => heads(name).map(({ id, text }, i) => {
      const all = blocks.get(name), from = all.indexOf(heads(name)[i]), next = all.indexOf(heads(name)[i + 1]);
      return { id, text, parts: all.slice(from + 1, next < 0 ? undefined : next).map((one) => `${one.kind} ${one.items?.length ?? one.rows?.length ?? ''}`.trim()) };
    });
    const [a, b] = [outline(russian), outline(english)];
    a.forEach((one, i) => assert.deepEqual(b[i].parts, one.parts, `«${one.text}» and “${b[i].text}”`));
    assert.doesNotMatch(read(`docs/user/${english}`), /\p{Script=Cyrillic}/u);
  }
});

test('a link to a part leads to the same part after a change of language', () => {
  for (const [russian, english] of TWINS) {
    for (const name of [russian, english]) assert.equal(new Set(ids(name)).size, ids(name).length, `${name} has two headings of one name`);
    ids(russian).forEach((id, i) => {
      assert.equal(sameHead(blocks.get(english), blocks.get(russian), id), ids(english)[i]);
      assert.equal(sameHead(blocks.get(russian), blocks.get(english), ids(english)[i]), id);
    });
    assert.equal(sameHead(blocks.get(english), blocks.get(russian), 'no-such-heading'), undefined);
  }
  const [ru, en] = [texts('ru'), texts('en')];
  for (const { id, text } of heads('guide.md').filter((one) => one.level === 3)) {
    const pairs = [...ru].flatMap(([ns, own]) => [...own].filter(([key, value]) => /^page\b/.test(key) && value === text).map(([key]) => en.get(ns).get(key)));
    if (pairs.length > 0) assert.ok(pairs.map(anchorOf).includes(sameHead(blocks.get('guide.en.md'), blocks.get('guide.md'), id)), `«${text}» stands beside the part of another page`);
  }
});

test('links of the documents lead to a document and a heading that exist', () => {
  const wrong = [];
  for (const name of USER) {
    for (const [, to] of read(`docs/user/${name}`).matchAll(/\]\(([^)\s]+)\)/g)) {
      const [file, anchor] = to.split('#');
      const target = file === '' ? name : file.replace('../', '');
      if (TWINS.some(([russian, english]) => (name.endsWith('.en.md') ? target === russian : target === english))) wrong.push(`${name}: ${to} is in the other language`);
      if (blocks.has(target) ? anchor && !ids(target).includes(anchor) : !/^(https?:|(\.\.\/)?(formats|adr|man)\/)/.test(to)) wrong.push(`${name}: ${to}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('«как получено» leads to the plain words of every rule and to the section of its method', () => {
  const plain = JSON.parse(read('web/src/parts/how/in-plain-words.json'));
  const named = [...read('src/report/how.c').matchAll(/\{ "[^"]*", "(METHODS[\w-]*)", "(\d+)" \}/g)].map(([, file, section]) => ({ file, section }));
  assert.ok(named.length >= 10);
  for (const { file, section } of named) {
    assert.ok(ids(`${file}.md`).includes(`s${section}`), `${file} has no section ${section}`);
    assert.ok(plain[`${file}#${section}`], `${file}#${section} is not said in plain words`);
  }
  for (const heading of Object.values(plain)) assert.ok(ids('methods.md').includes(anchorOf(heading)), `methods.md has no «${heading}»`);
});
