import { randomUUID } from 'node:crypto';
import {
  type ChoreographyToSave,
  type ClassPlan,
  claimTask,
  completeTask,
  createClassPlan,
  createTask,
  createUser,
  type Database,
  type JsonObject,
  type MoveValues,
  type NewClassPlan,
  type NewTask,
  type SavedChoreography,
  type SongValues,
  saveChoreography,
  storeBlueprintAndOrderLaunch,
  type User,
} from '../src/index.ts';

let counter = 0;

export function addUser(db: Database, username = `dancer-${++counter}`): Promise<User> {
  return createUser(db, { username, passwordHash: 'hash' });
}

export function songValues(values: Partial<SongValues> = {}): SongValues {
  const title = values.title ?? `Song ${++counter}`;
  return {
    title,
    artist: 'Artist',
    durationSec: 200,
    audioPath: `songs/${title}.mp3`,
    source: 'test',
    ...values,
  };
}

export function moveValues(values: Partial<MoveValues> = {}): MoveValues {
  const moveId = values.moveId ?? `move-${++counter}`;
  return {
    moveId,
    name: 'Basic step',
    label: 'basic',
    videoPath: `moves/${moveId}.mp4`,
    difficulty: 'beginner',
    energyLevel: 'medium',
    style: 'romantic',
    durationSec: 8.25,
    tempoBpm: 128.4,
    firstDownbeatSec: 0.1,
    counts: 16,
    downbeatConfidence: null,
    poseKind: 'given',
    poses: null,
    look: null,
    embedding: { pose: [0.1, 0.2], audio: [1 / 3], text: [0] },
    beats: [0.1, 0.567],
    contentHash: 'abc',
    source: 'test',
    ...values,
  };
}

/** A task that its planner is working on. */
export async function addPendingTask(db: Database, values: Partial<NewTask> = {}): Promise<string> {
  const taskId = values.taskId ?? randomUUID();
  await createTask(db, {
    taskId,
    userId: values.userId ?? (await addUser(db)).id,
    requestKind: 'song',
    difficulty: 'beginner',
    stage: 'generating_blueprint',
    message: 'Generating choreography blueprint...',
    ...values,
  });
  return taskId;
}

/** A task that waits to be launched. */
export async function addStartedTask(db: Database, values: Partial<NewTask> = {}): Promise<string> {
  const taskId = await addPendingTask(db, values);
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint: { task_id: taskId }, sha256: 'f'.repeat(64) });
  return taskId;
}

/** A task whose video is there, with the result that a job writes. */
export async function addCompletedTask(
  db: Database,
  values: Partial<NewTask> = {},
  result: JsonObject = {},
): Promise<string> {
  const taskId = await addStartedTask(db, values);
  const { attempt } = (await claimTask(db, taskId))!;
  await completeTask(db, taskId, attempt, {
    video_url: `/media/output/choreography_${taskId}.mp4`,
    output_path: `output/choreography_${taskId}.mp4`,
    duration: 30.5,
    ...result,
  });
  return taskId;
}

/** An item of that user's collection, saved from a task of its own. */
export async function addChoreography(
  db: Database,
  userId: number,
  values: Partial<ChoreographyToSave> = {},
  result: JsonObject = {},
): Promise<SavedChoreography> {
  const taskId = await addCompletedTask(db, { userId }, result);
  const saved = await saveChoreography(db, { userId, taskId, ...values });
  if (saved.outcome !== 'saved') throw new Error(`The fixture was not saved: ${saved.outcome}`);
  return saved.choreography;
}

export function addClassPlan(
  db: Database,
  instructorId: number,
  values: Partial<NewClassPlan> = {},
): Promise<ClassPlan> {
  return createClassPlan(db, { instructorId, title: 'Plan', difficultyLevel: 'beginner', ...values });
}
