/** What a reader assumes where the document is silent. One table for the schema, its docs and `resolveBlueprint`. */
export const BLUEPRINT_DEFAULTS = {
  /** For every move but the first, which is always entered by a cut. */
  transitionType: 'crossfade',
  trimStartSec: 0,
  trimEndSec: 0,
  volumeAdjustment: 1,
  playbackRate: 1,
  leadInCounts: 0,
  outputFormat: 'mp4',
  videoCodec: 'libx264',
  audioCodec: 'aac',
  audioBitrate: '128k',
  frameRate: 30,
  constantFrameRate: false,
  transitionDurationSec: 0.5,
  fadeDurationSec: 0.3,
  addAudioOverlay: true,
  normalizeAudio: true,
  songSpeed: 1,
  mirrored: false,
  showCounts: false,
} as const;
