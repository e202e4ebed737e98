// Plugin of vite: the modules virtual:oko-titles/ru and …/en hold the names of all pages that pages/AREA/pages.ts list, by
// namespace, so that the menu does not load the texts of every area.
import { readdirSync, readFileSync } from 'node:fs';

const src = new URL('../src/', import.meta.url);
const PREFIX = 'virtual:oko-titles/';

function keys() {
  const pages = readdirSync(new URL('pages/', src)).flatMap((area) => {
    try {
      return [readFileSync(new URL(`pages/${area}/pages.ts`, src), 'utf8')];
    } catch {
      return [];
    }
  });
  return pages.flatMap((text) => [...text.matchAll(/\b(?:title|school|municipal): '([\w-]+):([\w.-]+)'/g)].map(([, ns, path]) => [ns, ...path.split('.')]));
}

function titles(language) {
  const out = {};
  for (const [ns, ...path] of keys()) {
    let from = JSON.parse(readFileSync(new URL(`text/${language}/${ns}.json`, src), 'utf8'));
    let to = (out[ns] ??= {});
    for (const step of path.slice(0, -1)) {
      from = from[step];
      to = to[step] ??= {};
    }
    to[path.at(-1)] = from[path.at(-1)];
  }
  return out;
}

export default function okoTitles() {
  return {
    name: 'oko-titles',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith(`\0${PREFIX}`) ? `export default ${JSON.stringify(titles(id.slice(PREFIX.length + 1)))};` : undefined),
  };
}
