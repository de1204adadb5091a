import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { type FieldErrors, invalidFields } from '../../http/http-answer.ts';
import { isNestedDeeperThan } from '../../http/json-nesting.ts';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { checkVideo } from '../../uploads/check-video.ts';
import { receiveForm } from '../../uploads/receive-form.ts';
import { ensureQuota } from '../../uploads/upload-quota.ts';
import { coerceFields } from '../../validation/coerce-fields.ts';
import { fieldErrorsOf } from '../../validation/field-errors-of.ts';

const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.';
const NO_FILE = 'No file was submitted.';
const EMPTY_FILE = 'The submitted file is empty.';
const NO_VIDEO =
  'Upload a valid video. The file you uploaded was either not an mp4 video or a corrupted one.';
const NO_JSON = 'Value must be valid JSON.';

const FILE_FIELD = 'video_path';
const JSON_FIELDS = ['music_info', 'generation_parameters'];
const MAX_NESTING = 50;
const MEGABYTE = 1024 * 1024;
const WINDOW_SEC = 3_600;

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

/**
 * Reads an item out of a multipart form, its video into a file. Where it is none, all that is wrong is told at once.
 *
 * @throws HttpAnswer 400, 413, 503 where this process has no room for it, and 429 where the user has sent enough for this hour
 */
export async function readItemForm<Schema extends TSchema>(
  options: ItemFormOptions<Schema>,
): Promise<ItemForm<Schema>> {
  const { context, request, reply, schema, directory, reserve } = options;
  const { config, database } = context;
  const path = join(directory, 'video');
  const { fields, fileBytes } = await receiveForm(request, {
    fileField: FILE_FIELD,
    filePath: path,
    maxFileBytes: config.UPLOAD_MAX_MB * MEGABYTE,
    onFile: async (mostBytes) => {
      reserve(mostBytes);
      await ensureQuota(database, callerOf(request).id, config.UPLOAD_QUOTA_MB * 1e6);
      const subject = String(callerOf(request).id);
      const limit = config.UPLOAD_RATE_LIMIT_PER_HOUR;
      await throttle(database, { scope: 'upload', subject, limit, windowSec: WINDOW_SEC }, reply);
    },
  });
  const { values, errors: unread } = parseJsonFields(fields);
  const verdict = fileBytes === null || fileBytes === 0 ? null : await checkVideo(path);
  const { [FILE_FIELD]: given, ...texts } = values;
  const body = coerceFields(schema, fileBytes === null ? texts : { ...texts, [FILE_FIELD]: '' });
  const errors: FieldErrors = { ...findErrors(request, schema, body), ...unread };
  const problem = problemOf({ given, fileBytes, isVideo: verdict?.isVideo });
  // That none came matters where one is required.
  if (problem !== null && (problem !== NO_FILE || FILE_FIELD in errors)) errors[FILE_FIELD] = [problem];
  if (Object.keys(errors).length > 0) throw invalidFields(inOrderOf(schema, errors));
  const { [FILE_FIELD]: _file, ...checked } = body as Record<string, unknown>;
  const video =
    verdict?.isVideo === true && fileBytes !== null
      ? { path, durationSec: verdict.durationSec, sizeBytes: fileBytes }
      : null;
  return { fields: checked as ItemForm<Schema>['fields'], video };
}

/** Says what is wrong with a JSON body, in which no file can come. @throws HttpAnswer 400 */
export function refuseJsonForm(request: FastifyRequest, schema: TSchema): never {
  const body = coerceFields(schema, request.body ?? {});
  const errors = findErrors(request, schema, body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidFields(errors);
  const given = (body as Record<string, unknown>)[FILE_FIELD];
  throw invalidFields(inOrderOf(schema, { ...errors, [FILE_FIELD]: [textOfNoFile(given)] }));
}

/** @throws HttpAnswer 400 */
export function checkFields<Schema extends TSchema>(request: FastifyRequest, schema: Schema): Static<Schema> {
  const body = coerceFields(schema, request.body ?? {});
  const errors = findErrors(request, schema, body);
  if (Object.keys(errors).length > 0) throw invalidFields(errors);
  return body as Static<Schema>;
}

interface FileFacts {
  /** What the form says in a text field of that name. */
  readonly given: unknown;
  readonly fileBytes: number | null;
  readonly isVideo: boolean | undefined;
}

function problemOf({ given, fileBytes, isVideo }: FileFacts): string | null {
  if (fileBytes === null) return textOfNoFile(given);
  if (fileBytes === 0) return EMPTY_FILE;
  return isVideo === true ? null : NO_VIDEO;
}

function textOfNoFile(given: unknown): string {
  if (given === undefined) return NO_FILE;
  return given === null ? 'This field may not be null.' : NOT_A_FILE;
}

/** In the order of the form's fields. */
function inOrderOf(schema: TSchema, errors: FieldErrors): FieldErrors {
  const names = Object.keys((schema as { properties?: object }).properties ?? {});
  const entries = Object.entries(errors).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
  return Object.fromEntries(entries);
}

function findErrors(request: FastifyRequest, schema: TSchema, body: unknown): FieldErrors {
  const validate = request.compileValidationSchema(schema);
  if (validate(body) === true) return {};
  return fieldErrorsOf(validate.errors ?? []);
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
