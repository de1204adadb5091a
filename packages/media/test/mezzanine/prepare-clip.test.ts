import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMediaTools, mezzanineTrack, prepareClip, probeMedia, readMovie } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import { scriptedTools } from '../fixture-programs.ts';
import { type GreyFilm, makeGreyFilm } from './grey-film.ts';
import { codesAt, decodePictures, type HouseClip, makeHouseClip } from './house-clip.ts';
import { findBoxDeep, turnedClockwise, withCoverFirst } from './mp4-surgery.ts';

const SIZE = { width: 64, height: 36 };
const PICTURE_BYTES = (SIZE.width * SIZE.height * 3) / 2;
const LOSSLESS = ['-c:v', 'ffv1'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '8', '-pix_fmt', 'yuv420p'];
/** Codes by which greys come out otherwise than they went in. */
const TOLERANCE = 3;

const { ffmpegPath } = await findMediaTools();

/** Greys that differ by more than the tolerance, one a picture. */
const ramp = (count: number): number[] => Array.from({ length: count }, (_, index) => 24 + 8 * index);

async function makeFilm(t: Test, name: string, film: Omit<GreyFilm, 'path'>): Promise<string> {
  const path = join(t.testdir(), name);
  await makeGreyFilm({ ...film, path });
  return path;
}

async function lumaOf(house: HouseClip, x = SIZE.width / 2, y = SIZE.height / 2): Promise<number[]> {
  const raw = await decodePictures(house.path);
  return Array.from({ length: raw.length / PICTURE_BYTES }, (_, index) => {
    const picture = raw.subarray(index * PICTURE_BYTES, (index + 1) * PICTURE_BYTES);
    return codesAt(picture, SIZE, x, y)[0]!;
  });
}

function sameGreys(t: Test, found: readonly number[], right: readonly number[], what: string): void {
  t.equal(found.length, right.length, `${what}: ${right.length} pictures`);
  const wrong = found.findIndex((grey, index) => Math.abs(grey - (right[index] ?? 0)) > TOLERANCE);
  t.equal(wrong, -1, `${what}: every picture at its time (${found})`);
}

t.test('60 pictures a second of odd size become 30 in the middle of the house size', async (t) => {
  const greys = ramp(24);
  const film = {
    width: 61,
    height: 45,
    greys,
    framesPerSecond: 60,
    output: [...LOSSLESS, '-color_range', 'tv'],
  };
  const house = await makeHouseClip(await makeFilm(t, 'odd.mkv', film), SIZE);
  sameGreys(
    t,
    await lumaOf(house),
    greys.filter((_, index) => index % 2 === 0),
    'every second one',
  );
  const picture = await decodePictures(house.path);
  t.same(codesAt(picture, SIZE, 2, 18), [16, 128, 128], 'black beside it');
  t.ok(Math.abs(codesAt(picture, SIZE, 12, 18)[0]! - 24) <= TOLERANCE, 'and 48 of 64 columns of picture');
});

t.test('pictures of uneven times are shown at theirs, a late first one from the start on', async (t) => {
  const timesSec = [0.2, 0.24, 0.5, 0.6];
  const greys = [40, 80, 120, 160];
  const when = timesSec.reduceRight(
    (rest, time, index) => `if(eq(N\\,${index})\\,${time * 1000}\\,${rest})`,
    '0',
  );
  const film = {
    width: 64,
    height: 36,
    greys,
    framesPerSecond: 30,
    inputs: ['-f', 'lavfi', '-i', 'sine=d=0.8'],
    output: ['-vf', `settb=1/1000,setpts=${when}`, '-vsync', '0', ...LOSSLESS, '-c:a', 'pcm_s16le'],
  };
  const house = await makeHouseClip(await makeFilm(t, 'uneven.mkv', film), SIZE);
  const found = await lumaOf(house);
  const right = found.map((_, index) => {
    const shown = timesSec.filter((time) => Math.round(time * 30) <= index).length;
    return greys[Math.max(0, shown - 1)]!;
  });
  sameGreys(t, found, right, 'uneven');
  t.ok(found.length >= 19 && found.length <= 25, `ends with the film: ${found.length} pictures`);
});

