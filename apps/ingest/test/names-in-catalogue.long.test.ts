import { createHash } from 'node:crypto';
import { type BuildBlueprintOptions, buildBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import { type Song, upsertSong } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { endingOf, stemOf, wordsOfSong } from '@bachata-buddy/songs';
import { SONG_PREFIX } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { textOfName } from '../src/files/file-name.ts';
import { keyOfRecording } from '../src/files/readable-key.ts';
import { anyName, makeRandom } from './any-name.ts';

t.test('what is made of any name stands in the catalogue and in a blueprint as it is', async (t) => {
  const random = makeRandom(20_251_130);
  const { db } = await makeTestDatabase(t);
  for (let round = 0; round < 2_000; round += 1) {
    const fileName = textOfName(anyName(random));
    const recordingHash = createHash('sha256').update(String(round)).digest('hex');
    const audioPath = await keyOfRecording(
      { prefix: SONG_PREFIX, name: stemOf(fileName), ending: endingOf(fileName), recordingHash },
      async () => false,
    );
    const words = wordsOfSong({}, fileName);
    const file = { audioPath, recordingHash, fileName, source: 'folder', contentHash: recordingHash };
    const values = { ...words, ...file, durationSec: 8, bpm: 120, tempoBpm: 120 };
    const { row, outcome } = await upsertSong(db, values);
    const blueprint = buildBlueprint(planFor(row));
    const read = parseBlueprint(JSON.parse(JSON.stringify(blueprint)));
    const isRight =
      outcome === 'added' &&
      row.audioPath === audioPath &&
      row.title === words.title &&
      read.song?.title === words.title &&
      read.audio_path === `data/${audioPath}`;
    if (!isRight) t.fail(`${JSON.stringify(fileName)}: ${outcome}, ${read.audio_path}, ${row.title}`);
  }
});

/** A dance of one move to that song. */
function planFor({ id, title, artist, audioPath }: Song): BuildBlueprintOptions {
  const place = {
    startSec: 0,
    durationSec: 4,
    counts: 8,
    trimStartSec: 0,
    playbackRate: 1,
    clipDurationSec: 5,
  };
  const move = { moveId: 'basic_1', name: 'Basic', label: 'basic', videoPath: 'moves/basic_1.mp4' };
  return {
    taskId: '6f1f4f0e-0000-4000-8000-000000000001',
    song: { id, title, artist, audioPath, tempoBpm: 120, durationSec: 4 },
    moves: [{ ...place, ...move, transition: 'cut', sectionLabel: 'verse', reason: 'It fits' }],
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'romantic',
    userId: 1,
    seed: 1,
    generatedAt: new Date('2025-11-09T10:11:12.345Z'),
  };
}
