// Writes src/styles/antd.css: the rules of every Ant Design component once, and the variables of both themes.
// The interface runs with theme.zeroRuntime: no style is computed in the browser.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { createElement as h } from 'react';

const require = createRequire(import.meta.url);
const here = new URL('.', import.meta.url);
const target = new URL('../src/styles/antd.css', here);
const stampFile = new URL('../node_modules/.oko-styles', here);

const themes = JSON.parse(readFileSync(new URL('../src/styles/theme.json', here), 'utf8'));
const stamp = JSON.stringify([require('antd/package.json').version, themes, readFileSync(new URL(import.meta.url), 'utf8')]);
if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

const { extractStyle } = require('@ant-design/static-style-extract');
const { ConfigProvider, theme } = require('antd');

function css(name) {
  const [scheme, size] = name.split('-');
  const algorithm = scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
  const config = {
    hashed: false,
    cssVar: { key: `oko-${name}`, prefix: 'ant' },
    algorithm,
    token: { ...themes.token, ...themes[scheme].token, ...(size ? themes[size].token : {}) },
    components: themes.components,
  };
  return extractStyle((node) => h(ConfigProvider, { theme: config }, node));
}

// Top-level rules of a style sheet, with their braces balanced.
function rules(text) {
  const out = [];
  let depth = 0, start = 0, quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote) { if (c === '\\') i++; else if (c === quote) quote = ''; continue; }
    if (c === '"' || c === "'") quote = c;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) { out.push(text.slice(start, i + 1).trim()); start = i + 1; }
  }
  return out;
}

// useId makes other names in each extraction; the rules of nested providers are of no use to us.
const own = (rule) => !rule.includes('.css-var-');
const light = rules(css('light')).filter(own);
const known = new Set(light);
for (const name of ['dark', 'light-large', 'dark-large']) {
  for (const rule of rules(css(name)).filter(own)) {
    if (known.has(rule)) continue;
    if (!rule.includes(`.oko-${name}`)) console.warn(`styles: ${name} has a rule of its own beyond variables: ${rule.slice(0, 100)}`);
    known.add(rule);
  }
}
writeFileSync(target, [...known].join('\n'));
writeFileSync(stampFile, stamp);
