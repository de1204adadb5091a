import { fileOf } from '../logic/address.ts';
import { correctedRate, needsSeek } from '../logic/drift.ts';
import { clipSecAt, isRunningAt, isSameShot, type PlacedClip } from '../logic/preview-plan.ts';
import { clamp } from '../logic/time-scale.ts';
import { listenTo, onPictures } from './on-pictures.ts';

/** A picture that stands this near to where it should is not moved. */
const STANDING_SEC = 0.01;
/** So long a seek takes while it runs; it aims ahead by that. */
const SEEK_TAKES_SEC = 0.1;
/** From one seek to the next, where a machine is too slow to keep up. */
const SEEK_PAUSE_MS = 700;
/** The first pictures come late, and the next ones make up for it. */
const STEADY_PICTURES = 3;
/** What is learned of how late a video begins to move: no more than that, whatever a busy moment says. */
const LONGEST_START_SEC = 0.2;

/** Shows clips in step with a dance that something else leads: prepared, started, and kept in step by its rate. */
export class ClipPlayer {
  readonly #video: HTMLVideoElement;
  readonly #stop: readonly (() => void)[];
  #shot: PlacedClip | null = null;
  /** Ahead of the dance where positive; null until its pictures come evenly. */
  #driftSec: number | null = null;
  /** Pictures since it was told to play. */
  #pictures = 0;
  /** Whether it began where it was to begin: then how late it was says how early to begin. */
  #isTimedStart = false;
  /** Where it is to stand, of what it was told while it was on its way elsewhere. */
  #standNextSec: number | null = null;
  /** Of the dance. */
  #rate = 1;
  #seekAfterMs = 0;
  /** How late its pictures begin to move after it is told to play. */
  #startTakesSec = 0.05;
  /** Where the dance is at this moment. */
  readonly #nowSec: () => number;
  readonly #onBroken: () => void;

  /** @param options `onBroken` is told where a clip cannot be read from where it is said to be now */
  constructor(video: HTMLVideoElement, options: { nowSec: () => number; onBroken: () => void }) {
    this.#video = video;
    this.#nowSec = options.nowSec;
    this.#onBroken = options.onBroken;
    video.muted = true;
    video.preload = 'auto';
    this.#stop = [
      onPictures(video, (mediaSec, seenAtMs) => this.#measure(mediaSec, seenAtMs)),
      listenTo(video, { error: () => this.#break(), seeked: () => this.#standNext() }),
    ];
  }

  /** Whether its picture is there. */
  isReady(): boolean {
    return this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !this.#video.seeking;
  }

  /** Brings it to where it has to be: in every picture while the dance runs, and whenever it stands elsewhere. */
  drive(shot: PlacedClip, sec: number, { isPlaying, rate }: { isPlaying: boolean; rate: number }): void {
    this.#rate = rate;
    if (shot !== this.#shot) this.#take(shot);
    const isDue = sec >= shot.rollFromSec - this.#startTakesSec * rate;
    if (isPlaying && isDue && isRunningAt(shot, Math.max(sec, shot.rollFromSec)))
      this.#run(shot, sec, shot.playbackRate * rate);
    else this.#stand(clipSecAt(shot, Math.max(sec, shot.rollFromSec)));
  }

  pause(): void {
    this.#video.pause();
    this.#driftSec = null;
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  /** A clip that is there already goes on, though its address is new: it is read from there when it has to be. */
  #take(shot: PlacedClip): void {
    const before = this.#shot;
    this.#shot = shot;
    const isThere = this.#video.error === null && fileOf(this.#video.src) === fileOf(addressOf(shot));
    if (isThere && before !== null && isSameShot(before, shot)) return;
    this.#driftSec = null;
    this.#standNextSec = null;
    this.#video.pause();
    if (!isThere) this.#video.src = shot.clipUrl;
    this.#video.playbackRate = shot.playbackRate;
  }

  #break(): void {
    const { src } = this.#video;
    if (src === '' || this.#shot === null) return;
    if (src === addressOf(this.#shot)) {
      this.#onBroken();
      return;
    }
    // From where it is said to be now it was not read yet.
    this.pause();
    this.#video.src = this.#shot.clipUrl;
    this.#video.currentTime = clipSecAt(this.#shot, this.#nowSec());
  }

  #stand(clipSec: number): void {
    if (!this.#video.paused) this.pause();
    this.#standNextSec = this.#video.seeking ? clipSec : null;
    if (this.#video.seeking || Math.abs(this.#video.currentTime - clipSec) < STANDING_SEC) return;
    this.#video.currentTime = clipSec;
  }

  /** Nobody may tell it again: where the dance stands, no picture comes. */
  #standNext(): void {
    if (this.#standNextSec !== null) this.#stand(this.#standNextSec);
  }

  #run(shot: PlacedClip, sec: number, wantedRate: number): void {
    const video = this.#video;
    this.#standNextSec = null;
    if (video.paused && !video.seeking) {
      const clipSec = clipSecAt(shot, sec);
      if (needsSeek((video.currentTime - clipSec) / shot.playbackRate)) video.currentTime = clipSec;
      video.playbackRate = wantedRate;
      this.#pictures = 0;
      this.#isTimedStart = sec <= shot.rollFromSec;
      // Muted videos may always play; what takes its place rejects it, and is told again.
      video.play().catch(() => {});
      return;
    }
    const driftSec = this.#driftSec ?? 0;
    if (needsSeek(driftSec) && !video.seeking && performance.now() > this.#seekAfterMs) {
      this.#seekAfterMs = performance.now() + SEEK_PAUSE_MS;
      this.#driftSec = null;
      video.currentTime = clipSecAt(shot, sec + SEEK_TAKES_SEC);
      return;
    }
    const rate = correctedRate(wantedRate, driftSec, sec >= shot.showFromSec);
    if (Math.abs(rate - video.playbackRate) > 0.001) video.playbackRate = rate;
  }

  #measure(mediaSec: number, seenAtMs: number): void {
    const shot = this.#shot;
    if (shot === null || this.#video.paused || this.#video.seeking) return;
    // Where the dance is when the picture is seen, however late this is told.
    const seenSec = this.#nowSec() + ((seenAtMs - performance.now()) / 1_000) * this.#rate;
    const driftSec = (mediaSec - clipSecAt(shot, seenSec)) / shot.playbackRate;
    this.#pictures += 1;
    if (this.#pictures < STEADY_PICTURES) return;
    if (this.#pictures === STEADY_PICTURES && this.#isTimedStart)
      this.#startTakesSec = clamp(this.#startTakesSec - driftSec / 2, 0, LONGEST_START_SEC);
    this.#driftSec = driftSec;
  }
}

function addressOf({ clipUrl }: PlacedClip): string {
  return new URL(clipUrl, document.baseURI).href;
}
