import { useEffect, useState } from 'react';
import { begunAt } from '../logic/dance-line.ts';
import { type SheetTile, sheetTileOf } from '../logic/sheet-tile.ts';

interface ThumbnailCue {
  readonly startSec: number;
  readonly tile: SheetTile | undefined;
}

/**
 * Thumbnails of a video, by time. The browser reads the WebVTT: put what is returned as `track` into a video.
 *
 * @param url undefined where there are none
 */
export function useThumbnails(url: string | undefined): (sec: number) => SheetTile | undefined {
  const [cues, setCues] = useState<readonly ThumbnailCue[]>([]);
  useEffect(() => {
    if (url === undefined) return undefined;
    const video = document.createElement('video');
    video.crossOrigin = 'anonymous';
    const track = document.createElement('track');
    track.kind = 'metadata';
    track.src = url;
    track.addEventListener('load', () => setCues(cuesOf(track.track, new URL(url, document.baseURI).href)));
    video.append(track);
    track.track.mode = 'hidden';
    return () => {
      track.removeAttribute('src');
      setCues([]);
    };
  }, [url]);
  return (sec) => begunAt(cues, sec)?.tile;
}

function cuesOf(track: TextTrack, url: string): ThumbnailCue[] {
  return [...(track.cues ?? [])].map((cue) => ({
    startSec: cue.startTime,
    tile: 'text' in cue && typeof cue.text === 'string' ? sheetTileOf(cue.text, url) : undefined,
  }));
}
