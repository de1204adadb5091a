import type { AnswerCode } from '../http/answer-codes.ts';
import { type HttpAnswer, refused } from '../http/http-answer.ts';

const RETRY_AFTER_SEC = 10;

export interface StreamLimits {
  readonly total: number;
  readonly perUser: number;
}

/** Counts the streams that are open, so that there are never too many, and ends them all together. */
export function makeOpenStreams(limits: StreamLimits) {
  const stops = new Map<symbol, () => void>();
  const ofUsers = new Map<number, number>();
  let isClosing = false;

  return {
    get count(): number {
      return stops.size;
    },
    /**
     * Takes a place for a stream; call what it returns when the stream has ended.
     *
     * @param stop ends the stream when the service shuts down
     * @throws HttpAnswer 429 where the user has too many, 503 where the process has
     */
    enter(userId: number, stop: () => void): () => void {
      const open = ofUsers.get(userId) ?? 0;
      if (open >= limits.perUser) {
        throw refusal(
          'TOO_MANY_STREAMS',
          `You have ${open} event streams open already. Close one of them first.`,
        );
      }
      if (isClosing || stops.size >= limits.total)
        throw refusal('SERVICE_BUSY', 'Too many event streams are open. Try again later.');
      const key = Symbol('stream');
      stops.set(key, stop);
      ofUsers.set(userId, open + 1);
      return () => {
        if (!stops.delete(key)) return;
        const left = (ofUsers.get(userId) ?? 1) - 1;
        if (left === 0) ofUsers.delete(userId);
        else ofUsers.set(userId, left);
      };
    },
    /** Ends every stream, and lets none begin any more. */
    stopAll(): void {
      isClosing = true;
      for (const stop of stops.values()) stop();
    },
  };
}

export type OpenStreams = ReturnType<typeof makeOpenStreams>;

function refusal(code: AnswerCode, detail: string): HttpAnswer {
  return refused(code, detail, { 'retry-after': String(RETRY_AFTER_SEC) });
}
