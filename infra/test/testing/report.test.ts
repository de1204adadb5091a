import { spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import t from 'tap';
import { parseCpuSec, watchEndedChildren } from '../../dev/testing/cpu-time.ts';
import { busiestProcesses, reportRun, slowestFiles } from '../../dev/testing/report.ts';
import { isLong } from '../../dev/testing/test-files.ts';
import { groupFiles } from '../../dev/testing/test-groups.ts';

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

t.test(
  'files that share a process are told apart, and what ended before all of them had run has failed',
  async (t) => {
    const tap = `# Subtest: a process for packages/a/test/a.test.ts and 2 others
    # Subtest: packages/a/test/a.test.ts
        ok 1 - it is so
    ok 1 - packages/a/test/a.test.ts # time=1500ms
    # Subtest: packages/a/test/b.test.ts
        not ok 1 - it is not so
    not ok 2 - packages/a/test/b.test.ts # time=20ms
not ok 1 - a process for packages/a/test/a.test.ts and 2 others # time=1600ms
# { total: 2, pass: 1, fail: 1 }
`;
    const said: string[] = [];
    const run = await reportRun(Readable.from(tap), { say: (line) => said.push(line), isVerbose: false });
    t.match(run, { passed: 1, failed: 1, files: [{ durationSec: 1.5 }, { durationSec: 0.02 }] });
    t.equal(said[0], 'ok packages/a/test/a.test.ts # time=1500ms');
    t.match(said[1], /it is not so/);
    t.equal(said[2], 'not ok packages/a/test/b.test.ts # time=20ms');
    t.equal(said.length, 3, 'its process fails with it');
    const cutOff = tap.replace(/^ {4}not ok 2.*$/m, '    Error: the process fell');
    const told: string[] = [];
    await reportRun(Readable.from(cutOff), { say: (line) => told.push(line), isVerbose: false });
    t.match(told[1], /the process fell/);
    t.match(told[2], /^not ok a process for/);
  },
);

t.test('the slowest files are named, the slowest first', async (t) => {
  const files = [1, 12.34, 3].map((durationSec, index) => ({ file: `${index}.test.ts`, durationSec }));
  t.strictSame(slowestFiles(files, 2), ['   12.3 s  1.test.ts', '    3.0 s  2.test.ts']);
});

t.test('the processes that took most are named, the one that took most first', async (t) => {
  const processes = [{ name: 'a', cpuSec: 2 }, { name: 'b' }, { name: 'c', cpuSec: 45.67 }];
  t.strictSame(busiestProcesses(processes, 2), ['   45.7 s  c', '    2.0 s  a']);
});

t.test('what a child took is told when it has ended, and what this process takes is not', async (t) => {
  const cpuSecOfEnded = watchEndedChildren();
  const runs = [0, 500].map((ms) => {
    spawnSync(process.execPath, ['-e', `while (process.cpuUsage().user < ${ms * 1_000});`]);
    return cpuSecOfEnded();
  });
  if (process.platform === 'linux') t.ok(Number(runs[1]) >= 0.5, runs.join(' '));
  const before = process.cpuUsage().user;
  while (process.cpuUsage().user < before + 300_000);
  t.ok((cpuSecOfEnded() ?? 0) < 0.2);
});

t.test(
  'short files of a room share a process, long ones have their own, and the longest runs first',
  async (t) => {
    const [short, other, slow, long] = ['a/test/a', 'a/test/new', 'a/test/slow', 'a/test/x.long'].map(
      (name) => `${name}.test.ts`,
    ) as [string, string, string, string];
    const [elsewhere, longAndNew] = ['b/test/a.test.ts', 'b/test/new.long.test.ts'];
    const durations = { [short]: 1, [slow]: 39, [long]: 2, [elsewhere]: 5 };
    t.strictSame(groupFiles([short, other, slow, long, elsewhere, longAndNew], durations), [
      [longAndNew],
      [slow],
      [elsewhere],
      [short, other],
      [long],
    ]);
  },
);

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