t.test('a phone held upright, in HEVC, stands upright', async (t) => {
  const encoders = execFileSync(ffmpegPath, ['-v', 'error', '-encoders'], { encoding: 'utf8' });
  const hasHevc = encoders.includes('libx265');
  if (!hasHevc) t.comment('This ffmpeg has no HEVC encoder: H.264 instead.');
  const codec = hasHevc ? ['-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'] : H264;
  const halves = (x: number): number => (x < 48 ? 200 : 50);
  const film = { width: 96, height: 54, greys: [halves, halves, halves], framesPerSecond: 30 };
  const path = await makeFilm(t, 'phone.mp4', { ...film, output: [...codec, '-pix_fmt', 'yuv420p'] });
  writeFileSync(path, turnedClockwise(readFileSync(path)));
  const picture = await decodePictures((await makeHouseClip(path, SIZE)).path);
  const luma = (x: number, y: number): number => codesAt(picture, SIZE, x, y)[0]!;
  t.ok(Math.abs(luma(32, 6) - 200) <= TOLERANCE, 'what was left is above');
  t.ok(Math.abs(luma(32, 30) - 50) <= TOLERANCE, 'what was right is below');
  t.equal(luma(20, 6), 16, 'black beside');
});

t.test('oblong pixels are made square, and interlaced pictures whole', async (t) => {
  // Each field is 10 brighter than the one before; the upper one comes first.
  const greys = Array.from(
    { length: 8 },
    (_, index) => (_x: number, y: number) => 40 + 20 * index + 10 * (y % 2),
  );
  const film = {
    width: 48,
    height: 64,
    greys,
    framesPerSecond: 25,
    output: ['-vf', 'setsar=64/27,setfield=tff', ...H264, '-flags', '+ilme+ildct', '-x264-params', 'tff=1'],
  };
  const house = await makeHouseClip(await makeFilm(t, 'fields.mp4', film), SIZE);
  const raw = await decodePictures(house.path);
  const picture = raw.subarray(4 * PICTURE_BYTES, 5 * PICTURE_BYTES);
  const column = Array.from({ length: SIZE.height }, (_, y) => codesAt(picture, SIZE, 1, y)[0]!);
  t.ok(Math.min(...column) > 60, 'it fills the size');
  const steps = column.slice(1).map((grey, index) => Math.abs(grey - column[index]!));
  t.ok(Math.max(...steps) <= TOLERANCE, `no comb: ${column}`);
});

t.test('a time code beside the film shifts nothing and is left behind', async (t) => {
  const greys = ramp(12);
  const film = { width: 64, height: 36, greys, framesPerSecond: 30 };
  const path = await makeFilm(t, 'camera.mov', { ...film, output: [...H264, '-timecode', '01:00:00:00'] });
  t.ok(readFileSync(path).includes('tmcd'));
  const house = await makeHouseClip(path, SIZE);
  sameGreys(t, await lumaOf(house), greys, 'as filmed');
  t.notOk(readFileSync(house.path).includes('tmcd'));
});

