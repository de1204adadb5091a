import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 200;
/** Longer than the service may take to say that it cannot. */
const ANSWER_TIMEOUT_MS = 20_000;

/** One question to the API, and when it was asked and answered (on the clock of `performance.now`). */
export interface Answered {
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  /** 0: no answer at all. */
  readonly status: number;
}

export interface PollingClient {
  readonly answers: readonly Answered[];
  stop(): Promise<void>;
}

/** Asks for a page that needs the database, five times a second, whether or not the one before was answered. */
export function startPollingClient(url: string, headers: Readonly<Record<string, string>>): PollingClient {
  const answers: Answered[] = [];
  const open = new Set<Promise<void>>();
  const stopping = new AbortController();
  const ask = async (): Promise<void> => {
    const askedAtMs = performance.now();
    const status = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    answers.push({ askedAtMs, answeredAtMs: performance.now(), status });
  };
  const polling = (async () => {
    while (!stopping.signal.aborted) {
      const asking: Promise<void> = ask().finally(() => open.delete(asking));
      open.add(asking);
      await sleep(PAUSE_MS);
    }
    await Promise.all(open);
  })();
  return {
    answers,
    async stop() {
      stopping.abort();
      await polling;
    },
  };
}

export interface Comeback {
  /** From then to the first good answer to a question that was asked afterwards. */
  readonly firstMs: number;
  /** From then to when the last question was asked that failed; 0 where none did. */
  readonly lastFailureMs: number;
}

/** How a service came back after a moment; what was asked so much later does not count. */
export function comebackAfter(momentMs: number, watchedMs: number, answers: readonly Answered[]): Comeback {
  const later = answers.filter(({ askedAtMs }) => askedAtMs >= momentMs && askedAtMs < momentMs + watchedMs);
  const good = later.filter(({ status }) => status === 200).map(({ answeredAtMs }) => answeredAtMs);
  const failed = later.filter(({ status }) => status !== 200).map(({ askedAtMs }) => askedAtMs);
  return {
    firstMs: Math.min(...good) - momentMs,
    lastFailureMs: failed.length === 0 ? 0 : Math.max(...failed) - momentMs,
  };
}
