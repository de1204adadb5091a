import { mixAt, type PreviewShot, shotsAt } from '../logic/preview-plan.ts';
import { type SongPlace, songRateOf, toSongSec, toVideoSec } from '../logic/song-time.ts';
import { clamp } from '../logic/time-scale.ts';
import { ClipPlayer } from './clip-player.ts';
import { listenTo } from './on-pictures.ts';
import { problemOfPlay, type Transport, TransportListeners, type TransportState } from './transport.ts';

export interface PreviewElements {
  readonly videos: readonly [HTMLVideoElement, HTMLVideoElement];
  readonly song: HTMLAudioElement;
  /** Lies over the videos; its colour and opacity are those of a fade. */
  readonly veil: HTMLElement;
}

export interface PreviewOptions {
  readonly shots: readonly PreviewShot[];
  readonly durationSec: number;
  readonly songUrl: string;
  readonly place: SongPlace;
}

/** Nobody waits longer for a clip than for the song: it is brought into step when it comes. */
const LONGEST_WAIT_MS = 4_000;
/** What is this near to its end has ended. */
const END_SEC = 0.03;

/**
 * Plays a dance that was never rendered: the song leads, two videos show its clips in turns. Where one shows, the other
 * makes its next clip ready and runs in, so that it is in step when its turn comes.
 */
export class PreviewTransport implements Transport {
  readonly durationSec: number;
  readonly #elements: PreviewElements;
  readonly #options: PreviewOptions;
  readonly #listeners = new TransportListeners();
  readonly #players: readonly ClipPlayer[];
  readonly #stopEvents: () => void;
  #rate = 1;
  #frame = 0;
  /** Counts requests to play, so that one that was overtaken does nothing. */
  #request = 0;

  constructor(elements: PreviewElements, options: PreviewOptions) {
    this.#elements = elements;
    this.#options = options;
    this.durationSec = options.durationSec;
    const { song, videos } = elements;
    const player = { nowSec: () => this.positionSec(), onBroken: () => this.#break() };
    this.#players = videos.map((video) => new ClipPlayer(video, player));
    this.#stopEvents = this.#listen(song);
    song.preload = 'auto';
    song.preservesPitch = true;
    if (song.src !== new URL(options.songUrl, document.baseURI).href) song.src = options.songUrl;
    this.setRate(1);
    this.#drive(false);
  }

  positionSec(): number {
    return clamp(toVideoSec(this.#options.place, this.#elements.song.currentTime), 0, this.durationSec);
  }

  state(): TransportState {
    return this.#listeners.state;
  }

  async play(): Promise<void> {
    this.#request += 1;
    const own = this.#request;
    if (this.#isAtEnd()) this.seek(0);
    this.#listeners.become({ isWaiting: true, problem: null });
    this.#drive(false);
    await this.#untilReady();
    if (own !== this.#request) return;
    try {
      await this.#elements.song.play();
    } catch (thrown) {
      this.#listeners.become({ isPlaying: false, isWaiting: false, problem: problemOfPlay(thrown) });
    }
  }

  pause(): void {
    this.#request += 1;
    this.#listeners.become({ isWaiting: false });
    this.#elements.song.pause();
  }

  seek(sec: number): void {
    const { song } = this.#elements;
    song.currentTime = toSongSec(this.#options.place, clamp(sec, 0, this.durationSec));
    if (song.paused) this.#drive(false);
    this.#listeners.show(this.positionSec());
  }

  setRate(rate: number): void {
    this.#rate = rate;
    const songRate = songRateOf(this.#options.place, rate);
    this.#elements.song.defaultPlaybackRate = songRate;
    this.#elements.song.playbackRate = songRate;
    this.#listeners.become({ rate });
  }

  onPicture(listener: (sec: number) => void): () => void {
    return this.#listeners.onPicture(listener);
  }

  onState(listener: () => void): () => void {
    return this.#listeners.onState(listener);
  }

  onEnd(listener: () => void): () => void {
    return this.#listeners.onEnd(listener);
  }

  dispose(): void {
    this.#request += 1;
    cancelAnimationFrame(this.#frame);
    this.#stopEvents();
    this.#elements.song.pause();
    for (const player of this.#players) player.dispose();
  }

  #listen(song: HTMLAudioElement): () => void {
    return listenTo(song, {
      playing: () => {
        this.#listeners.become({ isPlaying: true, isWaiting: false, problem: null });
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(this.#tick);
      },
      pause: () => {
        cancelAnimationFrame(this.#frame);
        this.#drive(false);
        this.#listeners.become({ isPlaying: false, isWaiting: false });
      },
      // Of the song itself, which may be shorter than the dance.
      ended: () => this.#listeners.end(),
      waiting: () => this.#listeners.become({ isWaiting: true }),
      seeked: () => {
        this.#drive(!song.paused);
        this.#listeners.show(this.positionSec());
      },
      loadedmetadata: () => this.#drive(false),
      error: () => this.#break(),
    });
  }

  readonly #tick = (): void => {
    const { song } = this.#elements;
    this.#drive(!song.ended && !this.#isAtEnd() && !song.paused);
    this.#listeners.show(this.positionSec());
    // Who was told of the picture may have sent the song elsewhere, or stopped it.
    if (song.paused || song.ended) return;
    if (!this.#isAtEnd()) {
      this.#frame = requestAnimationFrame(this.#tick);
      return;
    }
    song.pause();
    this.#listeners.end();
  };

  #isAtEnd(): boolean {
    return this.positionSec() >= this.durationSec - END_SEC;
  }

  #drive(isPlaying: boolean): void {
    const sec = this.positionSec();
    for (const [number, shot] of shotsAt(this.#options.shots, sec).entries())
      if (shot !== undefined) this.#players[number]?.drive(shot, sec, { isPlaying, rate: this.#rate });
    this.#paint(sec);
  }

  #paint(sec: number): void {
    const { videos, veil } = this.#elements;
    const mix = mixAt(this.#options.shots, sec);
    for (const [number, video] of videos.entries()) {
      video.style.opacity = String(mix.opacities[number]);
      video.style.zIndex = number === mix.above ? '2' : '1';
    }
    veil.style.background = mix.veil.colour;
    veil.style.opacity = String(mix.veil.opacity);
  }

  async #untilReady(): Promise<void> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    while (!this.#isReady() && performance.now() < deadline && this.state().problem === null)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }

  #isReady(): boolean {
    const sec = this.positionSec();
    const areReady = shotsAt(this.#options.shots, sec).every(
      (shot, number) =>
        shot === undefined || shot.showFromSec > sec || this.#players[number]?.isReady() === true,
    );
    return areReady && this.#elements.song.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  #break(): void {
    this.#elements.song.pause();
    this.#listeners.become({ isPlaying: false, isWaiting: false, problem: 'broken' });
  }
}