t.test('the film is what is no cover picture, though that comes first', async (t) => {
  const directory = t.testdir();
  const [film, cover, both] = ['film.mp4', 'cover.jpg', 'both.mp4'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  await makeGreyFilm({
    path: film,
    width: 64,
    height: 48,
    greys: ramp(6),
    framesPerSecond: 30,
    output: H264,
  });
  const picture = ['-f', 'lavfi', '-i', 'color=white:s=32x32', '-frames:v', '1'];
  execFileSync(ffmpegPath, ['-v', 'error', ...picture, cover]);
  const join2 = [
    '-i',
    film,
    '-i',
    cover,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    '-disposition:v:1',
    'attached_pic',
  ];
  execFileSync(ffmpegPath, ['-v', 'error', ...join2, both]);
  writeFileSync(both, withCoverFirst(readFileSync(both)));
  sameGreys(t, await lumaOf(await makeHouseClip(both, SIZE)), ramp(6), 'the film');
});

t.test('keyframes, poster and sheet are where they belong, and the brand says so', async (t) => {
  const greys = Array.from({ length: 75 }, (_, index) => 40 + 2 * index);
  const film = { width: 64, height: 36, greys, framesPerSecond: 30, output: H264 };
  const source = await makeFilm(t, 'clip.mp4', film);
  const timesSec = [0.31, 0.777, 1.25, 2.4999, 99];
  const house = await makeHouseClip(source, SIZE, timesSec);
  t.same(
    house.keyframeFrames,
    [0, 9, 23, 38].filter((frame) => frame !== 75),
  );
  t.equal(house.frameCount, 75);
  const movie = await readMovie(house.path);
  const track = mezzanineTrack(movie, SIZE);
  t.ok(track, 'known by its brand');
  t.equal(mezzanineTrack(movie, { width: 128, height: 72 }), null, 'but in another size it is none');
  t.equal(mezzanineTrack(await readMovie(source), SIZE), null, 'nor is its source one');
  const packets = execFileSync((await findMediaTools()).ffprobePath, [
    ...['-v', 'error', '-show_entries', 'packet=pts,dts,duration,flags', '-of', 'csv=p=0', house.path],
  ]);
  const rows = packets.toString().trim().split('\n');
  const expected = greys.map((_, index) => {
    return `${index * 3000},${index * 3000},3000,${[0, 9, 23, 38].includes(index) ? 'K' : '_'}`;
  });
  t.same(
    rows.map((row) => row.replace(/_[^,]*$/, '').replace(/,$/, ',_')),
    expected,
  );

  const grey = (path: string, x: number, y: number): number => {
    const crop = `crop=2:2:${x}:${y},format=yuvj420p`;
    return execFileSync(ffmpegPath, ['-v', 'error', '-i', path, '-vf', crop, '-f', 'rawvideo', '-'])[0]!;
  };
  const full = (code: number): number => ((code - 16) * 255) / 219;
  t.ok(
    Math.abs(grey(house.posterPath, 30, 20) - full(greys[9]!)) <= TOLERANCE,
    'the poster: the first keyframe asked for',
  );
  for (const second of [0, 1, 2]) {
    const found = grey(house.sheetPath, second * 160 + 80, 44);
    t.ok(Math.abs(found - full(greys[second * 30]!)) <= TOLERANCE, `the sheet at ${second} s`);
  }
  t.ok(grey(house.sheetPath, 3 * 160 + 80, 44) < 4, 'and nothing behind the end');
});

t.test('what cannot be shown to its end is refused by name', async (t) => {
  const greys = Array.from(
    { length: 60 },
    (_, index) => (x: number, y: number) => 40 + ((index * x * y) % 150),
  );
  const film = { width: 64, height: 36, greys, framesPerSecond: 30 };
  const path = await makeFilm(t, 'whole.mp4', {
    ...film,
    output: [...H264, '-movflags', '+faststart', '-use_editlist', '0'],
  });
  const file = readFileSync(path);
  const refuse = async (name: string, content: Buffer, code: string): Promise<void> => {
    const wrong = `${path}.${name}.mp4`;
    writeFileSync(wrong, content);
    await t.rejects(makeHouseClip(wrong, SIZE), { code }, name);
  };
  await refuse('half', file.subarray(0, file.length / 2), 'MEDIA_TRUNCATED');
  const data = findBoxDeep(file, 'mdat');
  const third = Math.floor((data.end - data.start) / 3);
  const damaged = Buffer.from(file).fill(0x5a, data.start + third, data.start + 2 * third);
  await refuse('damaged in its middle', damaged, 'MEDIA_DAMAGED');
  const empty = Buffer.from(file).fill(0, data.start + 8);
  await refuse('zeroes', empty, 'MEDIA_NO_PICTURES');
  // Version, flags, count; then the first run of pictures and how long each of them is shown.
  const endless = Buffer.from(file);
  endless.writeUInt32BE(15_360 * 20, findBoxDeep(file, 'stts').start + 20);
  await refuse('endless', endless, 'MEDIA_TOO_LONG');
  const matroska = readFileSync(await makeFilm(t, 'liar.mkv', { ...film, output: LOSSLESS }));
  await refuse('half of a Matroska file', matroska.subarray(0, matroska.length / 2), 'MEDIA_TRUNCATED');
  const length = matroska.indexOf(Buffer.from([0x44, 0x89, 0x88]));
  matroska.writeDoubleBE(200, length + 3);
  matroska.write('NOTATIME', matroska.indexOf('DURATION'), 'latin1');
  await refuse('longer than it says', matroska, 'MEDIA_TOO_LONG');
});

t.test('an ffmpeg that cannot tone map says so of an HDR clip', async (t) => {
  const film = { width: 64, height: 36, greys: ramp(3), framesPerSecond: 30, output: H264 };
  const path = await makeFilm(t, 'clip.mp4', film);
  const probe = await probeMedia(await findMediaTools(), path);
  const tools = scriptedTools(t, 'echo "[AVFilterGraph @ 0x55] No such filter: \'zscale\'" >&2; exit 1');
  const paths = { path, outPath: `${path}.a`, posterPath: `${path}.b`, sheetPath: `${path}.c` };
  await t.rejects(prepareClip({ tools, probe, size: SIZE, keyframeTimesSec: [], ...paths }), {
    code: 'MEDIA_HDR_UNSUPPORTED',
    message: /zimg/,
  });
});
