// Plugin of vite: a module says at its end which areas of texts its useTranslation() names, so that whoever loads it
// (app/late.tsx) can have them on their way before the first component asks.
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

export const namespaces = (code) => [...new Set([...code.matchAll(/\buseTranslation\(\s*(\[[^\]]*|'[^']*')/g)]
  .flatMap(([, names]) => [...names.matchAll(/'([\w-]+)'/g)].map(([, name]) => name)))].filter((name) => name !== 'app');

export default function okoTextsAhead() {
  return {
    name: 'oko-texts-ahead',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?')[0];
      if (!file.startsWith(src) || !/\.tsx?$/.test(file)) return undefined;
      const names = namespaces(code);
      if (names.length === 0) return undefined;
      return { code: `${code}\nimport { textsAhead as okoTexts } from '${src}app/texts';\nokoTexts(${JSON.stringify(names)});\n`, map: null };
    },
  };
}
