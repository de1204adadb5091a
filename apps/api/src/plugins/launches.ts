import { hostname } from 'node:os';
import type { Database } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import type { Tracing } from '@bachata-buddy/telemetry';
import fp from 'fastify-plugin';
import { type Dispatcher, makeDispatcher } from '../launch/dispatcher.ts';
import type { JobLauncher } from '../launch/job-launcher.ts';
import type { Launched } from '../launch/launches-under-way.ts';
import { makeRecovery, type Swept } from '../launch/recovery.ts';

declare module 'fastify' {
  interface FastifyInstance {
    launches: Dispatcher;
  }
}

export interface LaunchesOptions {
  readonly database: Database;
  readonly launcher: JobLauncher;
  /** How long a task may wait to be launched. */
  readonly longestWaitSec: number;
  /** How often to look for orders; default 500 ms. */
  readonly pollMs?: number | undefined;
  readonly tracing?: Tracing | undefined;
  readonly onLaunched?: ((launched: Launched) => void) | undefined;
  readonly onSwept?: ((swept: Swept | Error) => void) | undefined;
}

/** Turns launch orders into running jobs for as long as the service runs. */
export const launches = fp<LaunchesOptions>(
  async (app, { database, launcher, longestWaitSec, pollMs, tracing, onLaunched, onSwept }) => {
    const log = app.log as Logger;
    const owner = `${hostname()}:${process.pid}`;
    const dispatcher = makeDispatcher({
      database,
      launcher,
      log,
      owner,
      tracing,
      onLaunched,
      ...(pollMs === undefined ? {} : { pollMs }),
    });
    const { platform } = launcher;
    const recovery = makeRecovery({
      database,
      dispatcher,
      platform,
      log,
      longestWaitSec,
      onSwept,
    });
    app.decorate('launches', dispatcher);
    app.addHook('onReady', async () => {
      dispatcher.start();
      recovery.start();
    });
    // Before the listening socket is closed: jobs take longest to stop.
    app.addHook('preClose', async () => {
      await recovery.close();
      await dispatcher.close();
      await platform?.close();
    });
  },
  { name: 'launches' },
);
