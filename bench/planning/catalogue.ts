import { type Database, saveAnalysis, upsertMove, upsertSong } from '@bachata-buddy/database';
import { ANALYSIS_VERSION, type SongAnalysis } from '@bachata-buddy/music';
import { AUDIO_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { demoMoves } from '../demo-moves.ts';

const TEMPO_BPM = 128;
const BEATS_PER_BAR = 4;
/** Four minutes. */
const FORM = [
  { label: 'intro', bars: 8, energy: 0.3 },
  { label: 'verse', bars: 24, energy: 0.5 },
  { label: 'chorus', bars: 16, energy: 0.8 },
  { label: 'verse', bars: 24, energy: 0.55 },
  { label: 'chorus', bars: 16, energy: 0.85 },
  { label: 'mambo', bars: 16, energy: 1 },
  { label: 'chorus', bars: 16, energy: 0.9 },
  { label: 'outro', bars: 8, energy: 0.3 },
] as const;

/** One song of four minutes that has been listened to, and so many moves: the demo's, again and again. */
export async function addCatalogue(database: Database, moveCount: number): Promise<{ songId: number }> {
  const contentHash = 'four-minutes';
  const analysis = analysisOf();
  await saveAnalysis(database, contentHash, ANALYSIS_VERSION, analysis);
  const { row } = await upsertSong(database, {
    title: 'Cuatro minutos',
    artist: 'Los Medidos',
    audioPath: 'songs/four-minutes.mp3',
    durationSec: analysis.durationSec,
    contentHash,
    source: 'bench',
  });
  const moves = demoMoves();
  for (let index = 0; index < moveCount; index += 1) {
    const { embedding, ...move } = moves[index % moves.length]!;
    const { pose, audio, text } = embedding;
    const own = { moveId: `${move.moveId}_${index}`, beats: [], contentHash: null, source: 'bench' };
    await upsertMove(database, {
      ...move,
      ...own,
      embedding: { pose: [...pose], audio: [...audio], text: [...text] },
    });
  }
  return { songId: row.id };
}

function analysisOf(): SongAnalysis {
  const barSec = (BEATS_PER_BAR * 60) / TEMPO_BPM;
  const bars = FORM.reduce((sum, section) => sum + section.bars, 0);
  const times = (count: number, stepSec: number) => Array.from({ length: count }, (_, n) => n * stepSec);
  const starts = FORM.map((_, index) => FORM.slice(0, index).reduce((sum, one) => sum + one.bars, 0));
  return {
    version: ANALYSIS_VERSION,
    durationSec: bars * barSec,
    tempoBpm: TEMPO_BPM,
    timeSignature: '4/4',
    beats: times(bars * BEATS_PER_BAR, barSec / BEATS_PER_BAR),
    downbeats: times(bars, barSec),
    eights: times(bars / 2, 2 * barSec),
    sections: FORM.map(({ label, bars: length, energy }, index) => ({
      ...{
        label,
        energy,
        confidence: 1,
        start: starts[index]! * barSec,
        end: (starts[index]! + length) * barSec,
      },
    })),
    energy: { hopSec: 1, values: [] },
    embedding: new Array<number>(AUDIO_DIMENSIONS).fill(0),
    confidence: { tempo: 1, beat: 1, downbeat: 1, eight: 1 },
  };
}
