import type { Blueprint } from '@bachata-buddy/blueprint';
import {
  type ChoreographyRequest,
  familyOf,
  type LastTime,
  LEAST_LENGTH_SEC,
  MOST_LENGTH_SEC,
  type OpenWish,
  type ParsedQuery,
  readSaidMoves,
  type SaidWish,
} from '@bachata-buddy/choreography';
import { type Database, findBlueprint, findSong, listTasks, type Song } from '@bachata-buddy/database';
import { DIFFICULTIES, ENERGY_LEVELS } from '@bachata-buddy/vocabulary';
import { requestOfTask } from './request-of-task.ts';
import { storedWishes } from './wishes-document.ts';

/** Among so many of the latest tasks one is looked for that came to a dance. */
const MOST_LOOKED_AT = 20;

/** What a sentence means that speaks of the dance before. */
export interface Recalled {
  readonly parsed: ParsedQuery;
  /** The song of that dance; undefined where another one is named, or there is none. */
  readonly song?: Song;
  /** What could not be taken over. */
  readonly open: readonly OpenWish[];
}

/** The sentence, with all that it takes over from its author's last dance; as it is where it speaks of none. */
export async function recallLastTime(
  database: Database,
  parsed: ParsedQuery,
  userId: number,
): Promise<Recalled> {
  const { lastTime } = parsed;
  if (lastTime === null) return { parsed, open: [] };
  const last = await findLastDance(database, userId);
  if (last === null) {
    const reason = 'there is no earlier choreography of yours';
    return { parsed, open: [{ wish: 'the same as last time', reason }] };
  }
  const { request, blueprint, song } = last;
  const open: OpenWish[] = [];
  const taken = takeOver(parsed, lastTime, request, open);
  const extent = parsed.extent ?? extentOf(blueprint, lastTime);
  const isSameSong = song !== null && parsed.songPreference === null;
  return { parsed: { ...taken, extent }, open, ...(isSameSong ? { song } : {}) };
}

async function findLastDance(database: Database, userId: number) {
  const { rows } = await listTasks(database, { userId, limit: MOST_LOOKED_AT, offset: 0 });
  for (const task of rows) {
    if (task.status === 'failed' || task.originalTaskId !== null) continue;
    const stored = await findBlueprint(database, task.taskId);
    if (stored === null) continue;
    const blueprint = stored.blueprint as Blueprint;
    const song = task.song === null ? null : await findSong(database, task.song.id, { userId });
    return { request: requestOfTask(task, blueprint), blueprint, song };
  }
  return null;
}

/** What the sentence says itself comes first; a "harder" is a step up from last time, whatever its words name else. */
function takeOver(
  parsed: ParsedQuery,
  lastTime: LastTime,
  before: ChoreographyRequest,
  open: OpenWish[],
): ParsedQuery {
  const isStated = (name: ParsedQuery['stated'][number]) => parsed.stated.includes(name);
  const step = <Level extends string>(levels: readonly Level[], level: Level, by: number): Level => {
    const next = levels[levels.indexOf(level) + by];
    if (next === undefined) {
      const reason = `it was ${level} already`;
      open.push({ wish: by > 0 ? 'more than last time' : 'less than last time', reason });
    }
    return next ?? level;
  };
  const isOfEnergy = lastTime.energy !== 0;
  const { moves: said } = parsed;
  const old = before.moves ?? { wanted: [], refused: [], only: [] };
  const refusedNow = new Set(said.refused.map(familyOf));
  const spokenOf = new Set(said.wanted.map(({ name }) => familyOf(name)));
  const isUnspoken = (name: string) => !spokenOf.has(familyOf(name));
  const isStillWanted = ({ name }: SaidWish) => isUnspoken(name) && !refusedNow.has(familyOf(name));
  // "No dips" among the free wishes is said no more where dips are wanted now.
  const isStillSaid = (text: string) =>
    readSaidMoves({ specialRequirements: [text] }).refused.every(isUnspoken);
  return {
    ...parsed,
    difficulty:
      lastTime.difficulty !== 0 || !isStated('difficulty')
        ? step(DIFFICULTIES, before.difficulty, lastTime.difficulty)
        : parsed.difficulty,
    energyLevel:
      isOfEnergy || !isStated('energyLevel')
        ? step(ENERGY_LEVELS, before.energyLevel, lastTime.energy)
        : parsed.energyLevel,
    style: isStated('style') && !isOfEnergy ? parsed.style : before.style,
    stated: [
      'difficulty',
      'energyLevel',
      ...parsed.stated.filter((name) => name === 'tempo' || name === 'style'),
    ],
    specialRequirements: [
      ...new Set([...before.specialRequirements.filter(isStillSaid), ...parsed.specialRequirements]),
    ].slice(0, 8),
    moves: {
      wanted: [...old.wanted.filter(isStillWanted), ...said.wanted],
      refused: [...new Set([...old.refused.filter(isUnspoken), ...said.refused])],
      only: said.only.length > 0 ? said.only : old.only,
    },
  };
}

/** As much of the song as last time, or by so much more or less. */
function extentOf(
  { generation_parameters: parameters = {}, total_duration: durationSec }: Blueprint,
  { length }: LastTime,
): ParsedQuery['extent'] {
  const before = storedWishes(parameters.wishes)?.extent ?? null;
  if (length === 1) return before;
  const lengthSec = Math.round(durationSec * length);
  const possibleSec = Math.min(MOST_LENGTH_SEC, Math.max(LEAST_LENGTH_SEC, lengthSec));
  return { ...(before?.part && { part: before.part }), lengthSec: possibleSec };
}
