/** A rectangle of a picture that holds many. */
export interface SheetTile {
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What a cue of a thumbnails document points at: an address, and in its fragment the rectangle (Media Fragments,
 * `#xywh=x,y,w,h`).
 *
 * @param documentUrl what the address is relative to
 * @returns undefined where the cue points at nothing of that form, or at nothing a page may load
 */
export function sheetTileOf(cueText: string, documentUrl: string): SheetTile | undefined {
  const found = /^(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(cueText.trim());
  if (found === null) return undefined;
  const [, address = '', ...numbers] = found;
  const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
  if (!URL.canParse(address, documentUrl) || width === 0 || height === 0) return undefined;
  const url = new URL(address, documentUrl);
  return /^https?:$/.test(url.protocol) ? { url: url.href, x, y, width, height } : undefined;
}
