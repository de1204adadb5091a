import type { Database } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import fp from 'fastify-plugin';
import { makeSongListener, type SongListener } from '../songs/listen-to-songs.ts';

declare module 'fastify' {
  interface FastifyInstance {
    songListener: SongListener;
  }
}

export interface SongListeningOptions {
  readonly database: Database;
  readonly store: ObjectStore;
}

/** Listens to songs that users bring for as long as the service runs. */
export const songListening = fp<SongListeningOptions>(
  async (app, { database, store }) => {
    const listener = makeSongListener({ database, store, log: app.log as Logger });
    app.decorate('songListener', listener);
    app.addHook('onReady', async () => listener.start());
    app.addHook('preClose', () => listener.close());
  },
  { name: 'song-listening' },
);
