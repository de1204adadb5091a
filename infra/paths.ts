import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT_DIRECTORY = fileURLToPath(new URL('../', import.meta.url));
/** Everything that running on this machine leaves behind: database, media, generated library, secrets. */
export const DATA_DIRECTORY = fileURLToPath(new URL('../.data/', import.meta.url));
/** The page as `pnpm dev` and `pnpm demo` serve it. */
export const STUDIO_DIRECTORY = fileURLToPath(new URL('../.data/studio/', import.meta.url));
/** The package that holds the pose model, outside the workspace. */
export const POSE_MODEL_DIRECTORY = fileURLToPath(new URL('../packages/pose/model/', import.meta.url));
