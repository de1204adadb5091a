import { hasCode, withScratchDirectory } from '@bachata-buddy/platform';
import type { AnswerCode } from '../http/answer-codes.ts';
import { HttpAnswer } from '../http/http-answer.ts';

export const NO_UPLOAD_ROOM = 'Service temporarily unavailable.';
/** A video of the usual size has come within this. */
const RETRY_AFTER_SEC = 30;

/** What this process receives of videos at once, on a disk that may be memory. */
export interface UploadRoom {
  /** @returns what gives the room back @throws HttpAnswer 503 with `Retry-After` where there is none */
  reserve(bytes: number): () => void;
}

/** One video finds room in any case, however small the room is. */
export function makeUploadRoom(maxBytes: number): UploadRoom {
  let takenBytes = 0;
  return {
    reserve(bytes) {
      if (takenBytes > 0 && takenBytes + bytes > maxBytes) throw noUploadRoom('UPLOAD_ROOM_TAKEN');
      takenBytes += bytes;
      let isTaken = true;
      return () => {
        if (isTaken) takenBytes -= bytes;
        isTaken = false;
      };
    },
  };
}

const DISK_IS_FULL = /^(ENOSPC|EDQUOT)$/;

/** What is received gets a folder and room, and gives both back however that ends. */
export async function withUploadRoom<Result>(
  room: UploadRoom,
  work: (directory: string, reserve: (bytes: number) => void) => Promise<Result>,
): Promise<Result> {
  let release = (): void => {};
  try {
    return await withScratchDirectory({ purpose: 'upload' }, (directory) =>
      work(directory, (bytes) => {
        release = room.reserve(bytes);
      }),
    );
  } catch (thrown) {
    throw isDiskFull(thrown) ? noUploadRoom('UPLOAD_DISK_FULL', thrown) : thrown;
  } finally {
    release();
  }
}

/** The disk that receives, or the one of a store in a folder. */
function isDiskFull(thrown: unknown): boolean {
  const { code = '' } = (thrown ?? {}) as NodeJS.ErrnoException;
  return hasCode(thrown, 'STORAGE_FULL') || DISK_IS_FULL.test(code);
}

function noUploadRoom(code: AnswerCode, cause?: unknown): HttpAnswer {
  const headers = { 'retry-after': String(RETRY_AFTER_SEC) };
  return new HttpAnswer({ code, body: { detail: NO_UPLOAD_ROOM }, headers, cause });
}
