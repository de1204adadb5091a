import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

export interface FaultyProxy {
  /** Of the same database, by way of the proxy. */
  readonly url: string;
  /** What happens to a connection when a client says that word: cut, or from then on silent. Undefined: nothing. */
  fault: { readonly word: string; readonly kind: 'cut' | 'silent' } | undefined;
}

/** Stands between a client and its database and breaks connections when it is told to. */
export async function startFaultyProxy(t: Test, databaseUrl: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => other.destroy());
    }
    upstream.pipe(client);
    client.on('data', (chunk) => {
      const { fault } = proxy;
      if (fault === undefined || !chunk.includes(fault.word)) upstream.write(chunk);
      else if (fault.kind === 'cut') client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: FaultyProxy = { url: url.href, fault: undefined };
  return proxy;
}
