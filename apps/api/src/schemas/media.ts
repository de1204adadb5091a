import { Type } from 'typebox';
import { detail } from './errors.ts';

const video = (description: string) => ({
  description,
  content: { 'video/mp4': { schema: Type.String({ format: 'binary' }) } },
});

/** What a route that sends a file may answer, if the file is there (RFC 9110, sections 13 to 15). */
export const FILE_ANSWERS = {
  200: video('The whole file'),
  206: video('The range that was asked for'),
  304: Type.Null({ description: 'The client has it already' }),
  416: detail('The range is outside the file.'),
};
