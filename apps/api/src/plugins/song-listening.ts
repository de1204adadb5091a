import type { Logger } from '@bachata-buddy/platform';
import fp from 'fastify-plugin';
import { makeSongListener, type SongListener, type SongListenerOptions } from '../songs/listen-to-songs.ts';

declare module 'fastify' {
  interface FastifyInstance {
    songListener: SongListener;
  }
}

/** Listens to songs that users bring for as long as the service runs. */
export const songListening = fp<Omit<SongListenerOptions, 'log'>>(
  async (app, options) => {
    const listener = makeSongListener({ ...options, log: app.log as Logger });
    app.decorate('songListener', listener);
    app.addHook('onReady', async () => listener.start());
    app.addHook('preClose', () => listener.close());
  },
  { name: 'song-listening' },
);
