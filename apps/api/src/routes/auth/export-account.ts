import {
  type Caller,
  type ClassPlan,
  findClassPlan,
  findUserById,
  findUserPreferences,
  listClassPlans,
  listOpenSessions,
  listOwnSongs,
  listSavedChoreographies,
  listTasks,
  type Page,
  type TaskWithSong,
} from '@bachata-buddy/database';
import type { FastifyRequest } from 'fastify';
import { findSongAnalysis } from '../../generate/song-analyser.ts';
import { addressOf } from '../../http/address.ts';
import { toTimestamp } from '../../http/timestamp.ts';
import type { Playback } from '../../playback.ts';
import type { RouteContext } from '../../route-context.ts';
import { viewSongDetail } from '../choreography/song-view.ts';
import { showTask } from '../choreography/task-view.ts';
import { viewItem } from '../collections/item-view.ts';
import { viewPlanDetail } from '../instructors/plan-view.ts';
import { viewPreferences } from './preferences.ts';
import { viewSession } from './session-view.ts';
import { viewUser } from './user-view.ts';

const AT_ONCE = 200;

/** All that is kept of an account, as its owner sees each of it elsewhere; null where there is no such account. */
export async function exportAccount(
  { database, config, playback }: RouteContext,
  request: FastifyRequest,
  { id: userId, familyId }: Caller,
) {
  const user = await findUserById(database, userId);
  const preferences = await findUserPreferences(database, userId);
  if (user === null || preferences === null) return null;
  const { origin } = addressOf(request, config.PUBLIC_URL);
  const sessions = await readAll((window) => listOpenSessions(database, { userId, ...window }));
  const tasks = await readAll((window) => listTasks(database, { userId, ...window }));
  const items = await readAll((window) => listSavedChoreographies(database, { userId, ...window }));
  const songs = await listOwnSongs(database, userId);
  const plans = await readAll((window) => listClassPlans(database, { instructorId: userId, ...window }));
  return {
    exported_at: toTimestamp(new Date()),
    user: viewUser(user),
    joined_at: toTimestamp(user.dateJoined),
    last_login_at: user.lastLogin === null ? null : toTimestamp(user.lastLogin),
    preferences: viewPreferences(preferences),
    sessions: sessions.map((session) => viewSession(session, familyId)),
    tasks: await mapInTurn(tasks, (task) => viewExportedTask(task, origin, playback)),
    collection: await mapInTurn(items, (item) => viewItem(item, playback)),
    class_plans: (
      await mapInTurn(plans, async (plan: ClassPlan) => {
        const whole = await findClassPlan(database, plan.id, userId);
        return whole === null ? [] : [await viewPlanDetail(whole, playback)];
      })
    ).flat(),
    songs: await mapInTurn(songs, async (song) =>
      viewSongDetail(song, await findSongAnalysis(database, song)),
    ),
  };
}

async function viewExportedTask(task: TaskWithSong, origin: string, playback: Playback) {
  const address = `${origin}/api/choreography/tasks/${task.taskId}/`;
  return {
    task: await showTask(task, playback),
    query: task.query,
    energy_level: task.energyLevel,
    seed: task.seed,
    links: {
      task: address,
      blueprint: `${address}blueprint/`,
      video: `${origin}/api/choreography/videos/${task.taskId}/?download=1`,
    },
  };
}

/** A list page by page, to its end. */
async function readAll<Row>(
  load: (window: { limit: number; offset: number }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await load({ limit: AT_ONCE, offset: rows.length });
    rows.push(...page.rows);
    if (page.rows.length < AT_ONCE) return rows;
  }
}

/** One after the other: nobody else waits for a connection or a signature meanwhile. */
async function mapInTurn<Item, Mapped>(
  items: readonly Item[],
  map: (item: Item) => Promise<Mapped>,
): Promise<Mapped[]> {
  const mapped: Mapped[] = [];
  for (const item of items) mapped.push(await map(item));
  return mapped;
}
