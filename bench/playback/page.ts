import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';

const PLAYER = join(ROOT_DIRECTORY, 'bench/playback/player.js');

/** A page with the video on it, served with ranges, on this machine alone. */
export async function serveVideo(path: string): Promise<{ url: string; close: () => Promise<void> }> {
  const { size } = await stat(path);
  const film = '<video id="video" src="/video.mp4" muted preload="auto" width="1280" height="720"></video>';
  const html = `<!doctype html>${film}<script>${await readFile(PLAYER, 'utf8')}</script>`;
  const server = createServer((request, response) => {
    if (request.url !== '/video.mp4') {
      response.setHeader('content-type', 'text/html').end(html);
      return;
    }
    const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
    const [start, end] = [Number(from), to === '' ? size - 1 : Number(to)];
    response.writeHead(206, {
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-range': `bytes ${start}-${end}/${size}`,
      'content-length': end - start + 1,
    });
    createReadStream(path, { start, end })
      .on('error', () => response.destroy())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}
