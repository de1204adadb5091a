import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import t from 'tap';
import { runTool } from '../src/run-tool.ts';
import { hostileFiles } from './hostile-files.ts';
import { makeMedia } from './test-media.ts';

const MOST_RESIDENT_BYTES = 300 * 1024 ** 2;

/** The most memory that any child of this process has held while it was looked at; the kernel keeps each one's peak. */
function watchChildren(): { end: () => number } {
  let most = 0;
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'latin1');
        if (!status.includes(`\nPPid:\t${process.pid}\n`)) continue;
        most = Math.max(most, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  const timer = setInterval(look, 5);
  return {
    end: () => {
      clearInterval(timer);
      return most;
    },
  };
}

t.test('forty hostile files are refused, and open nothing else', async (t) => {
  const directory = t.testdir();
  const tools = await findMediaTools();
  const source = ['-f', 'lavfi', '-i', 'testsrc=d=0.5:s=64x64'];
  const filmPath = await makeMedia(directory, 'film.mp4', [
    ...source,
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ]);
  const matroska = readFileSync(await makeMedia(directory, 'film.mkv', [...source, '-c:v', 'mjpeg']));
  const film = readFileSync(filmPath);
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end(film);
  }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const filmUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`;
  const files = Object.entries(hostileFiles({ filmPath, filmUrl, film, matroska }));
  t.ok(files.length >= 40, `${files.length} files`);
  const watch = process.platform === 'linux' ? watchChildren() : undefined;
  for (const [name, content] of files) {
    const path = join(directory, 'sent.mp4');
    writeFileSync(path, content);
    const answer = await probeMedia(tools, path).catch((thrown: unknown) => thrown);
    t.ok(
      answer instanceof AppError && /^MEDIA_(PROBE_FAILED|TRUNCATED)$/.test(answer.code),
      `${name}: ${answer}`,
    );
  }
  t.equal(requests, 0, 'nobody asked the server');
  if (watch !== undefined) {
    const most = watch.end();
    t.ok(most < MOST_RESIDENT_BYTES, `at most ${Math.round(most / 1024 ** 2)} MB`);
    t.ok(most > 0, 'a program was seen at work');
  }
  t.ok(await probeMedia(tools, filmPath), 'the good film is not refused');
});

t.test('what is no plain file is refused without a look', async (t) => {
  const tools = await findMediaTools();
  for (const path of [t.testdir({}), '/dev/zero']) {
    await t.rejects(probeMedia(tools, path), { code: 'MEDIA_PROBE_FAILED' }, path);
  }
});

const skip = process.platform === 'linux' ? false : 'Only Linux limits what a program allocates';
t.test(
  'a program that takes more memory than it may ends, and one that does not goes on',
  { skip },
  async (t) => {
    const take = (megabytes: number) =>
      runTool({
        file: process.execPath,
        args: ['--jitless', '-e', `Buffer.alloc(${megabytes} * 1024 ** 2, 1)`],
        timeoutMs: 30_000,
        memoryLimitBytes: 600 * 1024 ** 2,
      });
    t.equal((await take(1)).exitCode, 0);
    t.not((await take(900)).exitCode, 0);
  },
);
