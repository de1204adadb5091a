/** What is said, or named, during a part of the video. */
export interface Cue {
  readonly startSec: number;
  readonly endSec: number;
  /** Escaped where it is not ours; lines end with `\n`, and none is empty. */
  readonly text: string;
}

/**
 * A WebVTT document (W3C, WebVTT 1) of cues in the order in which they begin. A cue that would end in the millisecond
 * in which it begins is left out.
 */
export function formatVtt(cues: readonly Cue[]): string {
  const blocks = cues
    .map(({ startSec, endSec, text }) => ({ startMs: toMs(startSec), endMs: toMs(endSec), text }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .map(({ startMs, endMs, text }) => `\n${timestamp(startMs)} --> ${timestamp(endMs)}\n${text}\n`);
  return `WEBVTT\n${blocks.join('')}`;
}

/** Text of somebody else's as one line of a cue: nothing in it is markup, nothing ends the cue. */
export function cueText(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function toMs(sec: number): number {
  return Math.round(sec * 1_000);
}

/** `hh:mm:ss.ttt` */
function timestamp(ms: number): string {
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  const hours = part(ms / 3_600_000, 2);
  return `${hours}:${part((ms / 60_000) % 60, 2)}:${part((ms / 1_000) % 60, 2)}.${part(ms % 1_000, 3)}`;
}
