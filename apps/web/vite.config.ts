import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { stampBuild } from './build-stamp.ts';
import { gzipBeside } from './gzip-plugin.ts';

const server = `http://127.0.0.1:${process.env.OFFSTAGE_PORT ?? '8000'}`;

export default defineConfig({
  plugins: [react(), tailwindcss(), stampBuild(), gzipBeside()],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // The content security policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      // The server refuses foreign hosts and origins; the page server speaks to it in its own name.
      '/trpc': { target: server, ws: true, changeOrigin: true, headers: { origin: server } },
      '/health': { target: server, changeOrigin: true },
      '/api': { target: server, changeOrigin: true, headers: { origin: server } },
      '/files': { target: server, changeOrigin: true, headers: { origin: server } },
    },
  },
});
