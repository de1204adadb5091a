import { hostname } from 'node:os';
import type { Database } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import fp from 'fastify-plugin';
import { type Dispatcher, makeDispatcher } from '../launch/dispatcher.ts';
import type { JobLauncher } from '../launch/job-launcher.ts';
import { makeRecovery } from '../launch/recovery.ts';

declare module 'fastify' {
  interface FastifyInstance {
    launches: Dispatcher;
  }
}

export interface LaunchesOptions {
  readonly database: Database;
  readonly launcher: JobLauncher;
  /** How often to look for orders; default 500 ms. */
  readonly pollMs?: number | undefined;
}

/** Turns launch orders into running jobs for as long as the service runs. */
export const launches = fp<LaunchesOptions>(
  async (app, { database, launcher, pollMs }) => {
    const log = app.log as Logger;
    const owner = `${hostname()}:${process.pid}`;
    const dispatcher = makeDispatcher({
      database,
      launcher,
      log,
      owner,
      ...(pollMs === undefined ? {} : { pollMs }),
    });
    const recovery = makeRecovery({ database, dispatcher, platform: launcher.platform, log });
    app.decorate('launches', dispatcher);
    app.addHook('onReady', async () => {
      dispatcher.start();
      recovery.start();
    });
    // Before the listening socket is closed: jobs take longest to stop.
    app.addHook('preClose', async () => {
      await recovery.close();
      await dispatcher.close();
      await launcher.platform?.close();
    });
  },
  { name: 'launches' },
);
