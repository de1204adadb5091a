import type { SongAnalysis } from '@bachata-buddy/music';
import { mean } from '../mean.ts';
import { areNamedRightly, beatF, boundaryF, continuity, labelAgreement } from './scores.ts';
import type { Heard } from './trackers.ts';
import { type TrueSong, tempoOf } from './truth.ts';

/** How well one tracker heard one song; `null` where the truth or the tracker is silent. */
export interface Score {
  readonly song: string;
  readonly beatF: number;
  readonly cmlt: number;
  readonly amlt: number;
  readonly downbeatF: number;
  readonly eightsF: number | null;
  readonly sectionF3: number | null;
  readonly sectionF05: number | null;
  readonly labels: number | null;
  readonly isFirstSectionRight: boolean | null;
  /** How sure the names of parts are that are right, and of those that are not. */
  readonly sureNames: { readonly right: readonly number[]; readonly wrong: readonly number[] };
  /** Heard tempo over the true one. */
  readonly tempoRatio: number;
  readonly confidence: SongAnalysis['confidence'] | null;
}

export interface Row extends Score {
  readonly group: string;
  readonly tracker: string;
  readonly cpuSec: number;
}

/** A heard tempo this far from the true one is another level (a half, two thirds), not a fault of measurement. */
const OTHER_LEVEL_SHARE = 0.08;
const SURE = 0.5;

export function scoreSong(song: TrueSong, { beats, analysis }: Heard): Score {
  const { cmlt, amlt } = continuity(song.beats, beats);
  const hasParts = song.sections.length > 0 && analysis !== undefined;
  const parts = analysis?.sections ?? [];
  return {
    song: song.name,
    beatF: beatF(song.beats, beats),
    cmlt,
    amlt,
    downbeatF: beatF(song.downbeats, analysis?.downbeats ?? []),
    eightsF: song.eights.length > 0 && analysis ? beatF(song.eights, analysis.eights) : null,
    sectionF3: hasParts ? boundaryF(song.sections, parts, 3) : null,
    sectionF05: hasParts ? boundaryF(song.sections, parts, 0.5) : null,
    labels: hasParts ? labelAgreement(song.sections, parts, song.beats) : null,
    sureNames: hasParts ? sureNames(song, parts) : { right: [], wrong: [] },
    isFirstSectionRight: hasParts ? parts[0]?.label === song.sections[0]!.label : null,
    tempoRatio: beats.length > 1 ? tempoOf({ beats }) / tempoOf(song) : 0,
    confidence: analysis?.confidence ?? null,
  };
}

function sureNames(song: TrueSong, parts: SongAnalysis['sections']): Score['sureNames'] {
  const isRight = areNamedRightly(song.sections, parts, song.beats);
  const sureOf = (wanted: boolean) =>
    parts.flatMap(({ confidence }, i) => (isRight[i] === wanted ? [confidence] : []));
  return { right: sureOf(true), wrong: sureOf(false) };
}

const COLUMNS: readonly (readonly [string, (row: Row) => number | null])[] = [
  ['F', ({ beatF }) => beatF],
  ['CMLt', ({ cmlt }) => cmlt],
  ['AMLt', ({ amlt }) => amlt],
  ['"1" F', ({ downbeatF }) => downbeatF],
  ['8 F', ({ eightsF }) => eightsF],
  ['part 3s', ({ sectionF3 }) => sectionF3],
  ['.5s', ({ sectionF05 }) => sectionF05],
  ['names', ({ labels }) => labels],
  ['first', ({ isFirstSectionRight: right }) => (right === null ? null : Number(right))],
  ['sure T', ({ confidence }) => confidence?.tempo ?? null],
  ['sure 1', ({ confidence }) => confidence?.downbeat ?? null],
  ['CPU s', ({ cpuSec }) => cpuSec],
];
const NAME_WIDTH = 34;
const CELL_WIDTH = 8;

export function tableTitle(): string {
  return `${''.padEnd(NAME_WIDTH)}${COLUMNS.map(([title]) => title.padStart(CELL_WIDTH)).join('')}`;
}

/** The means of some rows as a line; a dash where none has the figure. */
export function tableLine(name: string, rows: readonly Row[]): string {
  const cells = COLUMNS.map(([, pick]) => {
    const values = rows.map(pick).filter((value) => value !== null);
    return (values.length === 0 ? '–' : mean(values).toFixed(3)).padStart(CELL_WIDTH);
  });
  return `${name.padEnd(NAME_WIDTH)}${cells.join('')}`;
}

/** How many songs were counted at another level than people count them, and how many of those with confidence. */
export function wrongTempi(rows: readonly Row[]): string {
  const wrong = rows.filter(({ tempoRatio }) => Math.abs(tempoRatio - 1) > OTHER_LEVEL_SHARE);
  const sure = wrong.filter(({ confidence }) => (confidence?.tempo ?? 0) > SURE);
  const shown = wrong.map(({ song, tempoRatio }) => `${song} (x ${tempoRatio.toFixed(2)})`);
  return `${wrong.length} of ${rows.length} at another tempo, ${sure.length} of them surely ${shown.join(', ')}`;
}

/** How many parts are named rightly and wrongly, and how sure of it; nothing where the truth has no parts. */
export function namedParts(rows: readonly Row[]): string {
  const told = (['right', 'wrong'] as const).map((kind) => {
    const sure = rows.flatMap(({ sureNames }) => sureNames[kind]);
    return sure.length === 0 ? `0 ${kind}` : `${sure.length} ${kind} (sure ${mean(sure).toFixed(2)})`;
  });
  const isTold = rows.some(({ sureNames }) => sureNames.right.length + sureNames.wrong.length > 0);
  return isTold ? `names of parts: ${told.join(', ')}` : '';
}
