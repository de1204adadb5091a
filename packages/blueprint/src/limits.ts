/**
 * Bounds of a blueprint. They keep a hostile or broken document from costing memory or render time; a real
 * choreography (a song of a few minutes, some thirty moves) stays far below every one of them.
 */

/** Schema version this package writes. Every 1.x document is read; another major version is refused. */
export const SCHEMA_VERSION = '1.2';

export const MAX_TEXT_BYTES = 4 * 1024 * 1024;
export const MAX_MOVES = 2_000;
export const MAX_BEATS = 20_000;
/** Longest video, and so the largest time in the document: two hours. */
export const MAX_SECONDS = 7_200;
/** Objects inside objects; the schema itself needs three. */
export const MAX_NESTING = 32;
/** Values of every kind in one document, keys of unknown fields included. */
export const MAX_VALUES = 250_000;
/** Characters in one string of a field this schema does not know. */
export const MAX_STRING_LENGTH = 20_000;
export const MAX_KEY_LENGTH = 200;

/** Gap or overlap of two neighbouring moves that still counts as touching: one and a half frames at 30 fps. */
export const TIMELINE_TOLERANCE_SEC = 0.05;

/** Texts quoted in an error's message; the rest are counted. All of them are in `issues`. */
export const MAX_ISSUES_IN_MESSAGE = 100;
