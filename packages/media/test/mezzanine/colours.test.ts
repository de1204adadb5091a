import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import {
  BT601,
  BT709,
  BT2020,
  type ColourSystem,
  hdrTo709,
  sdrTo709,
  shownLevels,
  type Triple,
  toCodes,
} from './colour-oracle.ts';
import { codesAt, decodePictures, makeHouseClip } from './house-clip.ts';

/** A patch is a square of this many pixels; its middle is far from any edge. */
const PATCH = 32;
/** Levels of 256 by which a patch may differ, the encoder's share included. */
const TOLERANCE = 4;
/** Of 255. */
const NEAR_WHITE = 0xd0;

/** The bars of 75 %, and a skin, a floor, a dark dress and a white. */
const SDR_PATCHES: readonly Triple[] = [
  [0.75, 0.75, 0.75],
  [0.75, 0.75, 0],
  [0, 0.75, 0.75],
  [0, 0.75, 0],
  [0.75, 0, 0.75],
  [0.75, 0, 0],
  [0, 0, 0.75],
  [0.8, 0.6, 0.5],
  [0.4, 0.3, 0.2],
  [0.1, 0.1, 0.3],
];
/** The same of what a PQ film holds: from black over reference white (0.58) to what is clipped. */
const PQ_PATCHES: readonly Triple[] = [
  [0, 0, 0],
  [0.3, 0.3, 0.3],
  [0.58, 0.58, 0.58],
  [0.7, 0.7, 0.7],
  [0.55, 0.35, 0.3],
  [0.35, 0.5, 0.35],
  [0.3, 0.35, 0.55],
  [0.5, 0.45, 0.42],
];
const HLG_PATCHES: readonly Triple[] = PQ_PATCHES.map(([r, g, b]) => [r * 1.25, g * 1.25, b * 1.25]);

interface Film {
  readonly system: ColourSystem;
  readonly patches: readonly Triple[];
  readonly tags: Readonly<Record<string, string>>;
  readonly pixelFormat?: string;
  readonly right: (rgb: Triple) => Triple;
}

/** Three pictures of patches in a row, stored without loss (to the eye, where a format of old demands H.264). */
async function makeBars(t: Test, { system, patches, tags, pixelFormat }: Film): Promise<string> {
  const width = patches.length * PATCH;
  const sampleBytes = system.bits / 8 > 1 ? 2 : 1;
  const planes = patches.map((rgb) => toCodes(rgb, system).map(Math.round));
  const plane = (component: number, patchWidth: number): Buffer => {
    const row = planes.flatMap((codes) => new Array<number>(patchWidth).fill(codes[component]!));
    const samples = Array.from({ length: patchWidth }, () => row).flat();
    return sampleBytes === 1 ? Buffer.from(samples) : Buffer.from(Uint16Array.from(samples).buffer);
  };
  const picture = Buffer.concat([plane(0, PATCH), plane(1, PATCH / 2), plane(2, PATCH / 2)]);
  const path = join(t.testdir(), 'bars.mkv');
  const format = pixelFormat ?? (system.bits === 8 ? 'yuv420p' : 'yuv420p10le');
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    format,
    '-s',
    `${width}x${PATCH}`,
    '-framerate',
    '30',
    '-i',
    '-',
  ];
  const said = Object.entries(tags).flatMap(([name, value]) => [`-${name}`, value]);
  const { ffmpegPath } = await findMediaTools();
  const codec = pixelFormat === undefined ? ['-c:v', 'ffv1'] : ['-c:v', 'libx264', '-qp', '4'];
  execFileSync(ffmpegPath, ['-v', 'error', ...input, ...said, ...codec, path], {
    input: Buffer.concat([picture, picture, picture]),
  });
  return path;
}

async function judge(t: Test, film: Film): Promise<void> {
  const size = { width: film.patches.length * PATCH, height: PATCH };
  const house = await makeHouseClip(await makeBars(t, film), size);
  const picture = await decodePictures(house.path);
  for (const [index, rgb] of film.patches.entries()) {
    const shown = shownLevels(codesAt(picture, size, index * PATCH + PATCH / 2, PATCH / 2));
    const right = shownLevels(toCodes(film.right(rgb), BT709));
    const off = shown.map((level, component) => level - right[component]!);
    const most = Math.max(...off.map(Math.abs));
    t.ok(most <= TOLERANCE, `R'G'B' ${rgb} is off by ${off.map((value) => value.toFixed(1))}`);
  }
}

const identity = (rgb: Triple): Triple => rgb;
const named = (space: string, primaries: string, trc: string, range: string) => ({
  colorspace: space,
  color_primaries: primaries,
  color_trc: trc,
  color_range: range,
});

t.test('BT.709 stays as it is', (t) =>
  judge(t, {
    system: BT709,
    patches: SDR_PATCHES,
    tags: named('bt709', 'bt709', 'bt709', 'tv'),
    right: identity,
  }),
);

t.test('BT.601 is converted, matrix and primaries', (t) =>
  judge(t, {
    system: BT601,
    patches: SDR_PATCHES,
    tags: named('smpte170m', 'smpte170m', 'smpte170m', 'tv'),
    right: (rgb) => sdrTo709(rgb, BT601),
  }),
);

t.test('a small picture that says nothing is BT.601 in its matrix, and keeps its primaries', (t) =>
  judge(t, { system: BT601, patches: SDR_PATCHES, tags: {}, right: identity }),
);

t.test('full range becomes limited', (t) =>
  judge(t, {
    system: { ...BT709, isFullRange: true },
    patches: SDR_PATCHES,
    tags: named('bt709', 'bt709', 'bt709', 'pc'),
    right: identity,
  }),
);

t.test('full range of BT.601, as JPEG and old cameras have it', (t) =>
  judge(t, {
    system: { ...BT601, isFullRange: true },
    patches: SDR_PATCHES,
    tags: { color_range: 'pc', colorspace: 'bt470bg' },
    pixelFormat: 'yuvj420p',
    right: identity,
  }),
);

t.test('BT.2020 without HDR is converted', (t) =>
  judge(t, {
    system: BT2020,
    patches: SDR_PATCHES.map(([r, g, b]) => [0.3 + r / 2, 0.3 + g / 2, 0.3 + b / 2]),
    tags: named('bt2020nc', 'bt2020', 'bt2020-10', 'tv'),
    right: (rgb) => sdrTo709(rgb, BT2020),
  }),
);

t.test('PQ is tone mapped as documented', (t) =>
  judge(t, {
    system: BT2020,
    patches: PQ_PATCHES,
    tags: named('bt2020nc', 'bt2020', 'smpte2084', 'tv'),
    right: (rgb) => hdrTo709(rgb, 'pq'),
  }),
);

t.test('white of 203 nits in PQ is shown near white', async (t) => {
  const [level] = shownLevels(toCodes(hdrTo709([0.58, 0.58, 0.58], 'pq'), BT709));
  t.ok(level! >= NEAR_WHITE + TOLERANCE, `the documented tone map makes it ${level}`);
});

t.test('HLG is tone mapped as documented', (t) =>
  judge(t, {
    system: BT2020,
    patches: HLG_PATCHES,
    tags: named('bt2020nc', 'bt2020', 'arib-std-b67', 'tv'),
    right: (rgb) => hdrTo709(rgb, 'hlg'),
  }),
);
