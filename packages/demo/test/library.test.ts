import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { withScratchDirectory } from '@bachata-buddy/platform';
import t from 'tap';
import { describeDemoLibrary, makeDemoLibrary } from '../src/index.ts';

const { ffmpegPath } = await findMediaTools();
const [SHORT_MOVE] = describeDemoLibrary().moves.filter(({ counts }) => counts === 8);

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' });
}

t.test('what cannot be made is refused clearly', async (t) => {
  const directory = t.testdir({ file: '' });
  await t.rejects(makeDemoLibrary({ directory, ffmpegPath, only: { moveIds: ['moonwalk'] } }), {
    code: 'DEMO_UNKNOWN_ID',
  });
  const only = { moveIds: [SHORT_MOVE!.moveId] };
  await t.rejects(makeDemoLibrary({ directory, ffmpegPath: '/bin/false', only }), {
    code: 'DEMO_ENCODE_FAILED',
  });
  t.same(
    filesBelow(directory).filter((name) => name.endsWith('.mp4') || name.endsWith('.part')),
    [],
  );
});

t.test('no temporary file is left, not even by a process that was ended in the middle', async (t) => {
  const directory = t.testdir({ library: {}, temporary: {} });
  const temporary = join(directory, 'temporary');
  const place = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  t.teardown(() => {
    if (place === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = place;
  });
  const ownName = await withScratchDirectory({ purpose: 'demo' }, async (own) => basename(own));
  // No system has so many processes.
  const abandoned = join(temporary, ownName.replace(`-${process.pid}-`, '-99999999-'));
  mkdirSync(abandoned);
  writeFileSync(join(abandoned, 'stage.rgba'), 'half a stage');
  const only = { moveIds: [SHORT_MOVE!.moveId] };
  const making = makeDemoLibrary({ directory: join(directory, 'library'), ffmpegPath: '/bin/false', only });
  await t.rejects(making, { code: 'DEMO_ENCODE_FAILED' });
  t.same(readdirSync(temporary), []);
});
