import t from 'tap';
import { DEMO_WISHES, describeDemoLibrary } from '../src/index.ts';

const { songs, moves } = describeDemoLibrary();
const FAMILIES = [
  'basic',
  'side',
  'forward',
  'turn',
  'double_turn',
  'cross_body_lead',
  'body_wave',
  'hip_roll',
  'dip',
  'shadow',
  'hammerlock',
  'footwork',
  'styling',
  'intro',
  'outro',
];

function rises(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || time > times[index - 1]!);
}

t.test('the songs cover the tempos, lengths and sections of the genre', async (t) => {
  t.ok(songs.length >= 4);
  for (const song of songs) {
    const isFirst = song.songId === DEMO_WISHES[0].songId;
    const [shortest, longest] = isFirst ? [50, 70] : [90, 200];
    t.ok(
      song.durationSec >= shortest && song.durationSec <= longest,
      `${song.songId}: ${song.durationSec} s`,
    );
    t.ok(song.tempoBpm >= 112 && song.tempoBpm <= 148, `${song.songId}: ${song.tempoBpm} BPM`);
    t.ok(rises(song.beats) && rises(song.downbeats), `${song.songId}: beats rise`);
    t.ok(song.beats.at(-1)! < song.durationSec);
  }
  const labels = new Set<string>(songs.flatMap(({ sections }) => sections.map(({ label }) => label)));
  for (const label of ['intro', 'verse', 'chorus', 'mambo', 'break', 'outro']) t.ok(labels.has(label), label);
});

t.test('the moves cover every family, difficulty, style and energy level', async (t) => {
  t.ok(moves.length >= 48);
  t.equal(new Set(moves.map(({ moveId }) => moveId)).size, moves.length);
  t.equal(new Set(moves.map(({ path }) => path)).size, moves.length);
  for (const family of FAMILIES)
    t.ok(
      moves.some(({ label }) => label === family),
      family,
    );
  for (const difficulty of ['beginner', 'intermediate', 'advanced'])
    for (const style of ['romantic', 'energetic', 'sensual', 'playful', 'modern']) {
      const count = moves.filter((move) => move.difficulty === difficulty && move.style === style).length;
      t.ok(count >= 2, `${difficulty} ${style}: ${count}`);
    }
  for (const level of ['low', 'medium', 'high'])
    t.ok(
      moves.some(({ energyLevel }) => energyLevel === level),
      level,
    );
});

t.test('the beats of a clip rise from its start to its end at its tempo', async (t) => {
  for (const move of moves) {
    t.ok(move.counts === 8 || move.counts === 16, `${move.moveId}: ${move.counts} counts`);
    t.ok(rises(move.beats) && move.beats[0]! >= 0 && move.beats.at(-1)! < move.durationSec, move.moveId);
    t.ok(
      move.beats.some((beat) => Math.abs(beat - move.firstDownbeatSec) < 1e-9),
      move.moveId,
    );
    const spanSec = (move.counts * 60) / move.tempoBpm;
    t.ok(move.firstDownbeatSec + spanSec <= move.durationSec + 1e-9, move.moveId);
  }
});

t.test('pose embeddings have unit length and tell the families apart', async (t) => {
  for (const [index, move] of moves.entries()) {
    t.equal(move.poseEmbedding.length, 512);
    t.ok(Math.abs(Math.hypot(...move.poseEmbedding) - 1) < 1e-6, move.moveId);
    const nearest = moves
      .slice(index + 1)
      .filter(({ label }) => label !== move.label)
      .map(({ poseEmbedding }) =>
        poseEmbedding.reduce((sum, value, at) => sum + value * move.poseEmbedding[at]!, 0),
      );
    t.ok(
      nearest.every((cosine) => cosine < 0.99999),
      move.moveId,
    );
  }
});
