import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@bachata-buddy/platform';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { HttpAnswer, refused } from '../http/http-answer.ts';

/** Far more than any form here has. */
const LIMITS = { files: 1, fields: 20, parts: 24, fieldNameSize: 100, fieldSize: 64 * 1024, headerPairs: 20 };
/** All fields together, and what stands between them. */
const MAX_REST_BYTES = 2 * 1024 * 1024;
const CUT_OFF = 'Multipart form parse error - The form was cut off.';

export interface FormOptions {
  readonly fileField: string;
  /** A file that does not exist yet, for what the file field brings. */
  readonly filePath: string;
  readonly maxFileBytes: number;
  /** Before the first byte of the file is kept: so many bytes at most will come; what it throws is the answer. */
  readonly onFile: (mostBytes: number) => Promise<void>;
}

export interface ReceivedForm {
  /** The fields' texts; of a field that comes twice the last counts. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Bytes that were written to `filePath`; null where the form brought no file. */
  readonly fileBytes: number | null;
  /** What the client calls the file; empty where there is none. */
  readonly fileName: string;
}

/**
 * Reads a multipart form, its file straight into a file. What the client calls its file is told and means nothing here; a
 * field that holds a file and should not is left out.
 *
 * @throws HttpAnswer 400 for what is no whole form, 413 for too large a file or too many parts
 */
export async function receiveForm(request: FastifyRequest, options: FormOptions): Promise<ReceivedForm> {
  const sizeBytes = Number(request.headers['content-length'] ?? 0);
  if (sizeBytes > options.maxFileBytes + MAX_REST_BYTES) throw tooLarge();
  try {
    return await readParts(request, options);
  } catch (thrown) {
    // What is still to come has nowhere to go.
    request.raw.unpipe();
    request.raw.resume();
    throw toAnswer(thrown, request);
  }
}

async function readParts(
  request: FastifyRequest,
  { fileField, filePath, maxFileBytes, onFile }: FormOptions,
): Promise<ReceivedForm> {
  const fields: Record<string, unknown> = {};
  let fileBytes: number | null = null;
  let fileName = '';
  const limits = { ...LIMITS, fileSize: maxFileBytes };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw tooLarge();
      fields[part.fieldname] = part.value;
    } else if (part.fieldname === fileField && (part.filename ?? '') !== '') {
      await onFile(mostBytesOf(request, maxFileBytes));
      fileBytes = await keepFile(part.file, filePath);
      fileName = part.filename;
    } else {
      // Browsers send a part without a name where no file was chosen.
      part.file.resume();
    }
  }
  return { fields, fileBytes, fileName };
}

/** Whoever does not say how much comes may send as much as there may be. */
function mostBytesOf({ headers }: FastifyRequest, maxFileBytes: number): number {
  const sizeBytes = Number(headers['content-length'] ?? maxFileBytes);
  return Math.min(sizeBytes, maxFileBytes);
}

/** @returns bytes */
async function keepFile(file: MultipartFile['file'], filePath: string): Promise<number> {
  const limit = new AbortController();
  file.once('limit', () => limit.abort());
  const target = createWriteStream(filePath, { flags: 'wx', mode: 0o600 });
  await pipeline(file, target, { signal: limit.signal }).catch((thrown: unknown) => {
    throw limit.signal.aborted ? tooLarge() : thrown;
  });
  if (file.truncated) throw tooLarge();
  return target.bytesWritten;
}

function tooLarge(): HttpAnswer {
  return refused('BODY_TOO_LARGE', 'The request body is too large.');
}

/** What the parser says of a form is the client's fault; what the disk says is not. */
function toAnswer(thrown: unknown, request: FastifyRequest): unknown {
  const { code = '', message = '' } = thrown as { code?: string; message?: string };
  if (request.raw.readableAborted) {
    // Nobody reads the answer, and nothing of ours has failed.
    request.log.info({ reason: code }, 'an upload was cut off');
    return refused('UPLOAD_CUT_OFF', CUT_OFF);
  }
  if (/^E[A-Z]+$/.test(code)) return thrown;
  if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) {
    return refused('BODY_TOO_LARGE', 'The form has too many parts.');
  }
  if (!(thrown instanceof Error) || thrown instanceof AppError) return thrown;
  const detail = `Multipart form parse error - ${message}`;
  return new HttpAnswer({ code: 'BODY_INVALID', body: { detail }, cause: thrown });
}
