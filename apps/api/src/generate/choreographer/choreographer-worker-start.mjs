// Node 20 does not hand tsx's loader down to worker threads, so a worker cannot start with a TypeScript file:
// this one registers the loader first.
import { register } from 'tsx/esm/api';

register();
await import('./choreographer-worker.ts');
