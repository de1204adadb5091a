import type { SectionLabel } from '@bachata-buddy/music';
import { type Extent, LEAST_LENGTH_SEC, MOST_LENGTH_SEC } from '../extent.ts';
import type { Hit } from './hit.ts';
import { readNumber } from './numbers.ts';
import { isPartOfDance } from './part-of-dance.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

const MINUTES = words('minute minutes min mins minuto minutos m');
const SECONDS = words('second seconds sec secs segundo segundos seg segs s');
const HALF = words('half medio media');
const AND = words('and y');
const A = words('a an un una the el la');
/** Behind "2 min 30" that is no number of something else. */
const NO_NOUNS = words('of de please with and y con for para a but or max long bachata dance baile');
const FROM = words('from de desde');
const TO = words('to till until a hasta');
const COUNTS = words('counts count tiempos tiempo beats');
const EIGHTS = words('eights ochos');
const MOST_EIGHTS = 500;
/** What is shorter than these may be one move of a dance. */
const SHORT_SEC = 30;
const SHORT_EIGHTS = 4;

/** How much of a song a sentence wants: "1:30 min", "only the first chorus", "8 eights"; null where it says nothing. */
export function readExtent(tokens: readonly Token[], hits: readonly Hit[]): Extent | null {
  const part = readPart(tokens);
  const eights = readEights(tokens, hits);
  const lengthSec = eights === null ? readLength(tokens, hits) : null;
  if (part === null && eights === null && lengthSec === null) return null;
  return {
    ...(part === null ? {} : { part }),
    ...(eights === null ? {} : { eights }),
    ...(lengthSec === null ? {} : { lengthSec }),
  };
}

