import type { Plugin } from 'vite';

export declare const namespaces: (code: string) => string[];
export default function okoTextsAhead(): Plugin;
