import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { type FieldErrors, invalidFields } from '../../http/http-answer.ts';
import { isNestedDeeperThan } from '../../http/json-nesting.ts';
import type { RouteContext } from '../../route-context.ts';
import { checkVideo } from '../../uploads/check-video.ts';
import { type FileVerdict, findErrors, readUploadForm } from '../../uploads/read-upload-form.ts';
import { coerceFields } from '../../validation/coerce-fields.ts';

const NO_VIDEO =
  'Upload a valid video. The file you uploaded was either not an mp4 video or a corrupted one.';
const NO_JSON = 'Value must be valid JSON.';

export const FILE_FIELD = 'video_path';
const JSON_FIELDS = ['music_info', 'generation_parameters'];
const MAX_NESTING = 50;

export interface ItemForm<Schema extends TSchema> {
  readonly fields: Omit<Static<Schema>, 'video_path'>;
  /** Null where none came. */
  readonly video: { readonly path: string; readonly durationSec: number; readonly sizeBytes: number } | null;
}

export interface ItemFormOptions<Schema extends TSchema> {
  readonly context: RouteContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of the fields, `video_path` among them as text. */
  readonly schema: Schema;
  /** Where the file may be put. */
  readonly directory: string;
  /** Asks for room for it. @throws HttpAnswer 503 */
  readonly reserve: (bytes: number) => void;
}

/** Reads an item out of a multipart form, its video into a file. @throws HttpAnswer as `readUploadForm` */
export async function readItemForm<Schema extends TSchema>(
  options: ItemFormOptions<Schema>,
): Promise<ItemForm<Schema>> {
  const { directory, ...rest } = options;
  const { fields, file } = await readUploadForm({
    ...rest,
    fileField: FILE_FIELD,
    path: join(directory, 'video'),
    check: judgeVideo,
    parse: parseJsonFields,
  });
  const video = file && {
    path: file.path,
    sizeBytes: file.sizeBytes,
    durationSec: file.facts.durationSec,
  };
  return { fields, video };
}

async function judgeVideo(path: string): Promise<FileVerdict<{ readonly durationSec: number }>> {
  const verdict = await checkVideo(path);
  if (!verdict.isVideo) return { isGood: false, text: NO_VIDEO };
  return { isGood: true, facts: { durationSec: verdict.durationSec } };
}

/** @throws HttpAnswer 400 */
export function checkFields<Schema extends TSchema>(request: FastifyRequest, schema: Schema): Static<Schema> {
  const body = coerceFields(schema, request.body ?? {});
  const errors = findErrors(request, schema, body);
  if (Object.keys(errors).length > 0) throw invalidFields(errors);
  return body as Static<Schema>;
}

/** In a form an object comes as JSON text; blank text is none. */
function parseJsonFields(fields: Readonly<Record<string, unknown>>) {
  const values: Record<string, unknown> = { ...fields };
  const errors: FieldErrors = {};
  for (const name of JSON_FIELDS) {
    const text = values[name];
    if (typeof text !== 'string') continue;
    try {
      if (isNestedDeeperThan(MAX_NESTING, text)) throw new SyntaxError('nested too deeply');
      values[name] = text.trim() === '' ? null : JSON.parse(text);
    } catch {
      delete values[name];
      errors[name] = [NO_JSON];
    }
  }
  return { values, errors };
}
