// Nothing typed is lost: every form and every field of the interface keeps a draft, or is listed here with a reason.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';

import ts from 'typescript';

import { sources, src } from './texts.mjs';

const FORMS = new Set(['Form', 'form']);
const FIELDS = new Set(['Input', 'Input.TextArea', 'InputNumber', 'DatePicker', 'TimePicker', 'AutoComplete', 'textarea', 'input']);
const allowed = JSON.parse(readFileSync(new URL('forms.allowed.json', import.meta.url), 'utf8')).notKept;

/** Of a source: forms and fields that nothing keeps, and fields of passwords in kept forms that do not name their secrets. */
function unkept(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found = { forms: 0, fields: 0, secrets: 0 };
  const nameOf = (node) => (ts.isJsxElement(node) ? node.openingElement : node).tagName.getText(file);
  const attributes = (node) => (ts.isJsxElement(node) ? node.openingElement : node).attributes.properties.map((one) => one.name?.getText(file));
  const isTag = (node) => ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node);
  // A field with a name belongs to the form around it, here or in the file that uses these fields; all forms are kept ones.
  const named = (node) => { for (let up = node.parent; up; up = up.parent) if (isTag(up) && nameOf(up) === 'Form.Item') return attributes(up).includes('name'); return false; };
  const drafts = /\buseDraft\b/.test(text), keeps = /\b(KeptForm|KeptFields|FormDialog)\b/.test(text);
  const visit = (node) => {
    if (isTag(node)) {
      const name = nameOf(node);
      if (FORMS.has(name) && !drafts) found.forms++;
      if (FIELDS.has(name) && !drafts && !named(node)) found.fields++;
      if (name === 'Input.Password' && keeps && !/\bsecret=/.test(text)) found.secrets++;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const all = sources().filter((path) => path.endsWith('x')).map((path) => ({ path: relative(src, path), ...unkept(path, readFileSync(path, 'utf8')) }));

test('the look at the sources finds what it is for', () => {
  const none = { forms: 0, fields: 0, secrets: 0 };
  assert.deepEqual(unkept('a.tsx', '<Form><Form.Item name="a"><Input /></Form.Item></Form>'), { ...none, forms: 1 });
  assert.deepEqual(unkept('a.tsx', '<Form.Item label="a"><Input.TextArea value={a} /></Form.Item>'), { ...none, fields: 1 });
  assert.deepEqual(unkept('a.tsx', '<KeptForm><Form.Item name="a"><Input.Password /></Form.Item></KeptForm>'), { ...none, secrets: 1 });
  assert.deepEqual(unkept('a.tsx', '<KeptForm secret={["a"]}><Form.Item name="a"><Input.Password /></Form.Item></KeptForm>'), none);
  assert.deepEqual(unkept('a.tsx', 'const [a] = useDraft("a", ""); <Form><Input value={a} /></Form>'), none);
  assert.ok(all.length > 150);
});

test('every form and field keeps what is typed, or is listed with a reason', () => {
  const found = all.filter((one) => one.forms + one.fields + one.secrets > 0 && !allowed.some((known) => known.path === one.path));
  assert.deepEqual(found, [], 'use KeptForm, FormDialog or useDraft');
});

test('what is listed is needed, with a reason', () => {
  for (const { path, why } of allowed) {
    assert.ok(why.length > 10, path);
    const one = all.find((known) => known.path === path);
    assert.ok(one && one.forms + one.fields + one.secrets > 0, `${path} keeps everything, or is gone`);
  }
});
