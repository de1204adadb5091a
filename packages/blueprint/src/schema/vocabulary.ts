/** The closed sets of the document. */
export const TRANSITION_TYPES = ['cut', 'crossfade', 'fade_black', 'fade_white'] as const;
export const OUTPUT_FORMATS = ['mp4'] as const;
export const VIDEO_CODECS = ['libx264', 'h264'] as const;
export const AUDIO_CODECS = ['aac'] as const;

export type TransitionType = (typeof TRANSITION_TYPES)[number];
