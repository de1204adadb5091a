import type { RequestKind } from './task.ts';

/** The stages that a task's row names, in the order in which a task goes through them. */
export const TASK_STAGES = [
  'generating_blueprint',
  'submitting_job',
  'video_assembly',
  'uploading_result',
  'completed',
] as const;
export type TaskStage = (typeof TASK_STAGES)[number];

/** Where a task is, as its row says it: for programs, and for people. */
export interface TaskStep {
  readonly stage: TaskStage;
  readonly message: string;
}

/** A step that a job reports on: the percent of the whole task at which it begins and ends. */
export interface JobStep extends TaskStep {
  readonly fromPercent: number;
  readonly toPercent: number;
}

/** While the blueprint is made. */
export const PLANNING_STEPS: Readonly<Record<RequestKind, TaskStep>> = {
  song: { stage: 'generating_blueprint', message: 'Generating choreography blueprint...' },
  ai: { stage: 'generating_blueprint', message: 'Generating AI choreography blueprint...' },
};
export const SUBMITTING: TaskStep = {
  stage: 'submitting_job',
  message: 'Blueprint generated, submitting job...',
};
/** A job is ordered; none has taken the task up yet. */
export const SUBMITTED: TaskStep = {
  stage: 'video_assembly',
  message: 'Job submitted, assembling video...',
};
export const ASSEMBLING: JobStep = {
  stage: 'video_assembly',
  message: 'Assembling video clips...',
  fromPercent: 10,
  toPercent: 80,
};
export const UPLOADING: JobStep = {
  stage: 'uploading_result',
  message: 'Uploading result to storage...',
  fromPercent: 85,
  toPercent: 95,
};
export const COMPLETED: TaskStep = {
  stage: 'completed',
  message: 'Choreography generated successfully',
};

/** What the message of a failed task says; its stage stays the one that it failed in. */
export const ASSEMBLY_FAILED = 'Video assembly failed';
export const VALIDATION_FAILED = 'Blueprint validation failed';
