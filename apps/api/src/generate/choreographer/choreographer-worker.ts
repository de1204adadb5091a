import { randomUUID } from 'node:crypto';
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { LanguageModel } from '@bachata-buddy/choreography';
import { createBirpc } from 'birpc';
import { makeAborts } from './aborts.ts';
import { channelOf } from './channel.ts';
import { outcomeOf, valueOrThrow } from './outcome.ts';
import type { ServiceFunctions, ThreadFunctions } from './thread-functions.ts';
import { makeWorkshop } from './workshop.ts';

/** What the thread is told as it starts. */
export interface ThreadData {
  /** Whether the service has a language model. */
  readonly hasModel: boolean;
}

/** What computes goes behind what answers, but not so far that it stands still while videos are rendered beside it. */
const NICENESS = 5;

/** The program of the thread in which dances are made. */
const port = parentPort;
if (port === null) throw new Error('This is the program of a thread, not of a process.');
const { hasModel } = workerData as ThreadData;
process.setSourceMapsEnabled(true);
stepBehind();
const aborts = makeAborts();
const workshop = makeWorkshop();

const service = createBirpc<ServiceFunctions, ThreadFunctions>(
  {
    take: (moves, isFirst) => workshop.take(moves, isFirst),
    load: () => outcomeOf(() => workshop.load()),
    answer: (id, name, question) =>
      outcomeOf(() =>
        aborts.run(id, (signal) =>
          workshop.answer(name, {
            question,
            signal,
            language: hasModel ? language : undefined,
            onFallback: (reason) => void service.fallBack.asEvent(id, reason),
          }),
        ),
      ),
    abort: (id) => aborts.abort(id),
  },
  channelOf(port),
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

/** Linux alone has priorities of threads (setpriority(2)): elsewhere it would be that of the whole service. */
function stepBehind(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.max(NICENESS, getPriority()));
  } catch {
    // Where that is not allowed (a container's profile) dances are made all the same.
  }
}
