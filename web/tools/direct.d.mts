import type { Plugin } from 'vite';

export default function okoDirect(): Plugin;
