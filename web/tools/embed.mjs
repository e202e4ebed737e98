// `node tools/embed.mjs DIST OUT`: a .gz twin beside every file of DIST that shrinks by it, and OUT/web_files.{c,S},
// which put all of them into the program under web/… (src/reference/embedded.h). Same files, same bytes.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = resolve(process.argv[2]);
const out = resolve(process.argv[3]);
const SHRINKS = /\.(html|js|css|svg|json|txt|webmanifest)$/;

const list = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? list(path) : [path];
  });

for (const path of list(dist)) {
  if (!SHRINKS.test(path)) continue;
  const bytes = readFileSync(path);
  const packed = gzipSync(bytes, { level: 9 }); // no name and no time in its head
  packed[9] = 255; // nor the system that made it
  if (packed.length < 0.95 * bytes.length) writeFileSync(`${path}.gz`, packed);
}

const quote = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const files = list(dist)
  .map((path) => ({ path, name: `web/${path.slice(dist.length + 1)}`, size: statSync(path).size }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
if (!files.some((f) => f.name === 'web/index.html')) throw new Error(`no index.html in ${dist}`);

const c = [
  '/* Made by web/tools/embed.mjs. */',
  '#include "reference/embedded.h"',
  '',
  ...files.map((_, i) => `extern const char oko_web_file_${i}[];`),
  '',
  'const oko_embedded oko_embedded_more[] = {',
  ...files.map((f, i) => `    { ${quote(f.name)}, { oko_web_file_${i}, ${f.size} } },`),
  '    { 0, { 0, 0 } }',
  '};',
];
const s = [
  '    .section .rodata',
  ...files.flatMap((f, i) => [
    '    .balign 16',
    `    .globl oko_web_file_${i}`,
    `oko_web_file_${i}:`,
    `    .incbin ${quote(f.path)}`,
    '    .byte 0',
  ]),
  '    .section .note.GNU-stack,"",%progbits',
];
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'web_files.c'), `${c.join('\n')}\n`);
writeFileSync(join(out, 'web_files.S'), `${s.join('\n')}\n`);
