import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import { withLockFile } from '../src/embedded/lock-file.ts';

/** The number of a process that has just ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

for (const [title, leftBehind] of [
  ['a free lock', undefined],
  ['the lock of a process that has died', JSON.stringify({ pid: deadPid(), startedAt: '1' })],
  ['a lock cut short by a crash', ''],
] as const) {
  t.test(`of many that ask for ${title} one has it at a time`, async (t) => {
    const folder = t.testdir();
    const lock = path.join(folder, 'lock');
    if (leftBehind !== undefined) writeFileSync(lock, leftBehind);
    let inside = 0;
    let most = 0;
    let done = 0;
    await Promise.all(
      Array.from({ length: 12 }, () =>
        withLockFile(lock, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await turn();
          inside -= 1;
          done += 1;
        }),
      ),
    );
    t.equal(most, 1);
    t.equal(done, 12);
    t.same(readdirSync(folder), [], 'no file stays');
  });
}

t.test('work that throws gives the lock back', async (t) => {
  const folder = t.testdir();
  const lock = path.join(folder, 'lock');
  await t.rejects(
    withLockFile(lock, async () => {
      throw new Error('work');
    }),
    { message: 'work' },
  );
  t.equal(await withLockFile(lock, async () => 'free'), 'free');
});
