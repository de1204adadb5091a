/** A video, and what of it is played: its first moves, through the joins between them. */
export interface Film {
  readonly name: string;
  readonly path: string;
  readonly moveSec: number;
  /** Clip seconds a second of video, of each move that is played. */
  readonly rates: readonly number[];
}

/** Chromium without a screen draws so often, as most screens do. */
export const SCREEN_HZ = 60;
const PICTURES_PER_SECOND = 30;

/** Up to here the last of its moves is played: behind all joins, before the next. */
export function playedSec({ rates, moveSec }: Film): number {
  return (rates.length - 0.1) * moveSec;
}

/** Pictures that no screen of that rate can show when a film is played so fast. */
export function beyondScreen(film: Film, speed: number): number {
  const beyond = film.rates.map((rate, move) => {
    const lengthSec = Math.min(film.moveSec, playedSec(film) - move * film.moveSec) / speed;
    return lengthSec * Math.max(0, PICTURES_PER_SECOND * rate * speed - SCREEN_HZ);
  });
  return Math.round(beyond.reduce((sum, pictures) => sum + pictures, 0));
}
