import type {
  ClassPlan,
  ClassPlanSequence,
  ClassPlanSummary,
  ClassPlanWithSequences,
} from '@bachata-buddy/database';
import { toTimestamp } from '../../http/timestamp.ts';
import type { Playback } from '../../playback.ts';
import { viewItem } from '../collections/item-view.ts';

/** A plan as the list shows it. */
export function viewPlan(plan: ClassPlan) {
  return {
    id: plan.id,
    title: plan.title,
    description: plan.description,
    difficulty_level: plan.difficultyLevel,
    estimated_duration: plan.estimatedDurationMinutes,
    instructor_notes: plan.instructorNotes,
    sequence_count: plan.sequenceCount,
    created_at: toTimestamp(plan.createdAt),
    updated_at: toTimestamp(plan.updatedAt),
  };
}

/** A plan with its sequences, first to last. */
export async function viewPlanDetail(plan: ClassPlanWithSequences, playback: Playback) {
  const sequences = await Promise.all(plan.sequences.map((sequence) => viewSequence(sequence, playback)));
  return { ...viewPlan(plan), sequences };
}

export async function viewSequence(sequence: ClassPlanSequence, playback: Playback) {
  return {
    id: sequence.id,
    sequence_order: sequence.sequenceOrder,
    choreography: await viewItem(sequence.choreography, playback),
    notes: sequence.notes,
    estimated_time: sequence.estimatedTimeMinutes,
  };
}

export function viewSummary({ plan, totalEstimatedMinutes, difficultyBreakdown }: ClassPlanSummary) {
  return {
    title: plan.title,
    total_sequences: plan.sequences.length,
    total_estimated_duration: totalEstimatedMinutes,
    difficulty_breakdown: difficultyBreakdown,
    sequences: plan.sequences.map(({ sequenceOrder, choreography, notes, estimatedTimeMinutes }) => ({
      order: sequenceOrder,
      title: choreography.title,
      difficulty: choreography.difficulty,
      duration: choreography.durationSec,
      estimated_time: estimatedTimeMinutes,
      notes,
    })),
  };
}
