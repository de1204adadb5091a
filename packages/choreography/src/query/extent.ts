import type { SectionLabel } from '@bachata-buddy/music';
import { type Extent, LEAST_LENGTH_SEC, MOST_LENGTH_SEC } from '../extent.ts';
import { readNumber } from './numbers.ts';
import type { Token } from './tokens.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const MINUTES = words('minute minutes min mins minuto minutos m');
const SECONDS = words('second seconds sec secs segundo segundos seg segs s');
const HALF = words('half medio media');
const AND = words('and y');
const A = words('a an un una the el la');
/** Of the song, but not how much of it: "a pause in the last 10 seconds". */
const NOT_IN_FRONT = words('last final ultimos ultimas past every cada in en dentro within after');
const COUNTS = words('counts count tiempos tiempo beats');
const EIGHTS = words('eights ochos');
const MOST_EIGHTS = 500;

/** How much of a song a sentence wants: "1:30 min", "only the first chorus", "8 eights"; null where it says nothing. */
export function readExtent(tokens: readonly Token[]): Extent | null {
  const part = readPart(tokens);
  const eights = readEights(tokens);
  const lengthSec = eights === null ? readLength(tokens) : null;
  if (part === null && eights === null && lengthSec === null) return null;
  return {
    ...(part === null ? {} : { part }),
    ...(eights === null ? {} : { eights }),
    ...(lengthSec === null ? {} : { lengthSec }),
  };
}

/** Beats a minute: "120 bpm", "between 120 and 130 BPM" (their middle); null where none are named. */
export function readTempoBpm(tokens: readonly Token[]): number | null {
  const word = (index: number) => tokens[index]?.folded ?? '';
  for (let index = 0; index < tokens.length; index++) {
    const attached = /^(\d{2,3})(bpm|ppm)$/.exec(word(index));
    const isUnit =
      /^(bpm|ppm|bpms)$/.test(word(index)) ||
      (/^(beats|pulsaciones|pulsos)$/.test(word(index)) && /^(per|a|por)$/.test(word(index + 1)));
    const isBehind = /^(tempo|bpm|ppm)$/.test(word(index));
    const behind = isBehind
      ? wholeNumber(word(index + (/^(of|de|at|a)$/.test(word(index + 1)) ? 2 : 1)))
      : null;
    const last = attached === null ? (isUnit ? wholeNumber(word(index - 1)) : null) : Number(attached[1]);
    const found = last ?? behind;
    if (found === null || !isTempo(found)) continue;
    const isRange = last !== null && /^(and|to|y|a)$/.test(word(index - 2));
    const first = wholeNumber(word(index - (isRange ? 3 : 2)));
    return last !== null && first !== null && isTempo(first) ? (first + found) / 2 : found;
  }
  return null;
}

const isTempo = (bpm: number): boolean => bpm >= 60 && bpm <= 220;

function wholeNumber(word: string): number | null {
  return /^\d{1,4}$/.test(word) ? Number(word) : null;
}

function readLength(tokens: readonly Token[]): number | null {
  for (let index = 0; index < tokens.length; index++) {
    if (NOT_IN_FRONT.has(tokens[index - 1]?.folded ?? '')) continue;
    const lengthSec = lengthAt(tokens, index);
    if (lengthSec !== null && lengthSec >= LEAST_LENGTH_SEC && lengthSec <= MOST_LENGTH_SEC) return lengthSec;
  }
  return null;
}

/** The length that is told from a word on. */
function lengthAt(tokens: readonly Token[], index: number): number | null {
  const word = (offset: number) => tokens[index + offset]?.folded ?? '';
  if (wholeNumber(word(0)) !== null && word(1) === ':' && /^[0-5]\d$/.test(word(2)))
    return Number(word(0)) * 60 + Number(word(2));
  const attached = /^(\d{1,4})(s|sec|secs|seg|m|min|mins)$/.exec(word(0));
  if (attached !== null)
    return Number(attached[1]) * (MINUTES.has(attached[2] ?? '') ? 60 : 1) + restOf(tokens, index + 1);
  // "Half a minute", "medio minuto".
  if (HALF.has(word(0))) return MINUTES.has(word(A.has(word(1)) ? 2 : 1)) ? 30 : null;
  const decimal = /^\d{1,2}$/.test(word(0)) && /^[.,]$/.test(word(1)) && /^\d{1,2}$/.test(word(2));
  const value = decimal ? Number(`${word(0)}.${word(2)}`) : A.has(word(0)) ? 1 : readNumber(word(0));
  if (value === null) return null;
  const unit = decimal ? 3 : 1;
  if (SECONDS.has(word(unit)) && !A.has(word(0))) return value;
  // "Two and a half minutes".
  const isHalfInside = AND.has(word(1)) && A.has(word(2)) && HALF.has(word(3)) && MINUTES.has(word(4));
  if (isHalfInside) return value * 60 + 30;
  return MINUTES.has(word(unit)) ? value * 60 + restOf(tokens, index + unit + 1) : null;
}

