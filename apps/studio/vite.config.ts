import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { COMPILED_ALIAS, compileWords } from './build/compile-words.ts';
import { compressFiles } from './build/compress-files.ts';
import { preloadApp } from './build/preload-app.ts';

const FONTS = ['instrument-sans-latin-wght', 'bricolage-grotesque-latin-wght'];

/**
 * Each file is a request, and a browser makes few at once: what the entry begins with, what the page is made with, and what
 * several views share come as one each, but for what is heavy and needed by few. The rest comes with its view.
 */
const CHUNKS = [
  {
    name: 'begin',
    test: /\/src\/(?:main\.|make-client|session|api\/(?:kept-refresh|problem|refresh-in-turn|session|user-of-token)|words\/l|app\/(?:addresses|look|views))|openapi-fetch/,
    priority: 3,
  },
  {
    name: 'frame',
    test: /\/node_modules\/(?:react|react-dom|scheduler|@tanstack|use-intl|use-sync-external-store)\//,
    priority: 2,
  },
  {
    name: 'shared',
    test: /\/(?:src\/ui\/(?!sortable)|src\/api\/|lucide-react\/|@?radix-ui\/)/,
    minShareCount: 2,
    priority: 1,
  },
];

/** Whoever builds it says where it goes: `infra/build/studio.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { alias: [COMPILED_ALIAS] },
  plugins: [
    react(),
    compileWords(),
    preloadApp({ module: 'src/app/start.tsx', fonts: FONTS }),
    compressFiles(),
  ],
  build: {
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Data addresses would need a looser content security policy.
    assetsInlineLimit: 0,
    // It would be an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
});
