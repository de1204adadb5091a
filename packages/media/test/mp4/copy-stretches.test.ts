import { randomBytes } from 'node:crypto';
import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { copyStretches } from '../../src/mp4/copy-stretches.ts';

const MEGABYTE = 1024 * 1024;

/** Copies stretches of files that lie in the test's folder, and answers with what came out. */
async function copy(t: Test, stretches: readonly [name: string, offset: number, sizeBytes: number][]) {
  const path = join(t.testdirName, 'copied');
  const file = await open(path, 'w');
  const dataBytes = stretches.reduce((sum, [, , sizeBytes]) => sum + sizeBytes, 0);
  const plan = {
    dataBytes,
    stretches: stretches.map(([name, offset, sizeBytes]) => ({
      path: join(t.testdirName, name),
      offset,
      sizeBytes,
    })),
  };
  const fractions: number[] = [];
  await copyStretches(file, plan, { onProgress: (fraction) => fractions.push(fraction) }).finally(() =>
    file.close(),
  );
  return { bytes: await readFile(path), fractions };
}

t.test('stretches of several files come out in order, byte by byte, whatever their lengths', async (t) => {
  t.testdir();
  const picture = randomBytes(11 * MEGABYTE);
  const sound = randomBytes(MEGABYTE);
  await writeFile(join(t.testdirName, 'picture'), picture);
  await writeFile(join(t.testdirName, 'sound'), sound);
  const stretches: [string, number, number][] = [];
  // In turns, as a film has them; one is longer than any buffer, and thousands are a few bytes long.
  for (let n = 0; n < 2_500; n += 1) {
    stretches.push(['picture', 100 + n * 1_777, 1_777], ['sound', n * 311, 311]);
  }
  stretches.push(['picture', 0, 9 * MEGABYTE + 1], ['sound', 5, 7], ['picture', 3, 1], ['sound', 12, 2]);
  const { bytes, fractions } = await copy(t, stretches);
  const wanted = stretches.map(([name, offset, sizeBytes]) =>
    (name === 'picture' ? picture : sound).subarray(offset, offset + sizeBytes),
  );
  t.ok(bytes.equals(Buffer.concat(wanted)));
  t.equal(fractions.at(-1), 1);
  t.same(
    fractions,
    [...fractions].sort((a, b) => a - b),
  );
});

t.test('a file that ends before its samples do is refused, wherever it ends', async (t) => {
  t.testdir();
  const path = join(t.testdirName, 'picture');
  const stretches: [string, number, number][] = [
    ['picture', 0, 1_000],
    ['other', 0, 50],
    ['picture', 1_000, 1_000],
  ];
  await writeFile(join(t.testdirName, 'other'), randomBytes(50));
  for (const length of [1_999, 1_500, 1_000, 999, 0]) {
    await writeFile(path, randomBytes(2_000));
    t.equal((await copy(t, stretches)).bytes.length, 2_050);
    await truncate(path, length);
    await t.rejects(copy(t, stretches), { code: 'MEDIA_OUTPUT_INVALID', details: { path } });
  }
});
