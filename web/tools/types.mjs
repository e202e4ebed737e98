// Writes the types of api/openapi.yaml: `node tools/types.mjs [FILE]`, src/api/schema.d.ts when no file is named.
import { writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../api/openapi.yaml', import.meta.url);
const target = process.argv[2] ?? new URL('../src/api/schema.d.ts', import.meta.url);
const tree = await openapiTS(contract, { alphabetize: false, silent: true });
writeFileSync(target, `// Made from api/openapi.yaml by "npm run types". Do not edit.\n${astToString(tree)}`);
