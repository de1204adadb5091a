import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What the API serves: for `pnpm dev` and `pnpm demo` in `dist/studio`, in the built API in `dist/api/studio`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/studio', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Data addresses would need a looser content security policy.
    assetsInlineLimit: 0,
    // It would be an inline script.
    modulePreload: { polyfill: false },
  },
});
