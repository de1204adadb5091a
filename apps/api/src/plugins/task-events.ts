import type { Database } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import fp from 'fastify-plugin';
import type { AppConfig } from '../config.ts';
import { makeOpenStreams, type OpenStreams } from '../events/open-streams.ts';
import { makeTaskWatch, type TaskWatch } from '../events/task-watch.ts';

declare module 'fastify' {
  interface FastifyInstance {
    taskWatch: TaskWatch;
    openStreams: OpenStreams;
  }
}

export interface TaskEventsOptions {
  readonly database: Database;
  readonly config: AppConfig;
}

/** What all streams of task events share; they end when the service shuts down, before it waits for connections. */
export const taskEvents = fp<TaskEventsOptions>(
  async (app, { database, config }) => {
    const log = app.log as Logger;
    const watch = makeTaskWatch({ database, log, pollMs: config.TASK_EVENTS_POLL_MS });
    const streams = makeOpenStreams({
      total: config.TASK_EVENTS_MAX_STREAMS,
      perUser: config.TASK_EVENTS_MAX_STREAMS_PER_USER,
    });
    app.decorate('taskWatch', watch);
    app.decorate('openStreams', streams);
    app.addHook('preClose', async () => streams.stopAll());
    // Later: it waits for its query, and nothing else should wait for that.
    app.addHook('onClose', () => watch.close());
  },
  { name: 'task-events' },
);
