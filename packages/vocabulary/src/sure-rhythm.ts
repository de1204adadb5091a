/** Below this confidence, 0..1, a tempo, a beat or a "1" that was heard is a guess, and whoever knows better is believed. */
export const SURE_RHYTHM = 0.3;