/** Beats a minute: "120 bpm", "between 120 and 130 BPM" (their middle); null where none are named. */
export function readTempoBpm(tokens: readonly Token[]): number | null {
  const word = (index: number) => wordAt(tokens, index);
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

/** A stretch of time that is told somewhere: seconds, and behind which token it ends. */
export interface ToldTime {
  readonly sec: number;
  readonly end: number;
}

function readLength(tokens: readonly Token[], hits: readonly Hit[]): number | null {
  for (let index = 0; index < tokens.length; index++) {
    const told = timeFromTo(tokens, index) ?? timeAt(tokens, index);
    if (told === null) continue;
    const { sec, end } = told;
    const isLength = sec >= LEAST_LENGTH_SEC && sec <= MOST_LENGTH_SEC;
    if (isLength && !isPartOfDance(tokens, hits, { start: index, end, isShort: sec < SHORT_SEC })) return sec;
    index = end - 1;
  }
  return null;
}

/** "From 0:30 to 2:00", from the first number on: how long that is, for where it begins cannot be chosen. */
export function timeFromTo(
  tokens: readonly Token[],
  index: number,
): (ToldTime & { readonly startSec: number }) | null {
  const first = FROM.has(wordAt(tokens, index - 1)) ? clockAt(tokens, index) : null;
  const last = first !== null && TO.has(wordAt(tokens, first.end)) ? clockAt(tokens, first.end + 1) : null;
  if (first === null || last === null) return null;
  return { startSec: first.sec, sec: last.sec - first.sec, end: last.end };
}

/** "1:30", and the "min" that some put behind it. */
function clockAt(tokens: readonly Token[], index: number): ToldTime | null {
  const word = (offset: number) => wordAt(tokens, index + offset);
  const minutes = wholeNumber(word(0));
  if (minutes === null || word(1) !== ':' || !/^[0-5]\d$/.test(word(2))) return null;
  const hasUnit = MINUTES.has(word(3)) && word(3) !== 'm';
  return { sec: minutes * 60 + Number(word(2)), end: index + (hasUnit ? 4 : 3) };
}

/** The time that is told from a word on: "1:30", "2 min 30", "a minute and a half", "45s"; null where none is. */
export function timeAt(tokens: readonly Token[], index: number): ToldTime | null {
  const word = (offset: number) => wordAt(tokens, index + offset);
  const clock = clockAt(tokens, index);
  if (clock !== null) return clock;
  const attached = /^(\d{1,4})(s|sec|secs|seg|m|min|mins)(\d\d)?$/.exec(word(0));
  if (attached !== null) {
    const [, number = '', unit = '', rest] = attached;
    if (!MINUTES.has(unit)) return rest === undefined ? { sec: Number(number), end: index + 1 } : null;
    if (rest !== undefined) return { sec: Number(number) * 60 + Number(rest), end: index + 1 };
    return withRest(tokens, { sec: Number(number) * 60, end: index + 1 });
  }
  // "Half a minute", "medio minuto".
  if (HALF.has(word(0))) {
    const unit = A.has(word(1)) ? 2 : 1;
    return MINUTES.has(word(unit)) ? { sec: 30, end: index + unit + 1 } : null;
  }
  // "The first minute of the song", "minuto y medio".
  if (MINUTES.has(word(0)) && word(0) !== 'm') {
    const told = withRest(tokens, { sec: 60, end: index + 1 });
    return told.sec > 60 || /^(first|primer)$/.test(word(-1)) ? told : null;
  }
  const decimal = /^\d{1,2}$/.test(word(0)) && /^[.,]$/.test(word(1)) && /^\d{1,2}$/.test(word(2));
  const value = decimal ? Number(`${word(0)}.${word(2)}`) : A.has(word(0)) ? 1 : readNumber(word(0));
  if (value === null) return null;
  const unit = decimal ? 3 : 1;
  if (SECONDS.has(word(unit)) && !A.has(word(0))) return { sec: value, end: index + unit + 1 };
  // "Two and a half minutes".
  const isHalfInside = AND.has(word(1)) && A.has(word(2)) && HALF.has(word(3)) && MINUTES.has(word(4));
  if (isHalfInside) return { sec: value * 60 + 30, end: index + 5 };
  return MINUTES.has(word(unit)) ? withRest(tokens, { sec: value * 60, end: index + unit + 1 }) : null;
}

/** Minutes with the seconds behind them: "and a half", "y medio", "30 seconds", "2 min 30". */
function withRest(tokens: readonly Token[], { sec, end }: ToldTime): ToldTime {
  const word = (offset: number) => wordAt(tokens, end + offset);
  const from = AND.has(word(0)) ? 1 : 0;
  const half = A.has(word(1)) ? 2 : 1;
  if (from === 1 && HALF.has(word(half))) return { sec: sec + 30, end: end + half + 1 };
  const attached = /^(\d{1,2})(s|sec|secs|seg)$/.exec(word(from));
  if (attached !== null) return { sec: sec + Number(attached[1]), end: end + from + 1 };
  const seconds = readNumber(word(from));
  if (seconds === null) return { sec, end };
  if (SECONDS.has(word(from + 1))) return { sec: sec + seconds, end: end + from + 2 };
  const isBare = tokens[end + from + 1]?.isWord !== true || NO_NOUNS.has(word(from + 1));
  const isRest = isBare && /^[1-5]\d$/.test(word(from));
  return isRest ? { sec: sec + seconds, end: end + from + 1 } : { sec, end };
}

function readEights(tokens: readonly Token[], hits: readonly Hit[]): number | null {
  for (let index = 0; index < tokens.length; index++) {
    const told = eightsAt(tokens, index);
    if (told === null) continue;
    const { eights, end } = told;
    const isLength = eights >= 1 && eights <= MOST_EIGHTS;
    const stretch = { start: index, end, isShort: eights < SHORT_EIGHTS };
    if (isLength && !isPartOfDance(tokens, hits, stretch)) return eights;
    index = end - 1;
  }
  return null;
}

/** "8 eights", "4x8", "four sets of eight", "six 8-counts", "32 counts" from a word on. */
function eightsAt(
  tokens: readonly Token[],
  index: number,
): { readonly eights: number; readonly end: number } | null {
  const word = (offset: number) => wordAt(tokens, index + offset);
  const attached = /^(\d{1,3})x8$/.exec(word(0));
  if (attached !== null) return { eights: Number(attached[1]), end: index + 1 };
  const number = readNumber(word(0));
  if (number === null) return null;
  const isEight = (offset: number) => /^(8|eight|ocho)$/.test(word(offset));
  if (EIGHTS.has(word(1))) return { eights: number, end: index + 2 };
  if (/^(sets?|series?)$/.test(word(1)) && /^(of|de)$/.test(word(2)) && isEight(3))
    return { eights: number, end: index + 4 };
  // "Six 8-counts": one eight is told by the number behind.
  const isOfEights = (/^(x|times|por)$/.test(word(1)) && isEight(2)) || (isEight(1) && COUNTS.has(word(2)));
  if (isOfEights) return { eights: number, end: index + 3 };
  const isCounts = COUNTS.has(word(1)) && number % 8 === 0 && !/^(per|a|por)$/.test(word(2));
  return isCounts ? { eights: number / 8, end: index + 2 } : null;
}

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
  const word = (index: number) => wordAt(tokens, index);
  for (let index = 0; index < tokens.length; index++) {
    const label = PARTS.get(word(index));
    if (label === undefined) continue;
    // "A 10 second break" is no second break.
    if (SECONDS.has(word(index - 1)) && readNumber(word(index - 2)) !== null) continue;
    const number = ORDINALS.get(word(index - 1)) ?? ORDINALS.get(word(index + 1));
    let before = index - (ORDINALS.has(word(index - 1)) ? 2 : 1);
    while (A.has(word(before))) before -= 1;
    const isOnly = ONLY.has(word(before)) || ONLY.has(word(before - 1));
    if (isOnly || (number !== undefined && !SOMEWHERE.has(word(before))))
      return { label, number: number ?? 1 };
  }
  return null;
}
