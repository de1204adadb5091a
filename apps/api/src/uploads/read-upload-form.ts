import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { type FieldErrors, invalidFields } from '../http/http-answer.ts';
import { throttle } from '../http/throttle.ts';
import { callerOf } from '../plugins/authentication.ts';
import type { RouteContext } from '../route-context.ts';
import { coerceFields } from '../validation/coerce-fields.ts';
import { fieldErrorsOf } from '../validation/field-errors-of.ts';
import { makePacedQueue } from './make-paced-queue.ts';
import { receiveForm } from './receive-form.ts';
import { ensureQuota } from './upload-quota.ts';

const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.';
const NO_FILE = 'No file was submitted.';
const EMPTY_FILE = 'The submitted file is empty.';
const MEGABYTE = 1024 * 1024;
const WINDOW_SEC = 3_600;

/** Of this process, whoever sent them: a file may be made to cost much. */
const inTurn = makePacedQueue();

/** What a form's file is, as a check of its content found. */
export type FileVerdict<Facts> =
  | { readonly isGood: true; readonly facts: Facts }
  /** Why it will not do, for people. */
  | { readonly isGood: false; readonly text: string };

export interface UploadFormOptions<Facts, Schema extends TSchema> {
  readonly context: RouteContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Of the fields, that of the file among them as text. */
  readonly schema: Schema;
  readonly fileField: string;
  /** Where the file is to come to lie. */
  readonly path: string;
  /** Asks for room for it. @throws HttpAnswer 503 */
  readonly reserve: (bytes: number) => void;
  /** Looks into the file. */
  readonly check: (path: string) => Promise<FileVerdict<Facts>>;
  /** Reads values out of the fields' texts. */
  readonly parse?: (texts: Readonly<Record<string, unknown>>) => {
    readonly values: Readonly<Record<string, unknown>>;
    readonly errors: FieldErrors;
  };
}

export interface ReceivedFile<Facts> {
  readonly path: string;
  /** What the client calls it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly facts: Facts;
}

export interface UploadForm<Facts, Schema extends TSchema> {
  /** Without that of the file. */
  readonly fields: Static<Schema>;
  /** Null where none came. */
  readonly file: ReceivedFile<Facts> | null;
}

/**
 * Reads a multipart form, its file into a file. Where it will not do, all that is wrong is told at once.
 *
 * @throws HttpAnswer 400, 413, 503 where this process has no room for it, and 429 where the user has sent enough for this hour
 */
export async function readUploadForm<Facts, Schema extends TSchema>(
  options: UploadFormOptions<Facts, Schema>,
): Promise<UploadForm<Facts, Schema>> {
  const { request, schema, fileField, path, check, parse } = options;
  const { fields, fileBytes, fileName } = await receive(options);
  const { values, errors: unread } = parse?.(fields) ?? { values: fields, errors: {} };
  const verdict = fileBytes === null || fileBytes === 0 ? null : await inTurn(() => check(path));
  const { [fileField]: given, ...texts } = values;
  const body = coerceFields(schema, fileBytes === null ? texts : { ...texts, [fileField]: '' });
  const errors: FieldErrors = { ...findErrors(request, schema, body), ...unread };
  const problem = problemOf(given, fileBytes, verdict);
  // That none came matters where one is required.
  if (problem !== null && (problem !== NO_FILE || fileField in errors)) errors[fileField] = [problem];
  if (Object.keys(errors).length > 0) throw invalidFields(inOrderOf(schema, errors));
  const { [fileField]: _file, ...checked } = body as Record<string, unknown>;
  const file =
    verdict?.isGood === true && fileBytes !== null
      ? { path, name: fileName, sizeBytes: fileBytes, facts: verdict.facts }
      : null;
  return { fields: checked as Static<Schema>, file };
}

function receive<Facts, Schema extends TSchema>(options: UploadFormOptions<Facts, Schema>) {
  const { context, request, reply, fileField, path, reserve } = options;
  const { config, database } = context;
  return receiveForm(request, {
    fileField,
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
}

/** Says what is wrong with a JSON body, in which no file can come. @throws HttpAnswer 400 */
export function refuseJsonForm(request: FastifyRequest, schema: TSchema, fileField: string): never {
  const body = coerceFields(schema, request.body ?? {});
  const errors = findErrors(request, schema, body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalidFields(errors);
  const given = (body as Record<string, unknown>)[fileField];
  throw invalidFields(inOrderOf(schema, { ...errors, [fileField]: [textOfNoFile(given)] }));
}

function problemOf(
  given: unknown,
  fileBytes: number | null,
  verdict: FileVerdict<unknown> | null,
): string | null {
  if (fileBytes === null) return textOfNoFile(given);
  if (verdict === null) return EMPTY_FILE;
  return verdict.isGood ? null : verdict.text;
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

/** What is wrong with a body, by field. */
export function findErrors(request: FastifyRequest, schema: TSchema, body: unknown): FieldErrors {
  const validate = request.compileValidationSchema(schema);
  if (validate(body) === true) return {};
  return fieldErrorsOf(validate.errors ?? []);
}
