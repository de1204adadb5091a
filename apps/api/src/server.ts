import { connectDatabase } from '@bachata-buddy/database';
import { closeOnTermination, makeLogger, runCommand } from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { buildApp } from './app.ts';
import { type Config, readConfig, readJobEnvironment } from './config.ts';
import { makeLanguageModel } from './generate/language-model.ts';
import { makePlanner } from './generate/planner.ts';
import { jobCommand } from './launch/job-command.ts';
import { makeLocalProcessLauncher } from './launch/local-process-launcher.ts';
import { makePlayback } from './playback.ts';

/** The process: reads the configuration, listens, and ends in order, its jobs with it. */
async function main(): Promise<undefined> {
  const config = readConfig();
  const log = makeLogger({ name: 'api', level: config.LOG_LEVEL });
  const store = await openObjectStore(config);
  const playback = makePlayback(config, store);
  const database = connectDatabase({
    url: config.DATABASE_URL,
    applicationName: 'bachata-buddy-api',
    onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const planner = makePlanner({ database, store, language: makeLanguageModel(config), log });
  const server = await buildApp({
    config,
    database,
    store,
    playback,
    planner,
    launcher: makeLauncher(config),
    log,
  });
  const close = async (): Promise<void> => {
    await server.close();
    await database.close();
  };
  closeOnTermination({
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

function makeLauncher(config: Config) {
  return makeLocalProcessLauncher({
    ...jobCommand(),
    environment: readJobEnvironment(config),
    capacity: config.JOB_CONCURRENCY,
    onOutputLine: (line) => process.stdout.write(`${line}\n`),
  });
}

await runCommand(main);
