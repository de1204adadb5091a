import type { VideoStream } from '../media-probe.ts';

/** How a stream's numbers stand for colours. All names are those of ffmpeg. */
export interface SourceColours {
  /** `rgb` where there is no matrix. */
  readonly matrix: string;
  readonly primaries: string;
  readonly transfer: string;
  readonly isFullRange: boolean;
}

/** Shorter side from which pictures that do not say their matrix are taken for BT.709, below for BT.601: as players do. */
const HIGH_DEFINITION_LINES = 720;

const RGB_FORMAT = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8)/;
/** The `j` formats of old: full range by name. */
const FULL_RANGE_FORMAT = /^yuvj/;

/** One curve under several names: ITU-T H.273, table 3. */
const SAME_AS_BT709 = new Set(['bt709', 'smpte170m', 'bt2020-10', 'bt2020-12']);

/** What ffmpeg's `colorspace` filter knows besides BT.709; anything else is rare enough to be taken for it. */
const KNOWN_TRANSFERS = new Set(['bt470m', 'bt470bg', 'smpte240m', 'linear', 'iec61966-2-1', 'iec61966-2-4']);
const KNOWN_PRIMARIES = new Set([
  'bt470m',
  'bt470bg',
  'smpte170m',
  'smpte240m',
  'smpte428',
  'film',
  'smpte431',
  'smpte432',
  'bt2020',
  'jedec-p22',
  'ebu3213',
]);
const KNOWN_MATRICES = new Set(['bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc']);

/**
 * What the stream says of its colours, and what is assumed where it is silent: the matrix by the picture's size, BT.709
 * for primaries (BT.2020 under an HDR curve) and transfer, limited range unless the pixels are RGB.
 *
 * Primaries are never guessed from the matrix: old and untagged films were as likely graded on a BT.709 display.
 */
export function sourceColours(video: VideoStream): SourceColours {
  const isRgb = RGB_FORMAT.test(video.pixelFormat) || video.colorSpace === 'gbr';
  const transfer = transferOf(video.colorTransfer);
  const isHdr = isHdrTransfer(transfer);
  return {
    matrix: isRgb ? 'rgb' : matrixOf(video, isHdr),
    primaries: KNOWN_PRIMARIES.has(video.colorPrimaries ?? '')
      ? (video.colorPrimaries as string)
      : isHdr && video.colorPrimaries === undefined
        ? 'bt2020'
        : 'bt709',
    transfer,
    isFullRange: isRgb || video.colorRange === 'full' || FULL_RANGE_FORMAT.test(video.pixelFormat),
  };
}

/** PQ (SMPTE ST 2084) and HLG (ARIB STD-B67). */
export function isHdrTransfer(transfer: string): boolean {
  return transfer === 'smpte2084' || transfer === 'arib-std-b67';
}

function transferOf(named: string | undefined): string {
  if (named === undefined || SAME_AS_BT709.has(named)) return 'bt709';
  return isHdrTransfer(named) || KNOWN_TRANSFERS.has(named) ? named : 'bt709';
}

function matrixOf({ colorSpace, width, height }: VideoStream, isHdr: boolean): string {
  if (colorSpace === 'bt2020c' || (colorSpace === undefined && isHdr)) return 'bt2020nc';
  if (colorSpace !== undefined && KNOWN_MATRICES.has(colorSpace)) return colorSpace;
  return Math.min(width, height) < HIGH_DEFINITION_LINES ? 'smpte170m' : 'bt709';
}
