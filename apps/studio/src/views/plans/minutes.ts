/** Whole minutes that were typed; null where nothing was. */
export function minutesOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

const SECONDS_PER_MINUTE = 60;

interface Timed {
  /** Minutes that are planned for it, where somebody said so. */
  readonly estimated_time: number | null;
  readonly choreography: { readonly duration: number };
}

/** How long a class takes, in whole minutes: what is planned for each dance, its own length where nothing is. */
export function classMinutes(sequences: readonly Timed[]): number {
  const minutes = sequences.reduce(
    (sum, { estimated_time: planned, choreography }) =>
      sum + (planned ?? choreography.duration / SECONDS_PER_MINUTE),
    0,
  );
  return Math.ceil(minutes);
}