/** Seconds behind minutes: "and a half", "y medio", "30 seconds". */
function restOf(tokens: readonly Token[], index: number): number {
  const word = (offset: number) => tokens[index + offset]?.folded ?? '';
  const from = AND.has(word(0)) ? 1 : 0;
  if (from === 1 && HALF.has(word(A.has(word(1)) ? 2 : 1))) return 30;
  const attached = /^(\d{1,2})(s|sec|secs|seg)$/.exec(word(from));
  if (attached !== null) return Number(attached[1]);
  const seconds = readNumber(word(from));
  return seconds !== null && SECONDS.has(word(from + 1)) ? seconds : 0;
}

function readEights(tokens: readonly Token[]): number | null {
  const word = (index: number) => tokens[index]?.folded ?? '';
  for (let index = 0; index < tokens.length; index++) {
    const number = readNumber(word(index));
    if (number === null) continue;
    const isEight = (at: number) => word(at) === '8' || word(at) === 'eight' || word(at) === 'ocho';
    const isSets =
      /^(sets?|series?)$/.test(word(index + 1)) && /^(of|de)$/.test(word(index + 2)) && isEight(index + 3);
    const isTimes = /^(x|times|por)$/.test(word(index + 1)) && isEight(index + 2);
    // "Six 8-counts": one eight is told by the number behind.
    const isEightCounts = isEight(index + 1) && COUNTS.has(word(index + 2));
    if (EIGHTS.has(word(index + 1)) || isSets || isTimes || isEightCounts) return bounded(number);
    const isOwn = readNumber(word(index - 1)) === null && COUNTS.has(word(index + 1));
    if (isOwn && number % 8 === 0 && !/^(per|a|por)$/.test(word(index + 2))) return bounded(number / 8);
  }
  return null;
}

const bounded = (eights: number): number | null => (eights >= 1 && eights <= MOST_EIGHTS ? eights : null);

const PARTS: ReadonlyMap<string, SectionLabel> = new Map([
  ...'chorus choruses refrain coro estribillo'.split(' ').map((word) => [word, 'chorus'] as const),
  ...'verse verso estrofa'.split(' ').map((word) => [word, 'verse'] as const),
  ...'intro introduction introduccion'.split(' ').map((word) => [word, 'intro'] as const),
  ...'outro'.split(' ').map((word) => [word, 'outro'] as const),
  ...'mambo'.split(' ').map((word) => [word, 'mambo'] as const),
  ...'break pausa'.split(' ').map((word) => [word, 'break'] as const),
]);
const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...'first 1st primer primero primera 1er 1ra'.split(' ').map((word) => [word, 1] as const),
  ...'second 2nd segundo segunda 2do 2da'.split(' ').map((word) => [word, 2] as const),
  ...'third 3rd tercer tercero tercera 3ro 3ra'.split(' ').map((word) => [word, 3] as const),
  ...'fourth 4th cuarto cuarta'.split(' ').map((word) => [word, 4] as const),
  ...'last final ultimo ultima'.split(' ').map((word) => [word, -1] as const),
]);
const ONLY = words('only just solo solamente unicamente');
/** What is danced somewhere, and not how much is danced: "a dip in the first chorus". */
const SOMEWHERE = words('in at on during en durante after before with con until hasta no without sin y and');

/** "Only the first chorus", "the second verse", "el último mambo". */
function readPart(tokens: readonly Token[]): NonNullable<Extent['part']> | null {
  const word = (index: number) => tokens[index]?.folded ?? '';
  for (let index = 0; index < tokens.length; index++) {
    const label = PARTS.get(word(index));
    if (label === undefined) continue;
    const number = ORDINALS.get(word(index - 1)) ?? ORDINALS.get(word(index + 1));
    let before = index - (ORDINALS.has(word(index - 1)) ? 2 : 1);
    while (A.has(word(before))) before -= 1;
    const isOnly = ONLY.has(word(before)) || ONLY.has(word(before - 1));
    if (isOnly || (number !== undefined && !SOMEWHERE.has(word(before))))
      return { label, number: number ?? 1 };
  }
  return null;
}
