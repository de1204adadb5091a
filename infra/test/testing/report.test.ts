import { Readable } from 'node:stream';
import t from 'tap';
import { parseCpuSec } from '../../dev/testing/cpu-time.ts';
import { reportRun, slowestFiles } from '../../dev/testing/report.ts';
import { longestFirst } from '../../dev/testing/run-order.ts';
import { isLong } from '../../dev/testing/test-files.ts';

const TAP = `TAP version 14
# Subtest: packages/a/test/a.test.ts
    ok 1 - it is so
    # { total: 9, pass: 9 }
    1..1
ok 1 - packages/a/test/a.test.ts # time=1500.5ms

# Subtest: packages/b/test/b.test.ts
    not ok 1 - it is not so
    1..1
not ok 2 - packages/b/test/b.test.ts # time=20ms {
  ---
  exitCode: 1
  ...
}

1..2
# { total: 5, pass: 2, fail: 1, skip: 1, todo: 1 }
`;

async function report(isVerbose: boolean) {
  const said: string[] = [];
  const run = await reportRun(Readable.from(TAP), { say: (line) => said.push(line), isVerbose });
  return { run, said };
}

t.test(
  'a run comes to its counts, and says of each file whether it passed, and all where it did not',
  async (t) => {
    const { run, said } = await report(false);
    t.strictSame(run, {
      passed: 2,
      failed: 1,
      skipped: 2,
      files: [
        { file: 'packages/a/test/a.test.ts', durationSec: 1.5005 },
        { file: 'packages/b/test/b.test.ts', durationSec: 0.02 },
      ],
    });
    t.equal(said[0], 'ok packages/a/test/a.test.ts # time=1500.5ms');
    t.match(said[1], /not ok 1 - it is not so/);
    t.equal(said[2], 'not ok packages/b/test/b.test.ts # time=20ms');
    t.equal(said.length, 3);
  },
);

t.test('a file that ended without a word has failed', async (t) => {
  const tap = 'not ok 1 - packages/a/test/a.test.ts # time=20ms {\n# { total: 4, pass: 4 }\n';
  const run = await reportRun(Readable.from(tap), { say: () => {}, isVerbose: false });
  t.match(run, { passed: 4, failed: 1 });
});

t.test('files that were asked for show all that they print', async (t) => {
  t.strictSame((await report(true)).said, TAP.trimEnd().split('\n'));
});

t.test('the slowest files are named, the slowest first, and run first the next time', async (t) => {
  const files = [1, 12.34, 3].map((durationSec, index) => ({ file: `${index}.test.ts`, durationSec }));
  t.strictSame(slowestFiles(files, 2), ['   12.3 s  1.test.ts', '    3.0 s  2.test.ts']);
  const durations = Object.fromEntries(files.map(({ file, durationSec }) => [file, durationSec]));
  t.strictSame(longestFirst(['0.test.ts', 'new.test.ts', '1.test.ts'], durations), [
    ...['new.test.ts', '1.test.ts', '0.test.ts'],
  ]);
});

t.test('long are the system, what breaks it, and what says so', async (t) => {
  for (const file of [
    'infra/test/system/a.test.ts',
    'infra/test/chaos/a.test.ts',
    'apps/a/test/a.long.test.ts',
  ])
    t.equal(isLong(file), true, file);
  for (const file of [
    'infra/test/deployment/a.test.ts',
    'apps/a/test/system.test.ts',
    'infra/test/chain.test.ts',
  ])
    t.equal(isLong(file), false, file);
});

t.test('processor time is read past a name with brackets', async (t) => {
  const counts = '1200 34 500 66';
  const stat = `7 (a) b (c)) S 1 7 7 0 -1 4194560 100 200 0 0 ${counts} 20 0 1 0 12345`;
  t.equal(parseCpuSec(stat), 18);
});
