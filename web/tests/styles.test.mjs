// A look belongs to one style file, and a page has the files of the looks that it uses: else what is seen depends on which
// page was visited before. Files of an area come with its pages and stay, so a class that two of them define is a leak.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

import { src } from './texts.mjs';

const MADE = join(src, 'styles/antd.css');
const files = (folder, kinds) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const path = join(folder, entry.name);
  return entry.isDirectory() ? files(path, kinds) : kinds.test(entry.name) ? [path] : [];
});
const styles = files(src, /\.css$/).filter((path) => path !== MADE);
const modules = files(src, /\.tsx?$/);
const at = (path) => relative(src, path);

/** Splits at commas that stand in no brackets. */
function parts(selectors) {
  const out = [''];
  let depth = 0;
  for (const sign of selectors) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (sign === ',' && depth === 0) out.push('');
    else out[out.length - 1] += sign;
  }
  return out.map((one) => one.trim()).filter(Boolean);
}

/** The selectors of a style file, each with the class that it belongs to: the first of ours in it. */
function selectors(path) {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/@import[^;]*;/g, '');
  return [...text.matchAll(/([^{}]+)\{/g)].map((found) => found[1].trim()).filter((one) => !one.startsWith('@'))
    .flatMap(parts).map((selector) => ({ selector, owner: /\.(oko-[\w-]+)/.exec(selector)?.[1] }));
}

const owners = new Map(); // class → its style files
for (const path of styles) {
  for (const { owner } of selectors(path)) if (owner) owners.set(owner, (owners.get(owner) ?? new Set()).add(path));
}

/** What a module brings with it at once: itself and all it imports, styles too. What it loads later is a start of its own. */
function brought(start, seen = new Set()) {
  if (seen.has(start)) return seen;
  seen.add(start);
  const text = readFileSync(start, 'utf8');
  const names = start.endsWith('.css') ? [...text.matchAll(/@import\s+'([^']+)'/g)] : [...text.matchAll(/^(?:import|export)\s(?:[^;]*?\sfrom\s)?'([^']+)'/gm)];
  for (const [, name] of names) {
    const file = ['', '.ts', '.tsx'].map((end) => join(dirname(start), name + end)).find((path) => name.startsWith('.') && existsSync(path) && /\.(tsx?|css)$/.test(path));
    if (file && file !== MADE) brought(file, seen);
  }
  return seen;
}

const used = (path) => new Set([...readFileSync(path, 'utf8').matchAll(/(?<![\w./-])oko-[a-z][\w-]*/g)].map((found) => found[0]).filter((name) => owners.has(name)));

test('a class is defined by one style file', () => {
  assert.ok(owners.size > 100 && styles.length > 5, `${owners.size} classes in ${styles.length} files`);
  assert.deepEqual([...owners].filter(([, paths]) => paths.size > 1).map(([name, paths]) => `.${name}: ${[...paths].map(at).join(', ')}`), []);
});

test('parts of Ant Design are restyled for all pages in app.css only', () => {
  const found = styles.filter((path) => path !== join(src, 'styles/app.css'))
    .flatMap((path) => selectors(path).filter(({ owner }) => !owner).map(({ selector }) => `${at(path)}: ${selector}`));
  assert.deepEqual(found, []);
});

test('a page brings the styles of the classes that it uses', () => {
  const main = join(src, 'main.tsx');
  const always = brought(main);
  const starts = new Set([main]);
  for (const path of modules) {
    for (const [, name] of readFileSync(path, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)) {
      const file = ['', '.ts', '.tsx'].map((end) => join(dirname(path), name + end)).find((one) => existsSync(one) && /\.tsx?$/.test(one));
      if (file) starts.add(file);
    }
  }
  assert.ok(starts.size > 40, `${starts.size} pages and parts that come later`);
  const found = new Set();
  for (const start of starts) {
    const own = brought(start);
    for (const path of own) {
      if (path.endsWith('.css')) continue;
      for (const name of used(path)) {
        const [owner] = owners.get(name);
        if (!own.has(owner) && !always.has(owner)) found.add(`${at(start)}: .${name} of ${at(path)} needs ${at(owner)}`);
      }
    }
  }
  assert.deepEqual([...found], []);
});

test('a class that is defined is used', () => {
  const all = new Set(modules.flatMap((path) => [...used(path)]));
  const begun = modules.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/(oko-[a-z-]+-)\$\{/g)].map((found) => found[1])); // `oko-datum-${severity}`
  const ofTheme = /^oko-(light|dark)(-large)?$/; // names of the theme's variables
  assert.deepEqual([...owners.keys()].filter((name) => !all.has(name) && !ofTheme.test(name) && !begun.some((start) => name.startsWith(start))), []);
});
