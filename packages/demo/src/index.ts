export { DEMO_WISHES, type DemoWish } from './demo-wishes.ts';
export { CLIP_SIZE as DEMO_CLIP_SIZE } from './drawing/camera.ts';
export { DEMO_ERRORS } from './errors.ts';
export {
  type DemoLibrary,
  makeDemoLibrary,
} from './library.ts';
export {
  type DemoMove,
  type DemoMoveSpecification,
  type DemoSong,
  type DemoSongSpecification,
  describeDemoLibrary,
} from './library-content.ts';
