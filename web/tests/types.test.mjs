// The types of the contract are those that are committed, and the interface is typed against them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const run = (...args) => {
  try {
    return execFileSync(process.execPath, args, { cwd: web, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${error.stdout}${error.stderr}`);
  }
};

test('schema.d.ts is as api/openapi.yaml says (npm run types writes it)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oko-types-'));
  try {
    run('tools/types.mjs', join(folder, 'schema.d.ts'));
    const made = readFileSync(join(folder, 'schema.d.ts'), 'utf8');
    assert.ok(made.length > 10000);
    assert.ok(made === readFileSync(join(web, 'src/api/schema.d.ts'), 'utf8'), 'the contract has changed: npm run types, and commit src/api/schema.d.ts');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('tsc finds nothing', () => {
  run('node_modules/typescript/bin/tsc', '--noEmit');
});
