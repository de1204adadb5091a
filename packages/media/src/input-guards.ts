/**
 * Options to put in front of every `-i` that names a file somebody else has made.
 *
 * ffmpeg looks at a file's content, not at its name: a text file called clip.mp4 that holds a concat script
 * or an HLS playlist would be followed and make ffmpeg read other files, or the network. With these options
 * only real media containers open, from plain files, and no picture may be larger than 8192 x 4320.
 *
 * Source: ffmpeg-formats(1) `format_whitelist`, ffmpeg-protocols(1) `protocol_whitelist`, ffmpeg-codecs(1) `max_pixels`.
 */
const inputGuards: readonly string[] = [
  '-format_whitelist',
  'mov,matroska,mp3,wav,flac,ogg,aac',
  '-protocol_whitelist',
  'file',
];

/** The guards for a file of which is known what it may be: ffmpeg's names of formats. */
export function inputGuardsFor(formats: readonly string[]): string[] {
  return ['-format_whitelist', formats.join(','), '-protocol_whitelist', 'file'];
}

/** Largest picture, in pixels, that is decoded: 8192 x 4320 (DCI 8K). */
export const MAX_PICTURE_PIXELS = 8192 * 4320;

/** `-i` for a file with the guards in front: the whole argument list for one input. `path` may be any file name. */
export function guardedInput(path: string): string[] {
  return [...inputGuards, '-i', `file:${path}`];
}
