import { type Database, type Song, upsertMove, upsertSong } from '@bachata-buddy/database';
import { AUDIO_DIMENSIONS, DIFFICULTIES, POSE_DIMENSIONS, TEXT_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { CLIP_KEY, CLIP_SEC, SONG_KEY, SONG_SEC, TEMPO_BPM } from './cloud-scene.ts';

/** One song and six moves, enough to plan with; the media are those of the bucket. */
export async function stockCatalogue(db: Database): Promise<Song> {
  for (let index = 0; index < 6; index += 1) {
    await upsertMove(db, {
      moveId: `basic-${index}`,
      name: `Basic step ${index}`,
      label: index === 0 ? 'intro' : 'basic',
      videoPath: CLIP_KEY,
      difficulty: DIFFICULTIES[index % 3] ?? 'beginner',
      energyLevel: 'medium',
      style: 'modern',
      durationSec: CLIP_SEC,
      tempoBpm: TEMPO_BPM,
      firstDownbeatSec: 0,
      counts: 8,
      embedding: {
        pose: unitVector(POSE_DIMENSIONS, index),
        audio: unitVector(AUDIO_DIMENSIONS, index),
        text: unitVector(TEXT_DIMENSIONS, index),
      },
      beats: [],
      contentHash: null,
      source: 'chaos',
    });
  }
  const { row } = await upsertSong(db, {
    title: 'Pulso',
    artist: 'Los Pulsos',
    durationSec: SONG_SEC,
    bpm: TEMPO_BPM,
    genre: 'Modern Bachata',
    audioPath: SONG_KEY,
    contentHash: 'pulso',
    source: 'chaos',
  });
  return row;
}

/** No two of them are alike. */
function unitVector(length: number, seed: number): number[] {
  const values = Array.from({ length }, (_, index) => Math.sin((seed + 1) * 12.9898 + index * 78.233));
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}
