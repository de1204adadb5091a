import { AppError, makeLogger, toError } from '@bachata-buddy/platform';
import { type JobConfig, readJobConfig } from './config.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { runJob } from './job.ts';

/** Cloud Run sends SIGKILL ten seconds after SIGTERM. */
const END_WITHIN_MS = 7_500;

async function main(): Promise<ExitCode> {
  const config = readConfig();
  if (config === undefined) return EXIT_CODE.permanentFailure;
  const log = makeLogger({ name: 'job', level: config.logLevel });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.warn({ signal }, 'asked to end');
      stop.abort();
      // Whatever still hangs then ends with the process.
      setTimeout(() => process.exit(EXIT_CODE.terminated), END_WITHIN_MS).unref();
    });
  }
  return runJob({ config, log, signal: stop.signal });
}

/** Without a configuration there is no log level yet: the problems go to standard error as they are. */
function readConfig(): JobConfig | undefined {
  try {
    return readJobConfig(process.env);
  } catch (thrown) {
    const error = toError(thrown);
    process.stderr.write(`${error instanceof AppError ? error.message : error.stack}\n`);
    return undefined;
  }
}

process.exitCode = await main();
