import { appendFile, chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import { startRenderingService } from '../harness/rendering-service.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';

const POISONED = { small: 1, full: 6 } as const;
const HEALTHY = { small: 1, full: 3 } as const;
/** As the user reads it; nothing of signals and exit codes. */
const CLEAR_ERROR = /^The rendering job stopped unexpectedly/;

export const poisonTask: Scenario = {
  name: 'poison-task',
  promise: 'a task that kills every job of it gets three attempts, then fails with a reason; others go on',
  run: runPoisonTask,
};

async function runPoisonTask(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  const deadly = await makeDeadlyFfmpeg(scene);
  const service = await startRenderingService(context, scene, {
    FFMPEG_PATH: deadly.path,
    JOB_CONCURRENCY: '2',
  });
  const poisoned: string[] = [];
  const healthy: string[] = [];
  for (let count = 0; count < POISONED[context.scale] + HEALTHY[context.scale]; count += 1) {
    const taskId = await scene.makeTask();
    const isPoisoned = count < POISONED[context.scale];
    if (isPoisoned) await deadly.poison(taskId);
    (isPoisoned ? poisoned : healthy).push(taskId);
    await scene.orderLaunch(taskId);
  }
  const problems: string[] = [];
  const attempts: number[] = [];
  let completed = 0;
  for (const taskId of poisoned) {
    const { status, attempt, error } = await untilEnded(scene, taskId);
    const deaths = await deadly.deathsOf(taskId);
    attempts.push(attempt);
    if (status !== 'failed' || attempt !== MAX_ATTEMPTS || deaths !== MAX_ATTEMPTS) {
      problems.push(`${taskId} is ${status} after attempt ${attempt}, ${deaths} of its jobs died`);
    }
    if (!CLEAR_ERROR.test(error ?? '')) problems.push(`${taskId} failed with "${error}"`);
    context.say(`failed after ${deaths} jobs died: ${error}`);
  }
  for (const taskId of healthy) {
    const { status, error } = await untilEnded(scene, taskId);
    if (status === 'completed') completed += 1;
    else problems.push(`a healthy task ended as ${status}: ${error}`);
  }
  if (!service.isRunning()) problems.push('the API has ended');
  const summary = `${poisoned.length} poisonous tasks had ${attempts.join(', ')} attempts, then failed with a reason; ${completed} of ${healthy.length} healthy ones beside them completed`;
  return { held: problems.length === 0, summary, problems };
}

/** An ffmpeg that kills the job it works for, where the job's task is poisoned; else it is the real one. */
async function makeDeadlyFfmpeg({ directory, jobEnvironment }: RenderingScene) {
  const path = join(directory, 'ffmpeg');
  const deaths = join(directory, 'deaths');
  const list = join(directory, 'poisoned');
  for (const file of [list, deaths]) await writeFile(file, '');
  const script = `#!/bin/sh
task=$(tr '\\0' '\\n' < /proc/$PPID/environ | grep -xF -f '${list}')
if [ -n "$task" ] && [ "$1" != -version ]; then
  # Several are started at a time; the first one kills.
  mkdir "${directory}/killed-$PPID" 2>/dev/null && echo "$task" >> '${deaths}'
  kill -KILL $PPID
  exit 1
fi
exec '${jobEnvironment.FFMPEG_PATH}' "$@"
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return {
    path,
    poison: (taskId: string) => appendFile(list, `TASK_ID=${taskId}\n`),
    async deathsOf(taskId: string): Promise<number> {
      return (await readFile(deaths, 'utf8')).split('\n').filter((line) => line === `TASK_ID=${taskId}`)
        .length;
    },
  };
}
