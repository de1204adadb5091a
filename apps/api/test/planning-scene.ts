import { randomUUID } from 'node:crypto';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import {
  addOwnSong,
  type Database,
  noteSongHeard,
  type Song,
  saveAnalysis,
  type User,
  upsertMove,
} from '@bachata-buddy/database';
import { ANALYSIS_VERSION, type SongAnalysis } from '@bachata-buddy/music';
import { DIFFICULTIES, ENERGY_LEVELS, ownSongKey, STYLES } from '@bachata-buddy/vocabulary';
import { addSong } from './catalogue.ts';

const BEAT_SEC = 0.5;
const DURATION_SEC = 66;
const LABELS = ['basic', 'turn', 'side', 'body_wave', 'dip', 'shadow'] as const;

/** A song of 120 beats a minute that begins to be danced at one second. */
export const ANALYSIS: SongAnalysis = {
  version: ANALYSIS_VERSION,
  durationSec: DURATION_SEC,
  tempoBpm: 120,
  timeSignature: '4/4',
  beats: Array.from({ length: 128 }, (_, index) => 1 + index * BEAT_SEC),
  downbeats: Array.from({ length: 32 }, (_, index) => 1 + index * 4 * BEAT_SEC),
  eights: Array.from({ length: 16 }, (_, index) => 1 + index * 8 * BEAT_SEC),
  sections: [
    { label: 'intro', start: 1, end: 17, energy: 0.4, confidence: 0.9 },
    { label: 'verse', start: 17, end: 41, energy: 0.6, confidence: 0.8 },
    { label: 'chorus', start: 41, end: 65, energy: 1, confidence: 0.7 },
  ],
  energy: { hopSec: 1, values: Array.from({ length: DURATION_SEC }, (_, second) => second / DURATION_SEC) },
  embedding: unitVector(128, 7),
  confidence: { tempo: 1, beat: 1, downbeat: 1, eight: 1 },
};

/** Songs whose analysis is known (no audio is needed), and a library of clips for all tastes. */
export async function addPlanningCatalogue(database: Database, { songCount = 2 } = {}): Promise<Song[]> {
  const songs: Song[] = [];
  for (let index = 0; index < songCount; index++) {
    const contentHash = `hash-${index}`;
    await saveAnalysis(database, contentHash, ANALYSIS_VERSION, ANALYSIS);
    const title = `Cancion ${index + 1}`;
    songs.push(
      await addSong(database, title, {
        bpm: 115 + index * 10,
        genre: 'Bachata',
        contentHash,
        durationSec: 66,
      }),
    );
  }
  await addMoves(database);
  return songs;
}

/** Adds a song of a user's own that has been listened to; returns its id. */
export async function addHeardSong(database: Database, { id: ownerId }: Pick<User, 'id'>): Promise<number> {
  const contentHash = `heard-${randomUUID()}`;
  await saveAnalysis(database, contentHash, ANALYSIS_VERSION, ANALYSIS);
  const facts = { durationSec: DURATION_SEC, contentHash, recordingHash: contentHash };
  const names = { title: 'Mia', artist: 'Yo', genre: null, audioPath: ownSongKey(randomUUID(), '.mp3') };
  const { id } = await addOwnSong(database, { ownerId, ...names, ...facts });
  await noteSongHeard(database, id, { isSong: true, durationSec: DURATION_SEC, tempoBpm: 120 });
  return id;
}

async function addMoves(database: Database): Promise<void> {
  for (let index = 0; index < 45; index++) {
    const label = LABELS[index % LABELS.length]!;
    const move = {
      moveId: `move-${String(index).padStart(2, '0')}`,
      name: `${label} ${index}`,
      label,
      videoPath: `Bachata_steps/${label}/${index}.mp4`,
      difficulty: DIFFICULTIES[index % 3]!,
      energyLevel: ENERGY_LEVELS[Math.floor(index / 3) % 3]!,
      style: STYLES[index % 5]!,
      durationSec: 9,
      tempoBpm: 120,
      firstDownbeatSec: 0.25,
      counts: 16,
    };
    const text = [...embedText(describeMove(move))];
    const embedding = { pose: unitVector(512, index), audio: unitVector(128, index), text };
    await upsertMove(database, { ...move, embedding, beats: [], contentHash: null, source: 'test' });
  }
}

function unitVector(length: number, seed: number): number[] {
  const values = Array.from({ length }, (_, index) => Math.sin((seed + 1) * 12.9898 + index * 78.233));
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}
