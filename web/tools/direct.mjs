// Plugin of vite: `import { Button } from 'antd'` becomes an import of antd's button alone, and so with icons. The index files
// of both would tie every page to every component when tools/chunks.mjs asks what a page needs, and are slow to build.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const read = (file) => readFileSync(new URL(`../node_modules/${file}`, import.meta.url), 'utf8');
const places = (file, folder) => new Map([...read(file).matchAll(/export \{ default as (\w+) \} from ['"]\.\/([^'"]+)['"]/g)].map(([, name, path]) => [name, `${folder}/${path}`]));

function rewrite(list, known, from) {
  return list.split(',').map((one) => one.trim()).filter((one) => one && !one.startsWith('type ')).map((one) => {
    const [name, as = name] = one.split(/\s+as\s+/);
    return known.has(name) ? `import ${as} from '${known.get(name)}';` : `import { ${one} } from '${from}';`;
  }).join(' ');
}

export default function okoDirect() {
  const known = {
    antd: places('antd/es/index.js', 'antd/es'),
    '@ant-design/icons': places('@ant-design/icons/es/icons/index.js', '@ant-design/icons/es/icons'),
  };
  return {
    name: 'oko-direct',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(src) || !/\.tsx?$/.test(id)) return undefined;
      const out = code.replace(/^import \{([^}]*)\} from '(antd|@ant-design\/icons)';/gm, (_, list, from) => rewrite(list, known[from], from));
      return out === code ? undefined : { code: out, map: null };
    },
  };
}
