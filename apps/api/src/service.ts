import { connectDatabase } from '@bachata-buddy/database';
import { analyseInWorker } from '@bachata-buddy/music';
import type { Logger } from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { openTracing } from '@bachata-buddy/telemetry';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Config, readJobEnvironment } from './config.ts';
import { makeLanguageModel } from './generate/language-model.ts';
import { makePlanner } from './generate/planner.ts';
import { makeSparingModel } from './generate/sparing-model.ts';
import { jobCommand } from './launch/job-command.ts';
import { makeLocalProcessLauncher } from './launch/local-process-launcher.ts';
import { openPlatformLauncher } from './launch/open-platform-launcher.ts';
import { makePlayback } from './playback.ts';
import { openSignedMedia } from './signed-media.ts';

export interface Service {
  /** Neither ready nor listening yet: until then nothing is started and the database is not connected to. */
  readonly server: FastifyInstance;
  /** Closes everything, in order: nobody is served any more, then what served them ends. */
  close(): Promise<void>;
}

/** The service with every part that the configuration names. @throws AppError `CONFIG_INVALID` */
export async function makeService(config: Config, log: Logger): Promise<Service> {
  const store = await openObjectStore(config);
  const playback = makePlayback(config, store);
  const signedMedia = openSignedMedia(config, { store, playback });
  const database = connectDatabase({
    url: config.DATABASE_URL,
    applicationName: 'bachata-buddy-api',
    onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const model = makeLanguageModel(config);
  const maxCallsPerDay = config.GEMINI_MAX_CALLS_PER_DAY;
  const language = model && makeSparingModel(model, { database, maxCallsPerDay });
  const analyseSound = analyseInWorker;
  const planner = makePlanner({ database, store, analyseSound, language, log });
  const launcher = (await openPlatformLauncher(config)) ?? makeLocalLauncher(config);
  const tracing = await openTracing({ config, serviceName: 'bachata-buddy-api', log });
  const opened = { config, database, store, playback, signedMedia, planner, analyseSound, launcher, tracing };
  const server = await buildApp({ ...opened, log });
  return {
    server,
    async close() {
      await server.close();
      await planner.close();
      await database.close();
      await tracing.close();
    },
  };
}

function makeLocalLauncher(config: Config) {
  return makeLocalProcessLauncher({
    ...jobCommand(),
    environment: readJobEnvironment(config),
    capacity: config.JOB_CONCURRENCY,
    onOutputLine: (line) => process.stdout.write(`${line}\n`),
  });
}
