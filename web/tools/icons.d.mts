import type { Plugin } from 'vite';

export default function okoIcons(): Plugin;
