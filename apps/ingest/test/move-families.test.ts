import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { familyOf } from '@bachata-buddy/choreography';
import { describeDemoLibrary } from '@bachata-buddy/demo';
import { MOVE_FAMILIES, moveFamily, usualStyleOf } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { readAnnotations } from '../src/annotations.ts';

/** Annotated recordings, which are not part of the repository, lie beside it. */
const ANNOTATIONS = fileURLToPath(new URL('../../../../shared/data/clips/annotations.json', import.meta.url));

/** Labels that the planner would know nothing of. */
function unknownAmong(labels: Iterable<string>): string[] {
  return [...new Set(labels)].filter((label) => moveFamily(familyOf(label)) === undefined);
}

t.test('every label of the demo library is of a family that the planner knows', async (t) => {
  const labels = describeDemoLibrary().moves.map(({ label }) => label);
  t.ok(labels.length > 0);
  t.same(unknownAmong(labels), []);
});

t.test(
  'every label of the given annotations is of a family that the planner knows',
  { skip: existsSync(ANNOTATIONS) ? false : 'shared/data/clips/annotations.json is not on this machine' },
  async (t) => {
    const { clips } = await readAnnotations(ANNOTATIONS);
    t.ok(clips.length > 0);
    t.same(unknownAmong(clips.map(({ label }) => label)), []);
  },
);

t.test('what people call a family means that family, in either language', async (t) => {
  for (const { name, phrases } of MOVE_FAMILIES) {
    for (const phrase of [...(phrases?.english ?? []), ...(phrases?.spanish ?? [])]) {
      t.equal(familyOf(phrase.replace(/\*$/, '')), name, phrase);
    }
    t.equal(familyOf(name), name);
  }
});

t.test('a clip of which only the label is known has the usual style of its family', async (t) => {
  const styles = [
    'basic',
    'outros',
    'spins',
    'golpes',
    'bodywaves',
    'hip_rolls',
    'sensual',
    'turn',
    'nothing',
  ];
  t.same(styles.map(usualStyleOf), [
    'romantic',
    'romantic',
    'energetic',
    'energetic',
    'sensual',
    'sensual',
    'sensual',
    'playful',
    'playful',
  ]);
});
