import autocannon from 'autocannon';
import { infraError } from '../infra/errors.ts';

export interface Load {
  readonly origin: string;
  /** Asked for in turn. */
  readonly paths: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly durationSec: number;
  readonly connections: number;
}

export interface LoadFigures {
  readonly requestsPerSec: number;
  readonly p99Ms: number;
}

/** @throws AppError `BENCH` where anything was answered but with success: failing fast is not being fast */
export async function measureLoad(load: Load): Promise<LoadFigures> {
  const { origin, paths, headers = {}, durationSec, connections } = load;
  const result = await autocannon({
    url: origin,
    requests: paths.map((path) => ({ path })),
    headers: { ...headers },
    duration: durationSec,
    connections,
  });
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0)
    throw infraError(
      'BENCH_FAILED',
      `${origin}${paths[0]} failed under load: ${result.non2xx} refusals, ${result.errors} errors of ${result['2xx']}.`,
    );
  return { requestsPerSec: result['2xx'] / result.duration, p99Ms: result.latency.p99 };
}
