// Reads the texts and the sources of the interface for the tests about words: which keys there are, which are used, and
// which words stand in the code instead of a text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

export const src = fileURLToPath(new URL('../src', import.meta.url));
const list = (folder, end) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  return entry.isDirectory() ? list(path, end) : end.test(entry.name) ? [path] : [];
});

/** Texts of a language: namespace → key (with its plural ending) → value. */
export function texts(language) {
  const flat = (node, path, out) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object') flat(value, [...path, key], out);
      else out.set([...path, key].join('.'), value);
    }
    return out;
  };
  const folder = join(src, 'text', language);
  return new Map(list(folder, /\.json$/).map((path) => [path.slice(folder.length + 1, -5), flat(JSON.parse(readFileSync(path, 'utf8')), [], new Map())]));
}

export const PLURAL = /_(zero|one|two|few|many|other)$/;
/** Keys as the code names them: without plural ending, "ns:key". */
export const baseKeys = (all) => new Set([...all].flatMap(([ns, keys]) => [...keys.keys()].map((key) => `${ns}:${key.replace(PLURAL, '')}`)));

export const sources = () => list(src, /\.tsx?$/).filter((path) => !path.endsWith('schema.d.ts'));

const letters = /\p{L}/u;
const WORDS = new Set(['title', 'label', 'placeholder', 'aria-label', 'aria-description', 'ariaLabel', 'alt', 'description', 'okText', 'cancelText',
  'content', 'tooltip', 'extra', 'header', 'heading', 'message', 'help', 'summary', 'caption', 'text', 'emptyText', 'addonBefore', 'addonAfter',
  'notFoundContent', 'subTitle', 'tip', 'checkedChildren', 'unCheckedChildren', 'okButtonText', 'name-label']);

/**
 * Of one source file: keys { key, line }, patterns of keys made of parts { pattern, line }, every other text that may be a
 * key, namespaces of its useTranslation, words that stand in the code and Cyrillic outside of comments { text, line }.
 */
export function readSource(path) {
  const text = readFileSync(path, 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const out = { path, keys: [], patterns: [], strings: new Set(), namespaces: new Set(), words: [], cyrillic: [] };
  const line = (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const word = (node, value) => { if (letters.test(value.replace(/&\w+;/g, ''))) out.words.push({ text: value.trim(), line: line(node), key: value }); };

  // Literal texts that an expression may become: both sides of a choice, the pieces of a template.
  const shown = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) word(node, node.text);
    else if (ts.isTemplateExpression(node)) {
      word(node, node.head.text);
      node.templateSpans.forEach((span) => word(span, span.literal.text));
    } else if (ts.isConditionalExpression(node)) { shown(node.whenTrue); shown(node.whenFalse); }
    else if (ts.isBinaryExpression(node) && /^(\|\||&&|\?\?|\+)$/.test(node.operatorToken.getText(file))) { shown(node.left); shown(node.right); }
    else if (ts.isParenthesizedExpression(node)) shown(node.expression);
  };
  const keyOf = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) out.keys.push({ key: node.text, line: line(node) });
    else if (ts.isTemplateExpression(node)) {
      const quoted = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const pattern = quoted(node.head.text) + node.templateSpans.map((span) => `.+${quoted(span.literal.text)}`).join('');
      if (letters.test(pattern)) out.patterns.push({ pattern, line: line(node) });
    } else if (ts.isConditionalExpression(node)) { keyOf(node.whenTrue); keyOf(node.whenFalse); }
    else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) keyOf(node.expression);
    else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(keyOf);
    else if (ts.isBinaryExpression(node)) { keyOf(node.left); keyOf(node.right); }
  };
  const called = (node) => {
    const name = ts.isIdentifier(node.expression) ? node.expression.text : ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
    const owner = ts.isPropertyAccessExpression(node.expression) && ts.isIdentifier(node.expression.expression) ? node.expression.expression.text : '';
    if (name === 't' && node.arguments.length > 0) keyOf(node.arguments[0]);
    if (name === 'useTranslation') {
      const [first] = node.arguments;
      const names = first === undefined ? [] : ts.isArrayLiteralExpression(first) ? [...first.elements] : [first];
      if (first === undefined) out.namespaces.add('app');
      names.slice(0, 1).filter(ts.isStringLiteralLike).forEach((one) => out.namespaces.add(one.text));
    }
    if (owner === 'toast' || owner === 'message') node.arguments.slice(0, 1).forEach(shown);
  };
  const isText = (node) => ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateLiteralToken(node) || ts.isIdentifier(node)
    || node.kind === ts.SyntaxKind.RegularExpressionLiteral;
  const visit = (node) => {
    if (isText(node) && /\p{Script=Cyrillic}/u.test(node.getText(file))) out.cyrillic.push({ text: node.getText(file).trim(), line: line(node) });
    if (ts.isJsxText(node)) word(node, node.text);
    else if (ts.isJsxExpression(node) && node.expression && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))) shown(node.expression);
    else if (ts.isJsxAttribute(node) && WORDS.has(node.name.getText(file)) && node.initializer) {
      shown(ts.isJsxExpression(node.initializer) ? node.initializer.expression ?? node.initializer : node.initializer);
    } else if (ts.isPropertyAssignment(node) && WORDS.has(node.name.getText(file).replace(/['"]/g, ''))) shown(node.initializer);
    else if (ts.isCallExpression(node)) called(node);
    if (ts.isStringLiteralLike(node)) out.strings.add(node.text);
    else if (ts.isTemplateExpression(node)) {
      // A key may be made of parts outside of t(…): `cases:board.${column}`.
      const quoted = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      if (/^[\w-]+[:.]/.test(node.head.text)) out.strings.add({ pattern: quoted(node.head.text) + node.templateSpans.map((span) => `.+${quoted(span.literal.text)}`).join('') });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return out;
}
