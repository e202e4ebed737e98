import type { Plugin } from 'vite';

export default function okoTitles(): Plugin;
