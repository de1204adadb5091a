export { DEMO_WISHES, type DemoWish } from './demo-wishes.ts';
export { CLIP_SIZE as DEMO_CLIP_SIZE } from './drawing/camera.ts';
export {
  type DemoLibrary,
  type DemoProgress,
  type MakeDemoLibraryOptions,
  makeDemoLibrary,
  type ReadyFile,
} from './library.ts';
export {
  DEMO_LIBRARY_VERSION,
  type DemoFile,
  type DemoLibrarySpecification,
  type DemoMove,
  type DemoMoveSpecification,
  type DemoSong,
  type DemoSongSpecification,
  describeDemoLibrary,
} from './library-content.ts';
