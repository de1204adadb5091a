import { readdirSync } from 'node:fs';
import { findMediaTools } from '@bachata-buddy/media';
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
