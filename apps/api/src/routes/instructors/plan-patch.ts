import type { ClassPlanPatch } from '@bachata-buddy/database';
import type { ClassPlanPatchBody } from '../../schemas/class-plan.ts';

/** What a body changes of a plan; absent fields stay. */
export function patchOf(body: ClassPlanPatchBody): ClassPlanPatch {
  const {
    difficulty_level: difficultyLevel,
    estimated_duration: estimatedDurationMinutes,
    instructor_notes: instructorNotes,
    ...same
  } = body;
  return {
    ...same,
    ...(difficultyLevel === undefined ? {} : { difficultyLevel }),
    ...(estimatedDurationMinutes === undefined ? {} : { estimatedDurationMinutes }),
    ...(instructorNotes === undefined ? {} : { instructorNotes }),
  };
}
