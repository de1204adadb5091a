import { foldForSearch } from '@bachata-buddy/platform';
import { asc, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { classPlans, savedChoreographies, songs } from '../schema/index.ts';
import type { JsonObject } from '../schema/values.ts';
import { inTransaction, type Transaction } from '../transaction.ts';
import { fillFoldedNames } from './accounts/user-names.ts';
import { run } from './run.ts';

/** Rows that are locked at a time. */
const AT_ONCE = 1_000;

/** What a song is searched and sorted by. */
export function foldSong({ title, artist, genre }: { title: string; artist: string; genre?: string | null }) {
  return {
    titleFolded: foldForSearch(title),
    artistFolded: foldForSearch(artist),
    genreFolded: genre == null ? null : foldForSearch(genre),
  };
}

/** What an item of a collection is searched by besides its title: what is said of its music. */
export function foldMusic(musicInfo: JsonObject | null | undefined): string {
  const said = [musicInfo?.song, musicInfo?.title, musicInfo?.artist];
  return foldForSearch(said.filter((text) => typeof text === 'string').join('\n'));
}

/**
 * Writes the folded texts of rows that have none: those of before there were any, and those that programs wrote which
 * did not know them. In small steps, so that nobody waits; several may do so at the same time.
 *
 * @returns how many rows got theirs
 */
export async function fillFoldedTexts(db: Database): Promise<number> {
  let filled = await fillFoldedNames(db);
  for (const fillSome of [fillSongs, fillItems, fillPlans]) {
    let count: number;
    do {
      count = await run(() => inTransaction(db, fillSome));
      filled += count;
    } while (count > 0);
  }
  return filled;
}

async function fillSongs(tx: Transaction): Promise<number> {
  const rows = await tx
    .select({ id: songs.id, title: songs.title, artist: songs.artist, genre: songs.genre })
    .from(songs)
    .where(isNull(songs.titleFolded))
    .orderBy(asc(songs.id))
    .limit(AT_ONCE)
    .for('update', { skipLocked: true });
  const texts = rows.map(foldSong);
  await write(
    tx,
    rows,
    sql`update songs set title_folded = v.a, artist_folded = v.b, genre_folded = v.c
      from unnest(${sql.param(idsOf(rows))}::integer[], ${sql.param(texts.map((text) => text.titleFolded))}::text[],
        ${sql.param(texts.map((text) => text.artistFolded))}::text[], ${sql.param(texts.map((text) => text.genreFolded))}::text[])
        v (id, a, b, c) where songs.id = v.id`,
  );
  return rows.length;
}

async function fillItems(tx: Transaction): Promise<number> {
  const rows = await tx
    .select({
      id: savedChoreographies.id,
      title: savedChoreographies.title,
      songTitle: savedChoreographies.songTitle,
      musicInfo: savedChoreographies.musicInfo,
    })
    .from(savedChoreographies)
    .where(isNull(savedChoreographies.titleFolded))
    .limit(AT_ONCE)
    .for('update', { skipLocked: true });
  await write(
    tx,
    rows,
    sql`update saved_choreographies item set title_folded = v.a, song_title_folded = v.b, music_folded = v.c
      from unnest(${sql.param(idsOf(rows))}::uuid[], ${sql.param(rows.map(({ title }) => foldForSearch(title)))}::text[],
        ${sql.param(rows.map(({ songTitle }) => foldForSearch(songTitle)))}::text[],
        ${sql.param(rows.map(({ musicInfo }) => foldMusic(musicInfo)))}::text[])
        v (id, a, b, c) where item.id = v.id`,
  );
  return rows.length;
}

async function fillPlans(tx: Transaction): Promise<number> {
  const rows = await tx
    .select({ id: classPlans.id, title: classPlans.title })
    .from(classPlans)
    .where(isNull(classPlans.titleFolded))
    .limit(AT_ONCE)
    .for('update', { skipLocked: true });
  await write(
    tx,
    rows,
    sql`update class_plans plan set title_folded = v.a
      from unnest(${sql.param(idsOf(rows))}::uuid[], ${sql.param(rows.map(({ title }) => foldForSearch(title)))}::text[]) v (id, a)
      where plan.id = v.id`,
  );
  return rows.length;
}

const idsOf = <Id>(rows: readonly { readonly id: Id }[]): Id[] => rows.map(({ id }) => id);

async function write(tx: Transaction, rows: readonly unknown[], statement: SQL): Promise<void> {
  if (rows.length > 0) await tx.execute(statement);
}
