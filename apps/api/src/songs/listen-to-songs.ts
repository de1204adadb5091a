import { canBeDanced } from '@bachata-buddy/choreography';
import {
  failUnheardSongs,
  findSong,
  forgetHeardFile,
  type HeardSong,
  noteSongHeard,
  type Song,
  takeUnheardSongs,
} from '@bachata-buddy/database';
import { findMediaTools } from '@bachata-buddy/media';
import { AppError, type Logger } from '@bachata-buddy/platform';
import { ensureSample, hearSong } from '@bachata-buddy/songs';
import { ownSampleKey } from '@bachata-buddy/vocabulary';
import pLimit from 'p-limit';
import { type SongAnalyserOptions, songToHear } from '../generate/song-analyser.ts';

/** One song takes a few seconds of a core and a hundred megabytes: others wait. */
const LISTENERS = 1;
const DEADLINE_MS = 5 * 60_000;
/** Songs that wait for their turn are heard long before: whoever was to listen to this one is gone. */
const TAKEN_UP_AFTER_SEC = 10 * 60;
const GIVEN_UP_AFTER_SEC = 60 * 60;
const LOOK_EVERY_MS = 5 * 60_000;

const NO_BEAT = 'No beat could be found in it: it is silent, or too short.';
const TOO_SHORT = 'It is too short to be danced to: not one whole bar from its first "1" on.';
const NOT_HEARD = 'It could not be listened to. Delete it, and bring it once more.';

export interface SongListenerOptions extends SongAnalyserOptions {
  readonly log: Pick<Logger, 'error' | 'info' | 'warn'>;
}

/** Listens to songs that users bring, one after the other, in the background. */
export interface SongListener {
  /**
   * Listens to a song that is `analysing`, once it is its turn; it is `ready` or `failed` then. Where storage or the database
   * fail it stays `analysing`, and is taken up again.
   */
  listen(song: Song): void;
  /** Takes up now and then what nobody listens to any more. */
  start(): void;
  /** What is being listened to is given up. */
  close(): Promise<void>;
}

export function makeSongListener({ log, ...options }: SongListenerOptions): SongListener {
  const { database, store } = options;
  const inTurn = pLimit(LISTENERS);
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  async function hear(song: Song): Promise<HeardSong> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(DEADLINE_MS)]);
    const sound = await songToHear(options, song, signal);
    const analysis = await hearSong(sound);
    if (!canBeDanced(analysis)) {
      return { isSong: false, failure: analysis.beats.length === 0 ? NO_BEAT : TOO_SHORT };
    }
    const workshop = { store, tools: await findMediaTools() };
    const { contentHash, sampleKey, withFile } = sound;
    await withFile((filePath) =>
      ensureSample(workshop, { filePath, contentHash, sampleKey, analysis, signal }),
    );
    return { isSong: true, durationSec: analysis.durationSec, tempoBpm: analysis.tempoBpm };
  }

  async function hearAndNote(song: Song): Promise<void> {
    let heard: HeardSong;
    try {
      heard = await hear(song);
    } catch (thrown) {
      // What is left here is taken up by another process, or the next one.
      if (closing.signal.aborted) return;
      if (thrown instanceof AppError && thrown.retryable) {
        log.warn({ err: thrown, songId: song.id }, 'a song cannot be listened to now');
        return;
      }
      const isOfFile = thrown instanceof AppError && thrown.isAboutFile;
      if (!isOfFile) log.error({ err: thrown, songId: song.id }, 'a song cannot be listened to');
      heard = { isSong: false, failure: isOfFile ? `${thrown.message}.`.replace(/\.\.$/, '.') : NOT_HEARD };
    }
    const isNoted = await noteSongHeard(database, song.id, heard);
    if (!isNoted) await clearUp(song);
    log.info({ songId: song.id, isSong: heard.isSong, isNoted }, 'a song was listened to');
  }

  /** Of a song that was deleted meanwhile nothing stays. */
  async function clearUp({ id, audioPath, contentHash }: Song): Promise<void> {
    if ((await findSong(database, id, 'operator')) !== null) return;
    await store.remove(ownSampleKey(audioPath));
    await forgetHeardFile(database, contentHash);
  }

  function follow(work: Promise<void>): void {
    const followed = work
      .catch((thrown: unknown) => log.error({ err: thrown }, 'what was heard in a song cannot be noted'))
      .finally(() => underWay.delete(followed));
    underWay.add(followed);
  }

  const listen = (song: Song): void => follow(inTurn(() => hearAndNote(song)));

  async function takeUp(): Promise<void> {
    const count = await failUnheardSongs(database, { olderThanSec: GIVEN_UP_AFTER_SEC, failure: NOT_HEARD });
    if (count > 0) log.warn({ count }, 'songs were given up that nobody listened to');
    for (const song of await takeUnheardSongs(database, { silentForSec: TAKEN_UP_AFTER_SEC })) listen(song);
  }

  return {
    listen,
    start() {
      follow(takeUp());
      timer = setInterval(() => follow(takeUp()), LOOK_EVERY_MS);
      timer.unref();
    },
    // Those that wait for their turn find themselves aborted.
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
