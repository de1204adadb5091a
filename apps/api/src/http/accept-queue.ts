import { connect, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Waits until whoever has connected to a listening server so far has been let in, and what has arrived of requests
 * has been read. The system keeps new connections in a queue until the process comes round to them, one a turn of its
 * event loop; to stop listening would cut those off. The queue keeps its order: a connection of our own is let in when
 * all before it have been.
 *
 * @param withinMs after so long it is over all the same
 */
export async function letInWhoWaits(server: Server, withinMs: number): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') return;
  const own = connect({ port: address.port, host: address.address, timeout: withinMs });
  try {
    await ownTurn(server, own);
  } finally {
    own.destroy();
  }
  // The rest of what was ready when our turn came.
  await nextTurn();
}

/** Resolves when the server has let that connection in, or it has come to nothing. */
function ownTurn(server: Server, own: Socket): Promise<void> {
  return new Promise((resolve) => {
    const ports = new Set<number | undefined>();
    const look = (): void => {
      // Undefined until it is connected.
      if (own.localPort !== undefined && ports.has(own.localPort)) settle();
    };
    const onConnection = ({ remotePort }: Socket): void => {
      ports.add(remotePort);
      look();
    };
    const settle = (): void => {
      server.off('connection', onConnection);
      resolve();
    };
    server.on('connection', onConnection);
    own.once('connect', look).once('timeout', settle).once('error', settle).once('close', settle);
  });
}
