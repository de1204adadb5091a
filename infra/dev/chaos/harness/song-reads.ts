import { setTimeout as sleep } from 'node:timers/promises';
import { patientFetch } from '../../system/api-user.ts';

const READ_EVERY_MS = 25;

/** Somebody who only wants to read the list of songs, and where. */
export interface SongReader {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How long the list took from the first question, in ms: who is told to come again does, and the pause counts. For ever where it
 * did not come.
 */
export async function takenMsOfSongs({ origin, headers }: SongReader): Promise<number> {
  const began = performance.now();
  const answer = await patientFetch(new Request(`${origin}/api/choreography/songs/`, { headers }));
  await answer.arrayBuffer();
  return answer.status === 200 ? performance.now() - began : Number.POSITIVE_INFINITY;
}

/** Asks forty times a second whether or not the one before has been answered: who waits does not ask less often. */
export async function readSongsOnAndOn(reader: SongReader, signal: AbortSignal): Promise<number[]> {
  const reads: Promise<number>[] = [];
  while (!signal.aborted) {
    reads.push(takenMsOfSongs(reader));
    await sleep(READ_EVERY_MS);
  }
  return Promise.all(reads);
}
