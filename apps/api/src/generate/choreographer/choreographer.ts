import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { LanguageModel, Move } from '@bachata-buddy/choreography';
import { ownFile } from '@bachata-buddy/platform';
import { NO_SPAN, withSpan } from '@bachata-buddy/telemetry';
import { createBirpc } from 'birpc';
import { apiError } from '../../errors.ts';
import { untilAborted } from '../deadline.ts';
import { makeAborts } from './aborts.ts';
import { channelOf } from './channel.ts';
import type { ThreadData } from './choreographer-worker.ts';
import { type Outcome, outcomeOf, valueOrThrow } from './outcome.ts';
import type { QuestionName, Questions } from './questions.ts';
import type { ServiceFunctions, ThreadFunctions } from './thread-functions.ts';

const PROGRAM = { source: './choreographer-worker-start.mjs', built: './choreographer-worker.js' };
/** Of a library, so many go to the thread at a time: some milliseconds' work. */
const MOVES_AT_ONCE = 100;

export interface ChoreographerOptions {
  /** Without one, rules design dances. */
  readonly language: LanguageModel | undefined;
  /** The thread broke down, and why: what was asked has failed, and nothing more can be. */
  readonly onLost: (cause: Error) => void;
}

export interface AskOptions<Question> {
  readonly question: Question;
  readonly signal: AbortSignal;
  /** Told why the rules stepped in. */
  readonly onFallback?: (reason: string) => void;
}

/** Makes dances in a thread of its own, so that the service answers meanwhile. It does not keep the process alive when idle. */
export interface Choreographer {
  /** Makes these the moves that dances are made of; one library at a time. @throws AppError as `buildMoveLibrary` */
  load(moves: readonly Move[]): Promise<void>;
  /** Rejects with the signal's reason, with what the work throws, or with AppError `CHOREOGRAPHER_LOST`. */
  ask<Name extends QuestionName>(
    name: Name,
    options: AskOptions<Questions[Name]['question']>,
  ): Promise<Questions[Name]['answer']>;
  close(): Promise<void>;
}

export function startChoreographer({ language, onLost }: ChoreographerOptions): Choreographer {
  const data: ThreadData = { hasModel: language !== undefined };
  // The starter brings its own loader; flags of this process (--input-type, --test) are not meant for the thread.
  // It needs nothing of the environment, secrets least of all.
  const options = { workerData: data, execArgv: [], env: {} };
  // What it says later belongs to no request, be it opened by one.
  const worker = withSpan(NO_SPAN, () => new Worker(ownFile(import.meta.url, PROGRAM), options));
  worker.unref();
  const modelCalls = makeAborts();
  const listeners = new Map<string, (reason: string) => void>();
  const thread = createBirpc<ThreadFunctions, ServiceFunctions>(
    {
      askModel: (id, question) =>
        outcomeOf(() =>
          modelCalls.run(id, async (signal) => language?.answerJson({ ...question, signal }) ?? null),
        ),
      abortModel: (id) => modelCalls.abort(id),
      fallBack: (id, reason) => listeners.get(id)?.(reason),
    },
    channelOf(worker),
  );
  const lost = (cause?: Error) =>
    apiError('CHOREOGRAPHER_LOST', 'The dance could not be made. Try again.', { cause });
  const end = (cause?: Error): void => {
    thread.$close(lost(cause));
    modelCalls.abortAll();
  };
  const lose = (cause: Error): void => {
    if (thread.$closed) return;
    end(cause);
    onLost(cause);
  };
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`The thread ended with code ${code}.`)));

  let underWay = 0;
  /** The process lives on while the thread works for it. */
  const whileAlive = async <Value>(work: () => Promise<Outcome<Value>>): Promise<Value> => {
    if (thread.$closed) throw lost();
    underWay += 1;
    worker.ref();
    try {
      return valueOrThrow(await work());
    } finally {
      underWay -= 1;
      if (underWay === 0 && !thread.$closed) worker.unref();
    }
  };

  return {
    load: (moves) =>
      whileAlive(async () => {
        for (let at = 0; at === 0 || at < moves.length; at += MOVES_AT_ONCE)
          await thread.take(moves.slice(at, at + MOVES_AT_ONCE), at === 0);
        return thread.load();
      }),
    async ask(name, { question, signal, onFallback }) {
      signal.throwIfAborted();
      const id = randomUUID();
      // It is called from the thread, but belongs to the request.
      if (onFallback !== undefined) listeners.set(id, AsyncResource.bind(onFallback));
      const abort = () => void thread.abort.asEvent(id);
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await whileAlive(() => untilAborted(thread.answer(id, name, question), signal));
      } finally {
        signal.removeEventListener('abort', abort);
        listeners.delete(id);
      }
    },
    async close() {
      end();
      await worker.terminate();
    },
  };
}
