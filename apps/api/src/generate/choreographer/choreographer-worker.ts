import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { LanguageModel } from '@bachata-buddy/choreography';
import { createBirpc } from 'birpc';
import { makeAborts } from './aborts.ts';
import { outcomeOf, valueOrThrow } from './outcome.ts';
import type { ServiceFunctions, ThreadFunctions } from './thread-functions.ts';
import { makeWorkshop } from './workshop.ts';

/** What the thread is told as it starts. */
export interface ThreadData {
  /** Whether the service has a language model. */
  readonly hasModel: boolean;
}

/** The program of the thread in which dances are made. */
const port = parentPort;
if (port === null) throw new Error('This is the program of a thread, not of a process.');
const { hasModel } = workerData as ThreadData;
// What is answered goes before what is computed. Linux alone has priorities of threads (setpriority(2)): elsewhere it would be
// that of the whole service.
if (process.platform === 'linux') setPriority(10);
const aborts = makeAborts();
const workshop = makeWorkshop();

const service = createBirpc<ServiceFunctions, ThreadFunctions>(
  {
    take: (moves) => workshop.take(moves),
    load: () => outcomeOf(() => workshop.load()),
    answer: (id, name, question) =>
      outcomeOf(() =>
        aborts.run(id, (signal) =>
          workshop.answer(name, question, {
            signal,
            language: hasModel ? language : undefined,
            onFallback: (reason) => void service.fallBack.asEvent(id, reason),
          }),
        ),
      ),
    abort: (id) => aborts.abort(id),
  },
  {
    post: (message) => port.postMessage(message),
    on: (listener) => void port.on('message', listener),
    // Each question has an end of its own.
    timeout: -1,
  },
);

/** The service's: it has the key, the budget, and what was answered before. */
const language: LanguageModel = {
  async answerJson({ signal, ...question }) {
    const id = randomUUID();
    const abort = () => void service.abortModel.asEvent(id);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return valueOrThrow(await service.askModel(id, question));
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  },
};
