import { DIFFICULTIES, type Difficulty } from '@bachata-buddy/vocabulary';
import { count, countDistinct, eq, gte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { classPlanSequences, classPlans } from '../../schema/index.ts';
import { run, theRow } from '../run.ts';
import { type ClassPlanWithSequences, findClassPlan } from './class-plans.ts';

const RECENT_DAYS = 30;

/** All three difficulties, also those that do not occur. */
type DifficultyBreakdown = Readonly<Record<Difficulty, number>>;

export interface ClassPlanSummary {
  readonly plan: ClassPlanWithSequences;
  /** The sum over the sequences; one without minutes counts as 0. */
  readonly totalEstimatedMinutes: number;
  /** Of the plan's choreographies, each as often as it occurs. */
  readonly difficultyBreakdown: DifficultyBreakdown;
}

/** Figures of an instructor's plan, with the plan; null where they have none of that id. */
export async function findClassPlanSummary(
  db: Database,
  id: string,
  instructorId: number,
): Promise<ClassPlanSummary | null> {
  const plan = await findClassPlan(db, id, instructorId);
  if (plan === null) return null;
  const occurrences = (difficulty: Difficulty) =>
    plan.sequences.filter(({ choreography }) => choreography.difficulty === difficulty).length;
  return {
    plan,
    totalEstimatedMinutes: plan.sequences.reduce(
      (sum, { estimatedTimeMinutes }) => sum + (estimatedTimeMinutes ?? 0),
      0,
    ),
    difficultyBreakdown: breakdown(occurrences),
  };
}

export interface InstructorStats {
  readonly totalClassPlans: number;
  /** A choreography that several plans use counts once. */
  readonly totalUniqueChoreographies: number;
  /** By the level of the plans. */
  readonly difficultyBreakdown: DifficultyBreakdown;
  /** Plans made within the last 30 days. */
  readonly recentCount: number;
  /** To one decimal; 0 where there is no plan. */
  readonly avgSequencesPerPlan: number;
}

/** Figures over all plans of an instructor. */
export function instructorStats(db: Database, instructorId: number): Promise<InstructorStats> {
  return run(async () => {
    const since = sql`${clockNow} - make_interval(days => ${RECENT_DAYS})`;
    const ofInstructor = eq(classPlans.instructorId, instructorId);
    const [levels, sequences] = await Promise.all([
      db.orm
        .select({
          level: classPlans.difficultyLevel,
          count: count(),
          recentCount: sql<number>`count(*) filter (where ${gte(classPlans.createdAt, since)})::integer`,
        })
        .from(classPlans)
        .where(ofInstructor)
        .groupBy(classPlans.difficultyLevel),
      db.orm
        .select({ count: count(), uniqueCount: countDistinct(classPlanSequences.choreographyId) })
        .from(classPlanSequences)
        .innerJoin(classPlans, eq(classPlans.id, classPlanSequences.classPlanId))
        .where(ofInstructor),
    ]);
    const totalClassPlans = levels.reduce((sum, { count: plans }) => sum + plans, 0);
    const { count: sequenceCount, uniqueCount } = theRow(sequences);
    return {
      totalClassPlans,
      totalUniqueChoreographies: uniqueCount,
      difficultyBreakdown: breakdown((level) => levels.find((row) => row.level === level)?.count ?? 0),
      recentCount: levels.reduce((sum, { recentCount }) => sum + recentCount, 0),
      avgSequencesPerPlan:
        totalClassPlans === 0 ? 0 : Math.round((sequenceCount / totalClassPlans) * 10) / 10,
    };
  });
}

function breakdown(countOf: (difficulty: Difficulty) => number): DifficultyBreakdown {
  return Object.fromEntries(
    DIFFICULTIES.map((difficulty) => [difficulty, countOf(difficulty)]),
  ) as DifficultyBreakdown;
}
