import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../documented-operations.ts';
import { textArbitrary } from './texts.ts';

/** Of a part's content: the scene's own video and song. */
const CLIP = '«clip»';
const SONG = '«song»';

export interface FormFiles {
  readonly clip: Buffer;
  readonly song: Buffer;
}

export interface FormPart {
  readonly name: string;
  readonly content: string;
  /** Undefined for a field that holds no file. */
  readonly fileName: string | undefined;
}

const BOUNDARY = 'fuzz';
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

const HOSTILE_FILES = [
  '',
  'x',
  '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n',
  '\0\0\0\x08ftyp',
  '\0\0\0\x01ftypisom',
];
const FILE_NAMES = ['dance.mp4', '', '../../x', 'a\0b', '"; filename="b', 'ü\ud800', 'x'.repeat(300)];

/** Forms for an operation: as it asks for them, and with parts that are broken, missing, given twice or unknown. */
export function formArbitrary({ properties = {}, required = [] }: JsonSchema): Arbitrary<FormPart[]> {
  const sound = Object.entries(properties).map(([name, schema]) => {
    const part = soundPart(name, schema).map((one) => [one]);
    return required.includes(name) ? part : fc.oneof(part, fc.constant([]));
  });
  const soundForm = fc.tuple(...sound).map((parts) => parts.flat());
  const name = fc.oneof(fc.constantFrom(...Object.keys(properties), '__proto__', 'id', ''), textArbitrary);
  const fileName = fc.oneof(fc.constant(undefined), fc.constantFrom(...FILE_NAMES));
  const content = fc.oneof(textArbitrary, fc.constantFrom(...HOSTILE_FILES));
  const hostile = fc.array(fc.record({ name, content, fileName }), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { arbitrary: soundForm, weight: 2 },
    { arbitrary: fc.tuple(soundForm, hostile).map(([parts, more]) => [...parts, ...more]), weight: 2 },
    { arbitrary: hostile, weight: 1 },
  );
}

function soundPart(name: string, { enum: choices, format, type }: JsonSchema): Arbitrary<FormPart> {
  const field = (content: Arbitrary<string>) =>
    content.map((text): FormPart => ({ name, content: text, fileName: undefined }));
  if (format === 'binary') {
    return fc.constant({ name, content: name === 'file' ? SONG : CLIP, fileName: 'dance.mp4' });
  }
  if (type === 'boolean') return field(fc.constantFrom('true', 'true', 'false'));
  if (choices !== undefined) return field(fc.constantFrom(...choices.map(String)));
  if (type === 'number') return field(fc.nat({ max: 1_000 }).map(String));
  if (type === 'string') return field(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }));
  return field(fc.constantFrom('{}', '', 'null', '{"song":"Suegra","bpm":123}', '[1]', '{'));
}

/** What is sent of it. */
export function encodeForm(parts: readonly FormPart[], { clip, song }: FormFiles): Buffer {
  const encoded = parts.flatMap(({ name, content, fileName }) => [
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"` +
        `${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n\r\n`,
    ),
    content === CLIP ? clip : content === SONG ? song : Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...encoded, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
