export { companionPictures, posterPicture } from './companion-pictures.ts';
export {
  MEZZANINE_BRAND,
  MEZZANINE_FRAME_RATE,
  MEZZANINE_TIMESCALE,
  type MezzaninePreset,
  mezzanineEncoding,
} from './format.ts';
export { type CountedClip, countTimesSec, keyframeFrames } from './keyframe-grid.ts';
export { gainDecibels } from './loudness.ts';

export { houseLookFilters, housePictureFilters } from './picture-filters.ts';
export type { PictureSize } from './picture-size.ts';
export { prepareClip } from './prepare-clip.ts';
export { prepareSample } from './prepare-sample.ts';
export {
  type PrepareSoundtrackOptions,
  prepareSoundtrack,
} from './prepare-soundtrack.ts';
export {
  companionKeys,
  type PreparedClipKeys,
  preparedClipKeys,
  preparedSongKey,
  SOUNDTRACK_VERSION,
  songSampleKey,
} from './prepared-keys.ts';
export { readPictures } from './read-pictures.ts';
export { mezzanineTrack, type SealedMezzanine, sealMezzanine } from './seal-mezzanine.ts';

export {
  sheetTile,
  THUMBNAIL_EVERY_SEC,
  thumbnailCount,
} from './thumbnail-sheet.ts';
