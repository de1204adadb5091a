import { Type } from 'typebox';
import { detail } from './errors.ts';
import { QueryText } from './fields.ts';

const VIDEO = 'video/mp4';
const WEBVTT = 'text/vtt';
const JPEG = 'image/jpeg';

const file = (description: string, types: readonly string[]) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: Type.String({ format: 'binary' }) }])),
});

/** What a route that sends a file may answer, if the file is there (RFC 9110, sections 13 to 15). */
const answers = (types: readonly string[]) => ({
  200: file('The whole file', types),
  206: file('The range that was asked for', types),
  304: Type.Null({ description: 'The client has it already' }),
  412: detail('The file is not the one that the request is about.'),
  416: detail('The range is outside the file.'),
});

/** What clips and songs are stored as. */
const CLIPS_AND_SONGS = [
  VIDEO,
  'audio/mp4',
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'audio/aac',
];

export const SignatureQuerySchema = Type.Object({
  expires: QueryText('When the address ends, in seconds since 1970'),
  signature: QueryText('Of this service, over the key and the end'),
});

/** Of a video. */
export const DownloadQuerySchema = Type.Object({
  download: QueryText('`1`: to be kept as a file, called by its song, and for its owner by its title'),
});

export const FILE_ANSWERS = answers([VIDEO]);
/** Of a video and what belongs to it. */
export const OUTPUT_ANSWERS = answers([VIDEO, WEBVTT, JPEG]);
export const PICTURE_ANSWERS = answers([JPEG]);
export const SOUND_ANSWERS = answers(['audio/mp4']);
export const SIGNED_ANSWERS = answers(CLIPS_AND_SONGS);
