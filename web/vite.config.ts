import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { okoChunks } from './tools/chunks.mjs';
import okoDirect from './tools/direct.mjs';
import okoIcons from './tools/icons.mjs';
import okoTextsAhead from './tools/texts-ahead.mjs';
import okoTitles from './tools/titles.mjs';

// Development: `npm run dev` beside a running `oko serve`; its address is taken from OKO_API.
const api = process.env.OKO_API ?? 'http://127.0.0.1:8470';
const proxy = { '/api': { target: api, changeOrigin: false } };

export default defineConfig({
  plugins: [okoDirect(), okoIcons(), okoTextsAhead(), react(), okoTitles()],
  server: { host: '127.0.0.1', proxy, fs: { allow: ['..'] } },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: process.env.OKO_WEB_OUT ?? '../build/web/dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: { output: { manualChunks: okoChunks() } },
  },
});
