import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findMediaTools, probeMedia, requirePictures } from '@bachata-buddy/media';
import { hostileFiles, watchChildren } from '@bachata-buddy/media/testkit';
import { AppError } from '@bachata-buddy/platform';
import t from 'tap';
import { runTool } from '../src/run-tool.ts';

const MOST_RESIDENT_BYTES = 300 * 1024 ** 2;

t.test(
  'files that lie in every box that counts, and others, are refused, and open nothing else',
  async (t) => {
    const directory = t.testdir();
    const tools = await findMediaTools();
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    t.teardown(() => server.close());
    await once(server, 'listening');
    const filmUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`;
    const files = Object.entries(await hostileFiles(directory, filmUrl));
    t.ok(files.length >= 50, `${files.length} files`);
    const look = async (path: string): Promise<unknown> => {
      const probe = await probeMedia(tools, path);
      await requirePictures(tools, path, probe);
      return probe;
    };
    const watch = watchChildren();
    for (const [name, content] of files) {
      const path = join(directory, 'sent.mp4');
      writeFileSync(path, content);
      const answer = await look(path).catch((thrown: unknown) => thrown);
      t.ok(
        answer instanceof AppError &&
          /^MEDIA_(PROBE_FAILED|TRUNCATED|NO_VIDEO|NO_PICTURES)$/.test(answer.code),
        `${name}: ${answer}`,
      );
    }
    t.equal(requests, 0, 'nobody asked the server');
    const most = watch.end();
    t.ok(most < MOST_RESIDENT_BYTES, `at most ${Math.round(most / 1024 ** 2)} MB`);
    if (process.platform === 'linux') t.ok(most > 0, 'a program was seen at work');
    t.ok(await look(join(directory, 'film.mp4')), 'the good film is not refused');
  },
);

t.test('what is no plain file is refused without a look', async (t) => {
  const tools = await findMediaTools();
  for (const path of [t.testdir({}), '/dev/zero']) {
    await t.rejects(probeMedia(tools, path), { code: 'MEDIA_PROBE_FAILED' }, path);
  }
});

const skip = process.platform === 'linux' ? false : 'Only on Linux a program is limited';
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

t.test(
  'a program that takes more processor time than it may ends, however long it may take',
  { skip },
  async (t) => {
    const { signal, timedOut } = await runTool({
      file: '/bin/sh',
      args: ['-c', 'while :; do :; done'],
      timeoutMs: 120_000,
      processorLimitSec: 1,
    });
    t.strictSame([signal, timedOut], ['SIGXCPU', false]);
  },
);
