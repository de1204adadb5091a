/** What changes seldom of what plays. One object until something changes. */
export interface TransportState {
  readonly isPlaying: boolean;
  /** It would play, but has to wait for data. */
  readonly isWaiting: boolean;
  readonly rate: number;
  /** `blocked`: the browser wants a press first. `broken`: what it plays could not be loaded. */
  readonly problem: 'blocked' | 'broken' | null;
}

/**
 * What plays a dance: the rendered video, or the preview of a changed one. Times are seconds of the dance. Pictures come
 * by listeners, not by state: nothing is rendered anew because time passes.
 */
export interface Transport {
  readonly durationSec: number;
  /** Of the picture that is shown. */
  positionSec(): number;
  state(): TransportState;
  /** Resolves when it plays, or does not: the state says so. */
  play(): Promise<void>;
  pause(): void;
  seek(sec: number): void;
  setRate(rate: number): void;
  /** Told of each picture that is shown. @returns what ends it */
  onPicture(listener: (sec: number) => void): () => void;
  /** Told where it is sent, before the picture there: what comes in no such way was played to. @returns what ends it */
  onJump(listener: (sec: number) => void): () => void;
  /** @returns what ends it */
  onState(listener: () => void): () => void;
  /** Told when it has played to its end. @returns what ends it */
  onEnd(listener: () => void): () => void;
  /** Ends all listening to what it plays on. */
  dispose(): void;
}

/** Whom a transport tells of pictures, jumps, states and ends. */
export class TransportListeners {
  readonly #pictures = new Set<(sec: number) => void>();
  readonly #jumps = new Set<(sec: number) => void>();
  readonly #states = new Set<() => void>();
  readonly #ends = new Set<() => void>();
  #state: TransportState = { isPlaying: false, isWaiting: false, rate: 1, problem: null };

  get state(): TransportState {
    return this.#state;
  }

  become(change: Partial<TransportState>): void {
    const next = { ...this.#state, ...change };
    const keys = Object.keys(next) as (keyof TransportState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    for (const listener of this.#states) listener();
  }

  show(sec: number): void {
    for (const listener of this.#pictures) listener(sec);
  }

  jump(sec: number): void {
    for (const listener of this.#jumps) listener(sec);
  }

  end(): void {
    for (const listener of this.#ends) listener();
  }

  /** What a transport lets others listen to. */
  subscriptions(): Pick<Transport, 'onPicture' | 'onJump' | 'onState' | 'onEnd'> {
    return {
      onPicture: (listener) => this.onPicture(listener),
      onJump: (listener) => this.onJump(listener),
      onState: (listener) => this.onState(listener),
      onEnd: (listener) => this.onEnd(listener),
    };
  }

  onPicture(listener: (sec: number) => void): () => void {
    this.#pictures.add(listener);
    return () => this.#pictures.delete(listener);
  }

  onJump(listener: (sec: number) => void): () => void {
    this.#jumps.add(listener);
    return () => this.#jumps.delete(listener);
  }

  onState(listener: () => void): () => void {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  onEnd(listener: () => void): () => void {
    this.#ends.add(listener);
    return () => this.#ends.delete(listener);
  }
}

/** What `play()` of an element rejects with, as a state; null where another call took its place. */
export function problemOfPlay(thrown: unknown): TransportState['problem'] {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'AbortError') return null;
  return name === 'NotAllowedError' ? 'blocked' : 'broken';
}
