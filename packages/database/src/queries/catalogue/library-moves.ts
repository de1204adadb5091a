import {
  DIFFICULTIES,
  type Difficulty,
  ENERGY_LEVELS,
  type EnergyLevel,
  type Style,
} from '@bachata-buddy/vocabulary';
import { and, type Column, eq, ilike, isNull, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../connect.ts';
import { moveEmbeddings } from '../../schema/index.ts';
import { contains, listOrder } from '../list-conditions.ts';
import { type Page, type PageRequest, pageOf, run } from '../run.ts';
import type { MoveRow } from './moves.ts';

/** A move as people look it up: what it is, without what searches it. */
export type LibraryMove = Pick<
  MoveRow,
  'moveId' | 'name' | 'label' | 'difficulty' | 'energyLevel' | 'style' | 'durationSec' | 'tempoBpm' | 'counts'
>;

export const MOVE_ORDERINGS = [
  'name',
  '-name',
  'label',
  '-label',
  'difficulty',
  '-difficulty',
  'energy_level',
  '-energy_level',
  'counts',
  '-counts',
  'duration',
  '-duration',
  'tempo',
  '-tempo',
] as const;
/** A minus turns the order round. */
export type MoveOrdering = (typeof MOVE_ORDERINGS)[number];

export interface MoveFilter extends PageRequest {
  readonly difficulty?: Difficulty;
  readonly energyLevel?: EnergyLevel;
  readonly style?: Style;
  /** The whole family name, in any case. */
  readonly label?: string;
  /** Exactly so many. */
  readonly counts?: number;
  /** Part of the name or of the family, in any case. */
  readonly search?: string;
  /** Moves of this source are listed only where the library has none of another. */
  readonly standInSource?: string;
  /** Default `name`. Levels sort from the lowest up, letters without regard to case. */
  readonly ordering?: MoveOrdering;
}

const LISTED_COLUMNS = {
  moveId: moveEmbeddings.moveId,
  name: moveEmbeddings.name,
  label: moveEmbeddings.label,
  difficulty: moveEmbeddings.difficulty,
  energyLevel: moveEmbeddings.energyLevel,
  style: moveEmbeddings.style,
  durationSec: moveEmbeddings.durationSec,
  tempoBpm: moveEmbeddings.tempoBpm,
  counts: moveEmbeddings.counts,
};

const SORT_KEYS = {
  name: sql`lower(${moveEmbeddings.name})`,
  label: sql`lower(${moveEmbeddings.label})`,
  difficulty: rankIn(moveEmbeddings.difficulty, DIFFICULTIES),
  energy_level: rankIn(moveEmbeddings.energyLevel, ENERGY_LEVELS),
  counts: sql`${moveEmbeddings.counts}`,
  duration: sql`${moveEmbeddings.durationSec}`,
  tempo: sql`${moveEmbeddings.tempoBpm}`,
} as const;

/** One page of the moves that are not retired and pass the filter; empty where none does. */
export function listLibraryMoves(db: Database, filter: MoveFilter): Promise<Page<LibraryMove>> {
  return run(async () => {
    const where = moveConditions(db, filter);
    const total = db.orm.$count(moveEmbeddings, where);
    const rows = await db.orm
      .select({ row: LISTED_COLUMNS, total })
      .from(moveEmbeddings)
      .where(where)
      .orderBy(...listOrder(filter.ordering ?? 'name', SORT_KEYS, moveEmbeddings.id))
      .limit(filter.limit)
      .offset(filter.offset);
    return pageOf(rows, () => total);
  });
}

function moveConditions(db: Database, filter: MoveFilter): SQL | undefined {
  const { difficulty, energyLevel, style, label, counts, search, standInSource } = filter;
  return and(
    isNull(moveEmbeddings.retiredAt),
    difficulty === undefined ? undefined : eq(moveEmbeddings.difficulty, difficulty),
    energyLevel === undefined ? undefined : eq(moveEmbeddings.energyLevel, energyLevel),
    style === undefined ? undefined : eq(moveEmbeddings.style, style),
    label === undefined ? undefined : sql`lower(${moveEmbeddings.label}) = lower(${label})`,
    counts === undefined ? undefined : eq(moveEmbeddings.counts, counts),
    search === undefined
      ? undefined
      : or(ilike(moveEmbeddings.name, contains(search)), ilike(moveEmbeddings.label, contains(search))),
    standInSource === undefined ? undefined : isNoStandIn(db, standInSource),
  );
}

function isNoStandIn(db: Database, source: string): SQL | undefined {
  const others = alias(moveEmbeddings, 'others');
  const another = db.orm
    .select()
    .from(others)
    .where(and(isNull(others.retiredAt), ne(others.source, source)));
  return or(ne(moveEmbeddings.source, source), notExists(another));
}

/** Where a column's value stands in a closed set. */
function rankIn(column: Column, values: readonly string[]): SQL {
  const names = sql.join(
    values.map((value) => sql.raw(`'${value}'`)),
    sql`, `,
  );
  return sql`array_position(array[${names}]::text[], ${column}::text)`;
}
