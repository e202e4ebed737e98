// Every word of the interface stands in src/text, in Russian and in English, and every text is used.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';

import { baseKeys, PLURAL, readSource, sources, src, texts } from './texts.mjs';

const allowed = JSON.parse(readFileSync(new URL('texts.allowed.json', import.meta.url), 'utf8'));
const ru = texts('ru'), en = texts('en');
const keys = baseKeys(ru);
const files = sources().map(readSource);
const at = (file, line) => `${relative(src, file.path)}${line ? `:${line}` : ''}`;
const none = (found, what) => assert.deepEqual(found, [], what);
const known = (file, key) => {
  if (key.includes(':')) return keys.has(key);
  const namespaces = file.namespaces.size ? file.namespaces : ru.keys(); // a helper that is given its t
  return [...namespaces].some((ns) => keys.has(`${ns}:${key}`));
};

test('both languages have the same texts', () => {
  const of = baseKeys(en);
  none([...keys].filter((key) => !of.has(key)), 'only in Russian');
  none([...of].filter((key) => !keys.has(key)), 'only in English');
  assert.ok(keys.size > 100);
});

test('plural forms are complete', () => {
  const forms = { ru: ['one', 'few', 'many', 'other'], en: ['one', 'other'] };
  const found = [];
  for (const [language, all] of Object.entries({ ru, en })) {
    for (const [ns, own] of all) {
      const counted = new Map();
      for (const key of own.keys()) {
        const [, form] = PLURAL.exec(key) ?? [];
        if (form) counted.set(key.replace(PLURAL, ''), [...(counted.get(key.replace(PLURAL, '')) ?? []), form]);
      }
      for (const [key, has] of counted) {
        if (String(has.sort()) !== String([...forms[language]].sort())) found.push(`${language} ${ns}:${key} has ${has}`);
        if (own.has(key)) found.push(`${language} ${ns}:${key} stands beside its plural forms`);
        const other = language === 'ru' ? en : ru;
        if (!other.get(ns)?.has(`${key}_other`)) found.push(`${ns}:${key} is counted only in ${language}`);
      }
    }
  }
  none(found, 'plural forms');
});

test('both languages fill in the same values', () => {
  const values = (all, ns, key) => new Set([...all.get(ns)].filter(([k]) => k.replace(PLURAL, '') === key)
    .flatMap(([, text]) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((m) => m[1])).filter((name) => name !== 'count'));
  const found = [];
  for (const key of keys) {
    const [ns, name] = key.split(/:(.*)/s);
    if (!en.has(ns)) continue;
    const [a, b] = [values(ru, ns, name), values(en, ns, name)].map((set) => [...set].sort().join());
    if (a !== b) found.push(`${key}: ${a || 'nothing'} in Russian, ${b || 'nothing'} in English`);
  }
  none(found, 'values of a text');
});

test('every key that the code names exists', () => {
  const found = [];
  for (const file of files) {
    for (const { key, line } of file.keys) if (!known(file, key)) found.push(`${at(file, line)} ${key}`);
    for (const { pattern, line } of file.patterns) {
      const whole = new RegExp(`^${pattern.includes(':') ? '' : '[^:]+:'}${pattern}$`);
      if (![...keys].some((key) => whole.test(key))) found.push(`${at(file, line)} ${pattern}`);
    }
  }
  none(found, 'no such text');
});

test('every text is used', () => {
  const used = new Set(), patterns = allowed.usedByData.map((one) => new RegExp(`^${one.keys}$`));
  const namespaces = [...ru.keys()];
  const note = (text) => (text.includes(':') ? [text] : namespaces.map((ns) => `${ns}:${text}`)).forEach((key) => used.add(key));
  for (const file of files) {
    file.keys.forEach(({ key }) => note(key));
    for (const one of file.strings) {
      if (typeof one === 'string') note(one);
      else patterns.push(new RegExp(`^${one.pattern.includes(':') ? '' : '[^:]+:'}${one.pattern}$`));
    }
    file.patterns.forEach(({ pattern }) => patterns.push(new RegExp(`^${pattern.includes(':') ? '' : '[^:]+:'}${pattern}$`)));
  }
  none([...keys].filter((key) => !used.has(key) && !patterns.some((p) => p.test(key))), 'texts that nobody shows');
});

test('no words stand in the code', () => {
  const found = [];
  for (const file of files) {
    for (const { text, line, key } of file.words) {
      if (!known(file, key) && !keys.has(`app:${key}`) && !allowed.words.includes(text)) found.push(`${at(file, line)} ${text}`);
    }
  }
  none(found, 'words in the code');
});

test('no Cyrillic outside of text/ru', () => {
  const cyrillic = /\p{Script=Cyrillic}/u;
  const knownIn = (file, text) => allowed.cyrillicInCode.some((one) => one.path === at(file) && one.texts.includes(text));
  const found = files.flatMap((file) => file.cyrillic.filter(({ text }) => !knownIn(file, text)).map(({ text, line }) => `${at(file, line)} ${text}`));
  for (const { path, texts: listed } of allowed.cyrillicInCode) {
    const has = files.find((file) => at(file) === path)?.cyrillic.map(({ text }) => text) ?? [];
    listed.filter((text) => !has.includes(text)).forEach((text) => found.push(`${path} no longer holds ${text}`));
  }
  for (const [ns, own] of en) for (const [key, text] of own) if (cyrillic.test(text) && !allowed.cyrillicInEnglish.includes(`${ns}:${key}`)) found.push(`en ${ns}:${key}: ${text}`);
  none(found, 'Cyrillic');
});

test('no Russian text was left in English', () => {
  const found = [];
  for (const [ns, own] of ru) {
    for (const [key, text] of own) {
      const bare = text.replace(/\{\{[^}]*\}\}/g, '').replace(/<[^>]*>/g, '');
      const words = bare.split(/[^\p{L}]+/u).filter(Boolean);
      if (words.length && !/\p{Script=Cyrillic}/u.test(bare) && words.some((one) => !allowed.latin.includes(one))) found.push(`${ns}:${key}: ${text}`);
      if (text.trim() === '' && !allowed.empty.includes(`${ns}:${key}`)) found.push(`${ns}:${key} is empty`);
    }
  }
  none(found, 'not translated');
});
