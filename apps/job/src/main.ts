import { AppError, makeLogger, toError } from '@bachata-buddy/platform';
import { finishSpan, openTracing, traceLogFields } from '@bachata-buddy/telemetry';
import { type JobConfig, readJobConfig } from './config.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { runJob } from './job.ts';

/** Cloud Run sends SIGKILL ten seconds after SIGTERM, the API to its own children after five. */
const END_WITHIN_MS = 4_000;

async function main(): Promise<ExitCode> {
  const config = readConfig();
  if (config === undefined) return EXIT_CODE.permanentFailure;
  const log = makeLogger({
    name: 'job',
    level: config.logLevel,
    fields: traceLogFields(config.projectId),
  });
  const stop = new AbortController();
  const end = (reason: string): void => {
    if (stop.signal.aborted) return;
    log.warn({ reason }, 'asked to end');
    stop.abort();
    // Whatever still hangs then ends with the process.
    setTimeout(() => process.exit(EXIT_CODE.terminated), END_WITHIN_MS).unref();
  };
  // Not `once`: without a listener left, a library that cleans up on signals would send itself the signal again.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
  if (config.stopsOnStdinEnd) watchStdin(() => end('standard input ended'));
  const { telemetry, traceparent, source } = config;
  const tracing = await openTracing({ config: telemetry, serviceName: 'bachata-buddy-job', log });
  const attributes = { 'task.id': source.taskId, 'job.execution': config.execution };
  const span = tracing.begin('run job', { kind: 'consumer', traceparent, attributes });
  try {
    return await finishSpan(span, async () => {
      const exitCode = await runJob({ config, log, signal: stop.signal });
      span.set({ 'process.exit.code': exitCode });
      if (exitCode !== EXIT_CODE.done) span.fail(String(exitCode));
      return exitCode;
    });
  } finally {
    await tracing.close();
  }
}

/** A parent that dies, however suddenly, closes the pipe it holds; the pipe itself keeps no process running. */
function watchStdin(onEnd: () => void): void {
  process.stdin.once('end', onEnd).once('error', onEnd).resume();
  if ('unref' in process.stdin) process.stdin.unref();
}

/** Without a configuration there is no log level yet: the problems go to standard error as they are. */
function readConfig(): JobConfig | undefined {
  try {
    return readJobConfig();
  } catch (thrown) {
    const error = toError(thrown);
    process.stderr.write(`${error instanceof AppError ? error.message : error.stack}\n`);
    return undefined;
  }
}

process.exitCode = await main();
