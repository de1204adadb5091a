import fp from 'fastify-plugin';
import { letInWhoWaits } from '../http/accept-queue.ts';

export interface DrainOptions {
  /** From the beginning of the end until connections that are still open are cut. */
  readonly drainMs: number;
}

/**
 * Lets go of clients in order when the service closes: whoever has come is let in, no new connection is accepted, what
 * is under way is answered and its connection closed, and what is left after the deadline (a download that nobody
 * reads) is cut.
 */
export const drain = fp<DrainOptions>(
  async (app, { drainMs }) => {
    let isClosing = false;
    app.addHook('onSend', async (_request, reply) => {
      if (isClosing) void reply.header('connection', 'close');
    });
    // An answer that had begun before said nothing of that.
    app.addHook('onResponse', async () => {
      if (isClosing) app.server.closeIdleConnections();
    });
    app.addHook('preClose', async () => {
      isClosing = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), drainMs);
      app.server.once('close', () => clearTimeout(cut));
      await letInWhoWaits(app.server, drainMs);
      // Not left to Fastify, which first waits for all that closes beside: jobs take their time to stop.
      app.server.close();
    });
  },
  { name: 'drain' },
);
