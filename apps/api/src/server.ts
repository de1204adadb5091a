import { closeOnTermination, makeLogger, runCommand } from '@bachata-buddy/platform';
import { traceLogFields } from '@bachata-buddy/telemetry';
import { readConfig } from './config.ts';
import { makeService } from './service.ts';

/** For what closes once no client is left: the last jobs, the database. */
const CLOSE_MS = 3_000;

/** The process: reads the configuration, listens, and ends in order, its jobs with it. */
async function main(): Promise<undefined> {
  const config = readConfig();
  const fields = traceLogFields(config.GCP_PROJECT_ID);
  const log = makeLogger({ name: 'api', level: config.LOG_LEVEL, fields });
  const { server, close } = await makeService(config, log);
  closeOnTermination({
    delayMs: config.SHUTDOWN_DRAIN_MS + CLOSE_MS,
    close: async ({ signal }) => {
      log.info({ signal }, 'shutting down');
      await close();
    },
    onError: (error) => log.fatal({ err: error }, 'an error nobody caught'),
  });
  try {
    await server.listen({ host: config.HOST, port: config.PORT });
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

await runCommand(main);
