import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Whoever builds it says where it goes: `infra/build/studio.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Data addresses would need a looser content security policy.
    assetsInlineLimit: 0,
    // It would be an inline script.
    modulePreload: { polyfill: false },
  },
});
