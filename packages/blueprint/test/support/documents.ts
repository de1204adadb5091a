import { readdirSync, readFileSync } from 'node:fs';

const EXAMPLES = new URL('../../examples/', import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: tests break documents in every way a type would forbid
export type LooseDocument = any;

/** Names of all example documents. */
export const EXAMPLE_NAMES = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));

export function exampleText(name: string): string {
  return readFileSync(new URL(name, EXAMPLES), 'utf8');
}

/** A fresh copy of an example, changed by `change`. */
export function document(change: (document: LooseDocument) => void = () => {}, name = 'minimal.json') {
  const value: LooseDocument = JSON.parse(exampleText(name));
  change(value);
  return value;
}

/** The smallest document with as many moves as durations, each beginning where the one before ends. */
export function documentOfMoves(count: number, durationSec = 2): LooseDocument {
  return document((value) => {
    value.moves = Array.from({ length: count }, (_, index) => ({
      clip_id: `move_${index + 1}`,
      video_path: `data/clips/${index % 30}.mp4`,
      start_time: index * durationSec,
      duration: durationSec,
    }));
    value.total_duration = count * durationSec;
  });
}
