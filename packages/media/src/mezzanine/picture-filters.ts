import type { VideoStream } from '../media-probe.ts';
import { MEZZANINE_FRAME_RATE, MEZZANINE_TIMESCALE } from './format.ts';
import type { PictureSize } from './picture-size.ts';
import { isHdrTransfer, type SourceColours, sourceColours } from './source-colours.ts';

/** Of BT.2408: the luminance of white in graded HDR, cd/m²; it becomes 1 in the light that is tone mapped. */
const REFERENCE_WHITE_NITS = 203;
/** Luminance that becomes the brightest SDR white; what is brighter is clipped. Most HDR is graded for this. */
const HDR_PEAK_NITS = 1_000;
/** Light up to half of reference white (skin, clothes, floor) is left as it is. */
const TONE_CURVE_KNEE = 0.5;

/**
 * Ticks that every picture is taken to be later, a fiftieth of a house picture. Of 60 pictures a second every other one
 * falls in the middle between two; times in milliseconds would send it now here, now there.
 */
const MIDDLE_TICKS = 60;

/** swscale has names of its own for matrices. */
const SCALER_MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  rgb: 'bt709',
  fcc: 'fcc',
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
};

/**
 * The filters, joined by commas, that make house pictures of any film: those of {@link houseTimeFilters}, then those of
 * {@link houseLookFilters}. Rotation is ffmpeg's own, in front of them; the film is stream `video.index`.
 */
export function housePictureFilters(video: VideoStream, size: PictureSize): string {
  return [...houseTimeFilters(video), ...houseLookFilters(video, size)].join(',');
}

/**
 * 30 pictures a second on the file's own timeline: picture i is what the film shows nearest to i/30 s after the file's
 * start; a late first picture is held from 0 on. Interlaced pictures become whole ones first.
 */
function houseTimeFilters(video: VideoStream): string[] {
  const { num, den } = MEZZANINE_FRAME_RATE;
  // The usual video clock first: a source's own may be too coarse to say when a frame begins.
  return [
    ...(video.isInterlaced ? ['bwdif=mode=send_frame:parity=auto:deint=all'] : []),
    `settb=1/${MEZZANINE_TIMESCALE},setpts=PTS+${MIDDLE_TICKS}`,
    `fps=fps=${num}/${den}:start_time=0:round=near`,
  ];
}

/**
 * Scaled into the size with the proportions that are meant (oblong pixels made square), black around it,
 * in BT.709 of limited range. What the file's colours are is in {@link sourceColours}.
 *
 * SDR: matrix, primaries and transfer are converted by the functions of ITU-T H.273 where they differ.
 * HDR (needs an ffmpeg with zimg): light as a 1,000 cd/m² display shows it (HLG with its OOTF) over 203 cd/m²; primaries
 * to BT.709; each colour multiplied by curve(m)/m, m being its largest component and the curve `mobius`: straight up to
 * 0.5, then bent so that 1,000 cd/m² becomes 1; then encoded for a display of gamma 2.4 (BT.1886).
 *
 * Source: ffmpeg-filters(1), `scale`, `colorspace`, `zscale`, `tonemap`, `bwdif`; ITU-R BT.2408, BT.2100.
 */
export function houseLookFilters(video: VideoStream, size: PictureSize): string[] {
  const colours = sourceColours(video);
  return [
    scaleInto(size, colours),
    ...toBt709(colours),
    `pad=${size.width}:${size.height}:(ow-iw)/2:(oh-ih)/2:black`,
    'setsar=1',
    'format=yuv420p',
    // Said again on every picture: an encoder takes it for its headers.
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ];
}

/** The range is converted here, the rest behind it, with two more bits so that nothing is rounded twice. */
function scaleInto({ width, height }: PictureSize, colours: SourceColours): string {
  const matrix = SCALER_MATRICES[colours.matrix] ?? 'bt709';
  // dar, not iw/ih: pictures may have oblong pixels. No side may round to nothing.
  const fitWidth = `max(2\\,2*round(min(${width}\\,${height}*dar)/2))`;
  const fitHeight = `max(2\\,2*round(min(${height}\\,${width}/dar)/2))`;
  const input = colours.matrix === 'rgb' ? '' : `:in_color_matrix=${matrix}`;
  const range = `in_range=${colours.isFullRange ? 'full' : 'limited'}:out_range=limited`;
  const scale = `scale=w=${fitWidth}:h=${fitHeight}:flags=bicubic:${range}${input}:out_color_matrix=${matrix}`;
  return `${scale},format=${isBt709(colours) ? 'yuv420p' : 'yuv420p10le'}`;
}

function toBt709(colours: SourceColours): string[] {
  if (isBt709(colours)) return [];
  return isHdrTransfer(colours.transfer) ? toneMap(colours) : convertSdr(colours);
}

function isBt709({ matrix, primaries, transfer }: SourceColours): boolean {
  return (matrix === 'bt709' || matrix === 'rgb') && primaries === 'bt709' && transfer === 'bt709';
}

function convertSdr({ matrix, primaries, transfer }: SourceColours): string[] {
  const source = `ispace=${matrix === 'rgb' ? 'bt709' : matrix}:iprimaries=${primaries}:itrc=${transfer}:irange=tv`;
  return [`colorspace=${source}:space=bt709:primaries=bt709:trc=bt709:range=tv:format=yuv420p`];
}

function toneMap({ matrix, primaries, transfer }: SourceColours): string[] {
  const source = `min=${matrix === 'rgb' ? 'bt709' : matrix}:pin=${primaries}:tin=${transfer}:rin=limited`;
  const peak = (HDR_PEAK_NITS / REFERENCE_WHITE_NITS).toFixed(6);
  return [
    // Exact: the approximation applies HLG's system gamma to each component by itself.
    `zscale=${source}:t=linear:npl=${REFERENCE_WHITE_NITS}:agamma=false`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    `tonemap=tonemap=mobius:param=${TONE_CURVE_KNEE}:desat=0:peak=${peak}`,
    'zscale=t=bt709:m=bt709:r=limited',
  ];
}
