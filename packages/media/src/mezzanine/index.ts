export { type CompanionPictures, companionPictures } from './companion-pictures.ts';
export {
  MEZZANINE_BRAND,
  MEZZANINE_FRAME_RATE,
  MEZZANINE_TIMESCALE,
  MEZZANINE_VERSION,
  type MezzanineEncodingOptions,
  type MezzaninePreset,
  mezzanineEncoding,
} from './format.ts';
export { type CountedClip, countTimesSec, keyframeFrames } from './keyframe-grid.ts';
export { gainDecibels, type Loudness, readLoudness } from './loudness.ts';
export { type MeasureLoudnessOptions, measureLoudness } from './measure-loudness.ts';
export { houseLookFilters, housePictureFilters, houseTimeFilters } from './picture-filters.ts';
export type { PictureSize } from './picture-size.ts';
export { MAX_CLIP_SEC, type PrepareClipOptions, prepareClip } from './prepare-clip.ts';
export {
  type PreparedSoundtrack,
  type PrepareSoundtrackOptions,
  prepareSoundtrack,
} from './prepare-soundtrack.ts';
export {
  companionKeys,
  type PreparedClipIdentity,
  type PreparedClipKeys,
  type PreparedSongIdentity,
  preparedClipKeys,
  preparedSongKey,
  SOUNDTRACK_VERSION,
} from './prepared-keys.ts';
export { mezzanineTrack, type SealedMezzanine, type SealOptions, sealMezzanine } from './seal-mezzanine.ts';

export { MAX_SOUNDTRACK_SEC, SOUNDTRACK_SAMPLE_RATE_HZ, stereoFilters } from './stereo-filters.ts';
export {
  SHEET_COLUMNS,
  type SheetTile,
  sheetTile,
  THUMBNAIL_EVERY_SEC,
  THUMBNAIL_WIDTH,
  thumbnailCount,
  thumbnailHeight,
} from './thumbnail-sheet.ts';
