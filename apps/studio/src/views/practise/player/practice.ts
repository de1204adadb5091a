import { countInTo } from '../logic/count-in.ts';
import type { DanceLine } from '../logic/dance-line.ts';
import type { Loop } from '../logic/loop.ts';
import { soundClicks } from './clicks.ts';
import type { Transport } from './transport.ts';

export interface PracticeState {
  /** Whether it plays, or will in a moment: where a loop turns, is counted in, or what comes is waited for. */
  readonly isOn: boolean;
  readonly loop: Loop | null;
  /** Whether "5, 6, 7, 8" is counted before it plays, and before each time round. */
  readonly countsIn: boolean;
  /** The number that is being counted in; null where none is. */
  readonly countingIn: number | null;
}

/** Where somebody is in a dance, and what of it they practise. */
export interface PracticePlace {
  readonly sec: number;
  readonly isPlaying: boolean;
  readonly loop: Loop | null;
}

/** Pictures come this far apart at most: a loop turns at the last one in front of its end. */
const TURN_EARLY_SEC = 0.02;
/** Somebody who has jumped behind the loop stays there. */
const BEHIND_SEC = 0.5;
/** What plays takes a moment to begin. */
const PLAY_EARLY_SEC = 0.05;

/** Practises with what plays: again and again, counted in. */
export class Practice {
  readonly transport: Transport;
  readonly #line: DanceLine;
  readonly #listeners = new Set<() => void>();
  readonly #stop: readonly (() => void)[];
  #state: PracticeState = { isOn: false, loop: null, countsIn: false, countingIn: null };
  #timers: ReturnType<typeof setTimeout>[] = [];
  #silence: () => void = () => {};
  /** Whether somebody has jumped behind the loop. Who has not has danced to where it is, however late this is told. */
  #isBehind = false;

  constructor(transport: Transport, line: DanceLine) {
    this.transport = transport;
    this.#line = line;
    this.#stop = [
      transport.onPicture((sec) => this.#turn(sec)),
      transport.onJump((sec) => this.#judgeJump(sec)),
      transport.onEnd(() => this.#turnAtEnd()),
      transport.onState(() => this.#followTransport()),
    ];
  }

  readonly state = (): PracticeState => this.#state;

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Plays, or stops what plays or is about to. */
  toggle(): void {
    if (this.#state.isOn) this.pause();
    else this.play();
  }

  play(): void {
    const { loop } = this.#state;
    const sec = this.transport.positionSec();
    if (loop !== null && (sec < loop.startSec - BEHIND_SEC || sec >= loop.endSec - TURN_EARLY_SEC))
      this.transport.seek(loop.startSec);
    if (this.#state.countsIn) this.#countIn();
    else this.#start();
  }

  pause(): void {
    this.#endCountIn();
    this.#become({ isOn: false });
    this.transport.pause();
  }

  place(): PracticePlace {
    const { loop, isOn } = this.#state;
    return { sec: this.transport.positionSec(), isPlaying: isOn, loop };
  }

  /** Goes on where another one was. */
  goOn({ sec, isPlaying, loop }: PracticePlace): void {
    this.#become({ loop });
    this.transport.seek(sec);
    if (isPlaying) this.#start();
  }

  /** Practises this; null: nothing but the whole. Goes there where it is elsewhere. */
  setLoop(loop: Loop | null): void {
    this.#become({ loop });
    this.#isBehind = false;
    if (loop === null) return;
    const sec = this.transport.positionSec();
    if (sec < loop.startSec || sec >= loop.endSec) this.transport.seek(loop.startSec);
  }

  setCountsIn(countsIn: boolean): void {
    this.#become({ countsIn });
    if (!countsIn && this.#state.countingIn !== null) {
      this.#endCountIn();
      this.#start();
    }
  }

  dispose(): void {
    this.#endCountIn();
    for (const stop of this.#stop) stop();
  }

  #start(): void {
    this.#become({ isOn: true });
    void this.transport.play();
  }

  /** What plays may be stopped elsewhere, end, or fail. */
  #followTransport(): void {
    const { isPlaying, isWaiting } = this.transport.state();
    const isCountedIn = this.#timers.length > 0;
    if (isPlaying) this.#become({ isOn: true });
    else if (!isWaiting && !isCountedIn) this.#become({ isOn: false });
  }

  #judgeJump(sec: number): void {
    const { loop } = this.#state;
    this.#isBehind = loop !== null && sec > loop.endSec + BEHIND_SEC;
  }

  #turn(sec: number): void {
    const { loop, countsIn } = this.#state;
    if (loop === null || !this.transport.state().isPlaying) return;
    if (sec < loop.endSec - TURN_EARLY_SEC) this.#isBehind = false;
    if (sec < loop.endSec - TURN_EARLY_SEC || this.#isBehind) return;
    if (countsIn) this.transport.pause();
    this.transport.seek(loop.startSec);
    if (countsIn) this.#countIn();
  }

  /**
   * The last picture of a dance lies farther from its end than a loop turns early: nothing comes behind it. Nor does anything
   * where no picture was told of since the loop's end.
   */
  #turnAtEnd(): void {
    const { loop } = this.#state;
    if (loop === null || this.#isBehind) return;
    this.transport.seek(loop.startSec);
    this.play();
  }

  #countIn(): void {
    this.#endCountIn();
    this.#become({ isOn: true });
    const { transport } = this;
    const { clicks, lengthSec } = countInTo(this.#line, transport.positionSec(), transport.state().rate);
    this.#silence = soundClicks(clicks);
    const after = (sec: number, act: () => void) => setTimeout(act, Math.max(0, sec) * 1_000);
    this.#timers = clicks.map(({ number, afterSec }) =>
      after(afterSec, () => this.#become({ countingIn: number })),
    );
    this.#timers.push(
      after(lengthSec - PLAY_EARLY_SEC, () => {
        this.#endCountIn();
        this.#start();
      }),
    );
  }

  #endCountIn(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#silence();
    this.#silence = () => {};
    this.#become({ countingIn: null });
  }

  #become(change: Partial<PracticeState>): void {
    const next = { ...this.#state, ...change };
    const keys = Object.keys(next) as (keyof PracticeState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
