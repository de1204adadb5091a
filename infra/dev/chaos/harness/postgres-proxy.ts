import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** What to look for in what clients say to the database. */
export interface StatementWatch {
  /** All of these in one message: parts of the SQL, and of its values. */
  readonly words: readonly string[];
  /** Then the next statement with this word on the same connection is the one that is meant: `commit`. */
  readonly until?: string;
  /** Of the statements that fit, which one. Default 1. */
  readonly nth?: number;
  /** What becomes of it: it never arrives; or it is done, but the answer never arrives. */
  readonly fate: 'hold' | 'hold-answer';
}

export interface PostgresProxy {
  /** Of the same database, by way of the proxy. */
  readonly url: string;
  /** Resolves once, when the statement came (with `hold-answer`: when the database has answered it). */
  watch(watch: StatementWatch): Promise<void>;
  /** From now on nothing arrives any more, either way, and nobody is told: TCP that is open at one end only. */
  silence(): void;
  /** New connections work again. Those that were silent stay so, as long as their client keeps them. */
  heal(): void;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** The watch whose words have come, and that waits for its `until`. */
  armed?: Watched | undefined;
  /** Whose answer is to be kept back. */
  awaited?: Watched | undefined;
  /** A watch keeps it from saying more; that it ends is still told. */
  isHeld: boolean;
  isSilent: boolean;
}

interface Watched extends StatementWatch {
  readonly resolve: () => void;
  seen: number;
}

/** Stands between the programs and their database, sees what they say, and is where the network breaks. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const watches = new Set<Watched>();
  const links = new Set<Link>();
  const network = { isSilent: false };
  const proxy = createServer((client) => {
    const server = createConnection(Number(port), hostname);
    const link: Link = { client, server, isHeld: false, isSilent: network.isSilent };
    links.add(link);
    server.on('close', () => links.delete(link));
    connect(link, watches, network);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url: url.href,
    watch: (watch) => new Promise((resolve) => void watches.add({ ...watch, resolve, seen: 0 })),
    silence() {
      network.isSilent = true;
      for (const link of links) link.isSilent = true;
    },
    heal() {
      network.isSilent = false;
      // What was said meanwhile is lost; the database learns now that these clients are gone.
      for (const link of links) if (link.client.destroyed) link.server.destroy();
    },
    async close() {
      for (const { client, server } of links) {
        client.destroy();
        server.destroy();
      }
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function connect(link: Link, watches: Set<Watched>, network: { readonly isSilent: boolean }): void {
  const { client, server } = link;
  client.on('error', () => {});
  server.on('error', () => {});
  client.on('data', (chunk) => {
    if (link.isSilent || link.isHeld) return;
    const found = findStatement(link, watches, chunk.toString('latin1'));
    if (found === undefined) server.write(chunk);
    else if (found.fate === 'hold') {
      link.isHeld = true;
      found.resolve();
    } else {
      link.awaited = found;
      server.write(chunk);
    }
  });
  server.on('data', (chunk) => {
    if (link.awaited !== undefined) {
      link.isHeld = true;
      link.awaited.resolve();
      link.awaited = undefined;
    }
    if (!link.isSilent && !link.isHeld) client.write(chunk);
  });
  client.on('close', () => {
    // While nothing arrives, nor does an end.
    if (!network.isSilent) server.destroy();
  });
  server.on('close', () => {
    if (!link.isSilent) client.destroy();
  });
}

/** The watch that this message is the end of. */
function findStatement(link: Link, watches: Set<Watched>, text: string): Watched | undefined {
  if (link.armed?.until !== undefined && text.includes(link.armed.until)) {
    const found = link.armed;
    link.armed = undefined;
    watches.delete(found);
    return found;
  }
  for (const watch of watches) {
    if (!watch.words.every((word) => text.includes(word))) continue;
    watch.seen += 1;
    if (watch.seen !== (watch.nth ?? 1)) continue;
    if (watch.until === undefined) {
      watches.delete(watch);
      return watch;
    }
    link.armed = watch;
  }
  return undefined;
}
