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

/** Where a preview is read from: addresses that end. */
export interface PreviewSource {
  readonly shots: readonly PreviewShot[];
  readonly songUrl: string;
}

export interface PreviewOptions {
  readonly source: PreviewSource;
  readonly durationSec: number;
  readonly place: SongPlace;
  /** Asks for the same at addresses of now. Rejects where nobody could tell. */
  renew(): Promise<PreviewSource>;
}

/** Nobody waits longer for a clip than for the song: it is brought into step when it comes. */
const LONGEST_WAIT_MS = 4_000;
/** What is this near to its end has ended. */
const END_SEC = 0.03;
/** What cannot be read at an address that is younger than this has not ended: it is not there. */
const YOUNG_MS = 10_000;

/**
 * Plays a dance that was never rendered: the song leads, two videos show its clips in turns. Where one shows, the other
 * makes its next clip ready and runs in, so that it is in step when its turn comes.
 */
export class PreviewTransport implements Transport {
  readonly durationSec: number;
  readonly #elements: PreviewElements;
  readonly #options: PreviewOptions;
  #source: PreviewSource;
  readonly #listeners = new TransportListeners();
  readonly #players: readonly ClipPlayer[];
  readonly #stopEvents: () => void;
  #rate = 1;
  #frame = 0;
  /** Counts requests to play, so that one that was overtaken does nothing. */
  #request = 0;
  /** Whether it plays as far as it can: a song that is read from elsewhere stands still for a moment. */
  #isWanted = false;
  #isRenewing = false;
  #isOver = false;
  #renewedAtMs = Number.NEGATIVE_INFINITY;

  constructor(elements: PreviewElements, options: PreviewOptions) {
    this.#elements = elements;
    this.#options = options;
    this.#source = options.source;
    this.durationSec = options.durationSec;
    const { song, videos } = elements;
    const player = { nowSec: () => this.positionSec(), onBroken: () => void this.#mend() };
    this.#players = videos.map((video) => new ClipPlayer(video, player));
    this.#stopEvents = this.#listen(song);
    song.preload = 'auto';
    song.preservesPitch = true;
    this.#openSong();
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
    this.#isWanted = true;
    // Whoever presses again wants it tried again.
    if (this.state().problem === 'broken') this.#renewedAtMs = Number.NEGATIVE_INFINITY;
    if (this.state().problem === 'broken' || this.#isRenewing) return this.#mend();
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
    this.#isWanted = false;
    this.#listeners.become({ isPlaying: false, isWaiting: false });
    this.#elements.song.pause();
  }

  /** Goes on with addresses of now. What plays is let play: it is read from there where it has to be. */
  renew(source: PreviewSource): void {
    this.#source = source;
    const { song } = this.#elements;
    const isSongBroken = song.error !== null;
    if (song.paused || isSongBroken) this.#openSong();
    this.#drive(!song.paused);
    if (this.#isWanted && (song.paused || isSongBroken)) void this.play();
  }

  seek(sec: number): void {
    const { song } = this.#elements;
    const target = clamp(sec, 0, this.durationSec);
    this.#listeners.jump(target);
    song.currentTime = toSongSec(this.#options.place, target);
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

  onJump(listener: (sec: number) => void): () => void {
    return this.#listeners.onJump(listener);
  }

  onState(listener: () => void): () => void {
    return this.#listeners.onState(listener);
  }

  onEnd(listener: () => void): () => void {
    return this.#listeners.onEnd(listener);
  }

  dispose(): void {
    this.#request += 1;
    this.#isOver = true;
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
        // Told late, of what plays again already.
        if (!song.paused) return;
        cancelAnimationFrame(this.#frame);
        this.#drive(false);
        this.#listeners.become({ isPlaying: false, isWaiting: this.#isRenewing });
      },
      // Of the song itself, which may be shorter than the dance.
      ended: () => {
        this.#isWanted = false;
        this.#listeners.end();
      },
      waiting: () => this.#listeners.become({ isWaiting: true }),
      seeked: () => {
        this.#drive(!song.paused);
        this.#listeners.show(this.positionSec());
      },
      loadedmetadata: () => this.#drive(false),
      error: () => void this.#mend(),
    });
  }

  #openSong(): void {
    const { song } = this.#elements;
    const url = new URL(this.#source.songUrl, document.baseURI).href;
    if (song.src === url && song.error === null) return;
    const sec = song.currentTime;
    song.src = url;
    song.currentTime = sec;
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
    this.pause();
    this.#listeners.end();
  };

  #isAtEnd(): boolean {
    return this.positionSec() >= this.durationSec - END_SEC;
  }

  #drive(isPlaying: boolean): void {
    const sec = this.positionSec();
    for (const [number, shot] of shotsAt(this.#source.shots, sec).entries())
      if (shot !== undefined) this.#players[number]?.drive(shot, sec, { isPlaying, rate: this.#rate });
    this.#paint(sec);
  }

  #paint(sec: number): void {
    const { videos, veil } = this.#elements;
    const mix = mixAt(this.#source.shots, sec);
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
    const areReady = shotsAt(this.#source.shots, sec).every(
      (shot, number) =>
        shot === undefined || shot.showFromSec > sec || this.#players[number]?.isReady() === true,
    );
    return areReady && this.#elements.song.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  /** Something cannot be read: its address may have ended. With another it goes on where it is. */
  async #mend(): Promise<void> {
    if (this.#isRenewing) return;
    if (performance.now() - this.#renewedAtMs < YOUNG_MS) return this.#fail();
    this.#isRenewing = true;
    this.#listeners.become({ isWaiting: true, problem: null });
    // Why nobody could tell does not matter here: it is asked again when somebody presses again.
    const source = await this.#options.renew().catch(() => null);
    if (this.#isOver) return;
    this.#isRenewing = false;
    this.#renewedAtMs = performance.now();
    this.#listeners.become({ isWaiting: false });
    if (source === null) this.#fail();
    else this.renew(source);
  }

  /** It says so itself; where it is tried again it is asked again. */
  #fail(): void {
    this.pause();
    this.#listeners.become({ problem: 'broken' });
  }
}
