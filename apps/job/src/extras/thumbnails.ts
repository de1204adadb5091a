import { type ResolvedBlueprint, shownMoves } from '@bachata-buddy/blueprint';
import {
  MEZZANINE_FRAME_RATE,
  type PictureSize,
  sheetTile,
  THUMBNAIL_EVERY_SEC,
  thumbnailCount,
} from '@bachata-buddy/media';
import { type Cue, formatVtt } from './webvtt.ts';

const FRAMES_PER_SECOND = MEZZANINE_FRAME_RATE.num / MEZZANINE_FRAME_RATE.den;

/** The sheet of thumbnails of a prepared clip. */
export interface ThumbnailSheet {
  readonly key: string;
  /** Of the clip. */
  readonly frameCount: number;
  /** The clip was prepared in. */
  readonly size: PictureSize;
}

/**
 * Thumbnails of the whole video as WebVTT, each cue a rectangle of a clip's sheet: of all that a sheet has, the one
 * nearest to the cue's part of the clip. Undefined where no clip has a sheet; a move whose clip has none has no cues.
 *
 * @param key of the document, which sheets are named relative to
 * @param sheets by clip key
 */
export function thumbnailsOf(
  blueprint: ResolvedBlueprint,
  key: string,
  sheets: ReadonlyMap<string, ThumbnailSheet>,
): string | undefined {
  const moves = shownMoves(blueprint);
  const cues = moves.flatMap(({ move, startSec, endSec }, index): Cue[] => {
    const sheet = sheets.get(move.clipKey);
    if (sheet === undefined) return [];
    // What is shown before the first move and behind the last belongs to them.
    const fromSec = index === 0 ? 0 : startSec;
    const toSec = index === moves.length - 1 ? blueprint.totalDurationSec : endSec;
    const url = relativeAddress(key, sheet.key);
    return tilesBetween(move, sheet, fromSec, toSec).map(({ fragment, ...times }) => {
      return { ...times, text: `${url}#xywh=${fragment}` };
    });
  });
  return cues.length === 0 ? undefined : formatVtt(cues);
}

interface PlacedClip {
  readonly startSec: number;
  readonly trimStartSec: number;
  readonly playbackRate: number;
}

/** The thumbnails that a part of the video takes from a sheet, one behind the other. */
function tilesBetween(move: PlacedClip, sheet: ThumbnailSheet, fromSec: number, toSec: number) {
  const { startSec, trimStartSec, playbackRate } = move;
  const last = thumbnailCount(sheet.frameCount, FRAMES_PER_SECOND) - 1;
  const tileAt = (sec: number): number =>
    Math.round((trimStartSec + (sec - startSec) * playbackRate) / THUMBNAIL_EVERY_SEC);
  const turnsInto = (tile: number): number =>
    startSec + ((tile - 0.5) * THUMBNAIL_EVERY_SEC - trimStartSec) / playbackRate;
  const firstTile = Math.max(0, Math.min(last, tileAt(fromSec)));
  const lastTile = Math.max(firstTile, Math.min(last, tileAt(toSec)));
  return Array.from({ length: lastTile - firstTile + 1 }, (_, n) => {
    const tile = firstTile + n;
    const { x, y, width, height } = sheetTile(tile * THUMBNAIL_EVERY_SEC, sheet.size);
    return {
      startSec: n === 0 ? fromSec : turnsInto(tile),
      endSec: tile === lastTile ? toSec : turnsInto(tile + 1),
      fragment: [x, y, width, height].join(','),
    };
  });
}

/** A key as an address, seen from where another key's object is read. */
function relativeAddress(fromKey: string, toKey: string): string {
  const up = '../'.repeat(fromKey.split('/').length - 1);
  return up + toKey.split('/').map(encodeURIComponent).join('/');
}
