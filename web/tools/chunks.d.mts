import type { GetManualChunk } from 'rollup';

export declare function okoChunks(): GetManualChunk;
