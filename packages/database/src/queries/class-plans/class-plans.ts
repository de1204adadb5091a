import { foldForSearch } from '@bachata-buddy/platform';
import type { Difficulty } from '@bachata-buddy/vocabulary';
import { and, asc, eq, exists, getTableColumns, like, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { classPlanSequences, classPlans, savedChoreographies } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { isAbout, type SavedChoreography } from '../collections/saved-choreographies.ts';
import { lockBelongingsOf } from '../collections/user-lock.ts';
import { containsFolded, inFoldedOrder, listOrder } from '../list-conditions.ts';
import { type Page, type PageRequest, pageOf, run, theRow } from '../run.ts';

export type ClassPlan = typeof classPlans.$inferSelect & { readonly sequenceCount: number };
/** One choreography of a plan, at its place: `sequenceOrder` counts from 0 without holes. */
export type ClassPlanSequence = typeof classPlanSequences.$inferSelect & {
  readonly choreography: SavedChoreography;
};
export type ClassPlanWithSequences = ClassPlan & { readonly sequences: readonly ClassPlanSequence[] };

export interface NewClassPlan {
  readonly instructorId: number;
  /** At most 200 characters. */
  readonly title: string;
  readonly difficultyLevel: Difficulty;
  readonly description?: string;
  readonly instructorNotes?: string;
  readonly estimatedDurationMinutes?: number | null;
}

export const CLASS_PLAN_ORDERINGS = [
  'created_at',
  '-created_at',
  'title',
  '-title',
  'updated_at',
  '-updated_at',
] as const;
/** A minus turns the order round. */
export type ClassPlanOrdering = (typeof CLASS_PLAN_ORDERINGS)[number];

export interface ClassPlanFilter extends PageRequest {
  readonly instructorId: number;
  readonly difficultyLevel?: Difficulty;
  /** Part of the title, or of what a collection says of one of its choreographies, whatever their case and accents. */
  readonly search?: string;
  /** Default `-created_at`. Letters sort without regard to case and accents. */
  readonly ordering?: ClassPlanOrdering;
}

const SORT_KEYS = {
  created_at: sql`${classPlans.createdAt}`,
  title: inFoldedOrder(classPlans.titleFolded),
  updated_at: sql`${classPlans.updatedAt}`,
} as const;

/** Names in full: of a statement on one table drizzle leaves the table's name away, which would be another `id`. */
const PLAN_COLUMNS = {
  ...getTableColumns(classPlans),
  sequenceCount: sql<number>`(
    select count(*)::integer from class_plan_sequences where class_plan_sequences.class_plan_id = class_plans.id)`,
};

function ownPlan(id: string, instructorId: number): SQL | undefined {
  return and(eq(classPlans.id, id), eq(classPlans.instructorId, instructorId));
}

/** Adds a plan without sequences. */
export function createClassPlan(db: Database, values: NewClassPlan): Promise<ClassPlan> {
  const titleFolded = foldForSearch(values.title);
  return run(async () =>
    theRow(
      await db.orm
        .insert(classPlans)
        .values({ ...values, titleFolded })
        .returning(PLAN_COLUMNS),
    ),
  );
}

/** One page of an instructor's plans; empty where none passes or the offset lies behind the last. */
export function listClassPlans(
  db: Database,
  { instructorId, difficultyLevel, search, ordering = '-created_at', limit, offset }: ClassPlanFilter,
): Promise<Page<ClassPlan>> {
  return run(async () => {
    const where = and(
      eq(classPlans.instructorId, instructorId),
      difficultyLevel === undefined ? undefined : eq(classPlans.difficultyLevel, difficultyLevel),
      search === undefined
        ? undefined
        : or(like(classPlans.titleFolded, containsFolded(search)), hasAbout(db, search)),
    );
    const total = db.orm.$count(classPlans, where);
    const rows = await db.orm
      .select({ row: PLAN_COLUMNS, total })
      .from(classPlans)
      .where(where)
      .orderBy(...listOrder(ordering, SORT_KEYS, classPlans.id))
      .limit(limit)
      .offset(offset);
    return pageOf(rows, () => total);
  });
}

/** That one of a plan's choreographies has this in its title or its music. */
function hasAbout(db: Database, search: string): SQL {
  return exists(
    db.orm
      .select({ one: sql`1` })
      .from(classPlanSequences)
      .innerJoin(savedChoreographies, eq(savedChoreographies.id, classPlanSequences.choreographyId))
      .where(and(eq(classPlanSequences.classPlanId, classPlans.id), isAbout(search))),
  );
}

/** The instructor's plan of that id with its sequences in their order, all of one moment, or null. */
export function findClassPlan(
  db: Database,
  id: string,
  instructorId: number,
): Promise<ClassPlanWithSequences | null> {
  return run(() => readClassPlan(db.orm, id, instructorId));
}

/** As {@link findClassPlan}, also within a transaction. */
export async function readClassPlan(
  connection: Pick<Transaction, 'select'>,
  id: string,
  instructorId: number,
): Promise<ClassPlanWithSequences | null> {
  const rows = await connection
    .select({
      plan: getTableColumns(classPlans),
      sequence: classPlanSequences,
      choreography: savedChoreographies,
    })
    .from(classPlans)
    .leftJoin(classPlanSequences, eq(classPlanSequences.classPlanId, classPlans.id))
    .leftJoin(savedChoreographies, eq(savedChoreographies.id, classPlanSequences.choreographyId))
    .where(ownPlan(id, instructorId))
    .orderBy(asc(classPlanSequences.sequenceOrder));
  const plan = rows[0]?.plan;
  if (plan === undefined) return null;
  const sequences = rows.flatMap(({ sequence, choreography }) =>
    sequence === null || choreography === null ? [] : [{ ...sequence, choreography }],
  );
  return { ...plan, sequenceCount: sequences.length, sequences };
}

/** Absent keys stay as they are. */
export type ClassPlanPatch = Partial<Omit<NewClassPlan, 'instructorId'>>;

/** Changes an instructor's plan. Returns it after that, or null where they have none of that id. */
export function updateClassPlan(
  db: Database,
  id: string,
  instructorId: number,
  patch: ClassPlanPatch,
): Promise<ClassPlan | null> {
  return run(async () => {
    const where = ownPlan(id, instructorId);
    const folded = patch.title === undefined ? {} : { titleFolded: foldForSearch(patch.title) };
    const isEmpty = Object.values(patch).every((value) => value === undefined);
    const rows = isEmpty
      ? await db.orm.select(PLAN_COLUMNS).from(classPlans).where(where)
      : await db.orm
          .update(classPlans)
          .set({ ...patch, ...folded, updatedAt: clockNow })
          .where(where)
          .returning(PLAN_COLUMNS);
    return rows[0] ?? null;
  });
}

/** Removes an instructor's plan with its sequences; the choreographies stay. False where there is none. */
export function deleteClassPlan(db: Database, id: string, instructorId: number): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, instructorId);
      const rows = await tx
        .delete(classPlans)
        .where(ownPlan(id, instructorId))
        .returning({ id: classPlans.id });
      return rows.length > 0;
    }),
  );
}
