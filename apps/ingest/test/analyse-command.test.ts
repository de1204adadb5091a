import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

t.test('a path at which no song lies is told as that, by its name', async (t) => {
  const folder = t.testdir({ 'notes.txt': 'no song' });
  const analyse = (file: string) =>
    run(process.execPath, [...programArguments('apps/ingest/src/analyse-command.ts'), file], {
      cwd: ROOT,
      env: { PATH: process.env.PATH },
    });
  for (const path of [join(folder, 'misspelt.mp3'), folder]) {
    await t.rejects(analyse(path), { code: 2, stderr: `error: ${path} is not a file that can be read.\n` });
  }
  await t.rejects(analyse(join(folder, 'notes.txt')), { code: 1, stderr: /not a readable media file/ });
});
