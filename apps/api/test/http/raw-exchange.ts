import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends bytes as they are and reads until the server ends the connection; null where it answered nothing. */
export async function exchange(port: number, bytes: string): Promise<RawAnswer | null> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const received = await text(socket);
  if (received === '') return null;
  const [head = '', body = ''] = received.split(/\r\n\r\n(.*)/s);
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(/: (.*)/s);
      return [name.toLowerCase(), value] as const;
    }),
  );
  return { status: Number(/^HTTP\/1\.1 (\d{3}) \S/.exec(statusLine)?.[1]), headers, body };
}
