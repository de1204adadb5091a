import type { SectionLabel, SongAnalysis } from '@bachata-buddy/music';
import { COUNTS_PER_BAR, COUNTS_PER_EIGHT, type CountGrid } from './count-grid.ts';

export const EIGHTS_PER_PHRASE = 4;

/** The part of the song a slot lies in. */
export interface SlotSection {
  readonly index: number;
  readonly label: SectionLabel;
  /** 0..1, relative to the song's loudest section. */
  readonly energy: number;
}

/** A place for one move: begins on a "1", lasts whole counts. Slots are contiguous. */
export interface Slot {
  readonly startSec: number;
  readonly counts: number;
  /** Of `counts`. */
  readonly durationSec: number;
  /** Beats behind the last whole bar that the last move may cover too; 0 for all others. */
  readonly extraCounts: number;
  /** Of `counts` and `extraCounts` together. */
  readonly fullDurationSec: number;
  readonly section: SlotSection;
  readonly isSectionStart: boolean;
  /** Whole eights of the section in front of it. */
  readonly eightsIntoSection: number;
}

interface BarGroup {
  readonly start: number;
  readonly counts: number;
}

/**
 * Lays slots of eight counts over the grid, from "1" to "1" of the song's eights. Eights begin anew where a section
 * begins, so that a bar may be left over in front of it: a slot of four. Beats after the last whole bar go to the last slot as extra counts.
 */
export function buildSlots(grid: CountGrid, analysis: SongAnalysis): Slot[] {
  const total = grid.boundaries.length - 1;
  const lastBar = grid.bars.at(-1)!;
  const hasLooseEnd = grid.bars.length > 1 && total - lastBar < COUNTS_PER_BAR;
  const bars = hasLooseEnd ? grid.bars.slice(0, -1) : grid.bars;
  const end = hasLooseEnd ? lastBar : total;
  const sections = analysis.sections.map(({ start }) => start);
  const groups = groupBars(bars, end, barsNearest(grid, [...sections, ...analysis.eights]));
  let before = Number.NaN;
  let eightsIntoSection = 0;
  return groups.map((group, index) => {
    const section = sectionAt(middleSec(grid, group), analysis);
    const isSectionStart = section.index !== before;
    if (isSectionStart) eightsIntoSection = 0;
    const extraCounts = index === groups.length - 1 ? total - end : 0;
    const slot = { ...timing(grid, group, extraCounts), section, isSectionStart, eightsIntoSection };
    before = section.index;
    if (group.counts === COUNTS_PER_EIGHT) eightsIntoSection += 1;
    return slot;
  });
}

/** Where phrases of four eights begin, seconds, rising: with each section anew. */
export function phraseStartsOf(slots: readonly Slot[]): number[] {
  return slots
    .filter(({ eightsIntoSection }) => eightsIntoSection % EIGHTS_PER_PHRASE === 0)
    .map(({ startSec }) => startSec);
}

/** One slot cut into its bars, for clips too short to fill it. */
export function splitSlot(slot: Slot, grid: CountGrid): Slot[] {
  const start = grid.boundaries.indexOf(slot.startSec);
  const bars = grid.bars.filter((bar) => bar >= start && bar < start + slot.counts);
  return bars.map((bar, index) => {
    const isLast = index === bars.length - 1;
    const counts = (isLast ? start + slot.counts : bars[index + 1]!) - bar;
    const { section } = slot;
    const part = timing(grid, { start: bar, counts }, isLast ? slot.extraCounts : 0);
    const { eightsIntoSection } = slot;
    return { ...part, section, isSectionStart: slot.isSectionStart && index === 0, eightsIntoSection };
  });
}

/** Two neighbouring eights of one phrase of 32 as one slot of sixteen; null where they are not: no move crosses a phrase. */
export function mergeSlots(first: Slot, second: Slot | undefined): Slot | null {
  if (second === undefined || first.section.index !== second.section.index) return null;
  if (first.counts !== COUNTS_PER_EIGHT || second.counts !== COUNTS_PER_EIGHT) return null;
  if (first.eightsIntoSection % 2 !== 0) return null;
  return {
    startSec: first.startSec,
    counts: first.counts + second.counts,
    durationSec: second.startSec + second.durationSec - first.startSec,
    extraCounts: second.extraCounts,
    fullDurationSec: second.startSec + second.fullDurationSec - first.startSec,
    section: first.section,
    isSectionStart: first.isSectionStart,
    eightsIntoSection: first.eightsIntoSection,
  };
}

function timing(grid: CountGrid, { start, counts }: BarGroup, extraCounts: number) {
  const at = (count: number) => grid.boundaries[count]!;
  const startSec = at(start);
  return {
    startSec,
    counts,
    durationSec: at(start + counts) - startSec,
    extraCounts,
    fullDurationSec: at(start + counts + extraCounts) - startSec,
  };
}

/** @param phraseStarts bars that no slot may run over: where a section or an eight begins */
function groupBars(bars: readonly number[], end: number, phraseStarts: ReadonlySet<number>): BarGroup[] {
  const groups: { start: number; counts: number }[] = [];
  bars.forEach((bar, index) => {
    const counts = (bars[index + 1] ?? end) - bar;
    const group = groups.at(-1);
    const fits = group !== undefined && group.counts + counts <= COUNTS_PER_EIGHT;
    // A bar cut short by a stray downbeat is no move of its own: it joins what follows, a new phrase or not.
    const isStump = group !== undefined && group.counts < COUNTS_PER_BAR;
    if (fits && (isStump || !phraseStarts.has(bar))) group.counts += counts;
    else groups.push({ start: bar, counts });
  });
  return groups;
}

/** For each time the bar that begins nearest to it. */
function barsNearest({ boundaries, bars }: CountGrid, timesSec: readonly number[]): Set<number> {
  return new Set(
    timesSec.map((timeSec) => {
      const distance = (bar: number) => Math.abs(boundaries[bar]! - timeSec);
      return bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best));
    }),
  );
}

function middleSec({ boundaries }: CountGrid, { start, counts }: BarGroup): number {
  return (boundaries[start]! + boundaries[start + counts]!) / 2;
}

/** The section a time lies in; before the first one an intro is assumed, after the last an outro. */
export function sectionAt(timeSec: number, analysis: SongAnalysis): SlotSection {
  const index = analysis.sections.findIndex(({ start, end }) => timeSec >= start && timeSec < end);
  const section = analysis.sections[index];
  if (section !== undefined) return { index, label: section.label, energy: section.energy };
  const first = analysis.sections[0];
  if (first === undefined) return { index: 0, label: 'verse', energy: 0.5 };
  return timeSec < first.start
    ? { index: -2, label: 'intro', energy: 0.2 }
    : { index: analysis.sections.length, label: 'outro', energy: 0.2 };
}
