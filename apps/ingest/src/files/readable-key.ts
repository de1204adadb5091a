import { cutText } from '@bachata-buddy/platform';

/** Of the hash of a recording in its key: enough that names are seldom the same, few enough to read past. */
const DIGITS = 8;
const MAX_NAME_BYTES = 100;

export interface KeyOfRecording {
  /** In front of the name, `/` at its end. */
  readonly prefix: string;
  /** What the file is called, without its ending; any text. */
  readonly name: string;
  /** `.mp3` */
  readonly ending: string;
  /** Hexadecimal. */
  readonly recordingHash: string;
}

/**
 * The storage key of a recording: a name that people can read, and digits of the recording's hash, so that no other one
 * has it. `songs/Dile-que-vuelva-1f0c22a9.mp3`
 *
 * @param isTaken whether that key is somebody else's: the next one gets a number
 */
export async function keyOfRecording(
  { prefix, name, ending, recordingHash }: KeyOfRecording,
  isTaken: (key: string) => Promise<boolean>,
): Promise<string> {
  const stem = `${prefix}${readableName(name)}-${recordingHash.slice(0, DIGITS)}`;
  let key = `${stem}${ending.toLowerCase()}`;
  for (let number = 2; await isTaken(key); number += 1) key = `${stem}-${number}${ending.toLowerCase()}`;
  return key;
}

/** Letters of any script, their marks, and digits; hyphens for all else, so that it stands in addresses and commands. */
function readableName(name: string): string {
  const words = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return (
    trimHyphens(cutText(trimHyphens(words), { length: MAX_NAME_BYTES, bytes: MAX_NAME_BYTES })) || 'untitled'
  );
}

function trimHyphens(text: string): string {
  return text.replace(/^-+|-+$/g, '');
}
