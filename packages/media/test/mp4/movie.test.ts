import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import {
  findMediaTools,
  parameterSetsOf,
  probeMedia,
  readMovie,
  runFfmpeg,
  sampleRun,
  withoutBitRate,
  writeMovie,
} from '../../src/index.ts';

const tools = await findMediaTools();

/** A film of 30 pictures with a keyframe every ten, and a second of AAC. */
async function makeFilm(t: Test): Promise<string> {
  const path = join(t.testdir(), 'film.mp4');
  await runFfmpeg({
    tools,
    args: [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=30:d=1', '-f', 'lavfi', '-i', 'sine=d=1:r=48000'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '10', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-video_track_timescale', '90000', path],
    ],
  });
  return path;
}

interface Packet {
  readonly stream_index: number;
  readonly pts: number;
  readonly duration: number;
  readonly size: string;
  readonly pos: string;
  readonly flags: string;
  readonly data_hash: string;
}

function packetsOf(path: string): Packet[] {
  const show = ['-show_entries', 'packet=stream_index,pts,duration,size,pos,flags,data_hash'];
  const args = ['-v', 'error', '-show_data_hash', 'md5', ...show, '-of', 'json', path];
  return (
    JSON.parse(execFileSync(tools.ffprobePath, args, { encoding: 'utf8', maxBuffer: 2 ** 24 })) as {
      packets: Packet[];
    }
  ).packets;
}

t.test('an index is read as ffprobe reads it', async (t) => {
  const path = await makeFilm(t);
  const movie = await readMovie(path);
  t.same(
    movie.tracks.map(({ handler, codec, timescale }) => [handler, codec, timescale]),
    [
      ['vide', 'avc1', 90_000],
      ['soun', 'mp4a', 48_000],
    ],
  );
  t.same([movie.tracks[0]!.width, movie.tracks[0]!.height], [64, 36]);
  t.equal(movie.tracks[1]!.startTicks, 1_024, "the sound encoder's delay");
  const packets = packetsOf(path);
  for (const [stream, { samples }] of movie.tracks.entries()) {
    const expected = packets.filter((packet) => packet.stream_index === stream);
    t.equal(samples.count, expected.length);
    t.same(
      [...samples.offsets],
      expected.map((packet) => Number(packet.pos)),
    );
    t.same(
      [...samples.sizes],
      expected.map((packet) => Number(packet.size)),
    );
    t.same(
      [...samples.isSync],
      expected.map((packet) => (packet.flags.startsWith('K') ? 1 : 0)),
    );
  }
});

t.test('uncompressed sound of any length is read by its chunks, as long as ffprobe says it is', async (t) => {
  const path = join(t.testdir(), 'film.mov');
  // More samples than an index may have rows: 90 s at 48,000 a second.
  const sources = ['-f', 'lavfi', '-i', 'color=s=64x36:r=1:d=90', '-f', 'lavfi', '-i', 'sine=d=90:r=48000'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'pcm_s16be'];
  await runFfmpeg({ tools, args: [...sources, ...codecs, path] });
  const probe = await probeMedia(tools, path);
  t.match(probe.audio, { codec: 'pcm_s16be', durationSec: 90 });
  const { samples } = (await readMovie(path)).tracks.find(({ handler }) => handler === 'soun')!;
  const packets = packetsOf(path).filter((packet) => packet.stream_index === 1);
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, each) => all + each, 0);
  t.equal(sum(samples.durationTicks), sum(packets.map(({ duration }) => duration)));
  t.equal(sum(samples.sizes), sum(packets.map(({ size }) => Number(size))));
  t.ok(samples.count <= packets.length, `${samples.count} rows`);
  const places = new Set(packets.map(({ pos }) => Number(pos)));
  t.ok([...samples.offsets].every((offset) => places.has(offset)));

  const film = await readFile(path);
  const sound = film.lastIndexOf('trak', undefined, 'latin1');
  const changed = async (type: string, at: number, value: number): Promise<string> => {
    const copy = Buffer.from(film);
    copy.writeUInt32BE(value, copy.indexOf(type, sound, 'latin1') - 4 + at);
    await writeFile(path, copy);
    return path;
  };
  const damaged = { code: 'MEDIA_INDEX_INVALID' };
  for (const [lie, type, at, value] of [
    ['more samples than the file has room for', 'stsz', 16, film.length],
    ['more samples than chunks have', 'stsz', 16, 90 * 48_000 + 1],
    ['fewer lengths than samples', 'stts', 16, 48_000],
    ['a chunk behind the end', 'stco', 16, film.length - 1],
    ['more samples than a row each has room for, of other lengths', 'stts', 20, 2],
  ] as const) {
    await t.rejects(readMovie(await changed(type, at, value)), damaged, lie);
  }
});

t.test('samples are written with the times they are given, and nothing of them is changed', async (t) => {
  const source = await makeFilm(t);
  const movie = await readMovie(source);
  const [picture, sound] = movie.tracks as [(typeof movie.tracks)[0], (typeof movie.tracks)[0]];
  const path = join(t.testdirName, 'written.mp4');
  const sizeBytes = await writeMovie({
    path,
    title: 'Ana – “Móra”',
    brands: ['test'],
    tracks: [
      {
        handler: 'vide',
        sampleEntry: withoutBitRate(picture.sampleEntry),
        timescale: 90_000,
        width: 64,
        height: 36,
        startTicks: 0,
        runs: [
          sampleRun(source, picture, 10, new Uint32Array(15).fill(2_900)),
          sampleRun(source, picture, 0, new Uint32Array(0)),
          sampleRun(source, picture, 0, new Uint32Array(5).fill(3_300)),
        ],
      },
      {
        handler: 'soun',
        sampleEntry: sound.sampleEntry,
        timescale: 48_000,
        width: 0,
        height: 0,
        startTicks: sound.startTicks,
        runs: [sampleRun(source, sound, 0, sound.samples.durationTicks)],
      },
    ],
  });
  t.equal(sizeBytes, (await readFile(path)).length);
  const before = packetsOf(source);
  const written = packetsOf(path);
  const hashes = (packets: Packet[], stream: number) =>
    packets.filter((packet) => packet.stream_index === stream).map((packet) => packet.data_hash);
  const pictures = hashes(before, 0);
  t.same(hashes(written, 0), [...pictures.slice(10, 25), ...pictures.slice(0, 5)]);
  t.same(hashes(written, 1), hashes(before, 1));
  t.same(
    written.filter((packet) => packet.stream_index === 0).map((packet) => packet.pts),
    [
      ...Array.from({ length: 15 }, (_, n) => n * 2_900),
      ...Array.from({ length: 5 }, (_, n) => 43_500 + n * 3_300),
    ],
  );
  const format = JSON.parse(
    execFileSync(tools.ffprobePath, ['-v', 'warning', '-show_format', '-of', 'json', path], {
      encoding: 'utf8',
    }),
  ) as { format: { tags: Record<string, string>; start_time: string } };
  t.match(format.format.tags, { title: 'Ana – “Móra”', compatible_brands: /test/ });
  t.equal(Number(format.format.start_time), 0);
  const again = await readMovie(path);
  t.same(parameterSetsOf(again.tracks[0]!.sampleEntry), parameterSetsOf(picture.sampleEntry));
});

t.test('an index that claims what the file has no room for is refused', async (t) => {
  const path = await makeFilm(t);
  const bytes = await readFile(path);
  const claims: [string, (bytes: Buffer) => void][] = [
    ['forty million samples of a constant size', (copy) => writeAt(copy, 'stsz', 8, [1, 40_000_000])],
    ['more sizes than the table holds', (copy) => writeAt(copy, 'stsz', 12, [1_000_000])],
    ['more durations than the table holds', (copy) => writeAt(copy, 'stts', 8, [0x7fff_ffff])],
    ['durations for no sample', (copy) => writeAt(copy, 'stts', 12, [0])],
    ['chunks behind the end', (copy) => writeAt(copy, 'stco', 12, [0xffff_fff0])],
    ['chunks in no order', (copy) => writeAt(copy, 'stsc', 12, [9])],
    ['a keyframe that is not there', (copy) => writeAt(copy, 'stss', 12, [31])],
    ['a clock that stands', (copy) => writeAt(copy, 'mdhd', 16, [0])],
    ['a box longer than its parent', (copy) => writeAt(copy, 'minf', -4, [0x7000_0000])],
  ];
  for (const [name, damage] of claims) {
    const copy = Buffer.from(bytes);
    damage(copy);
    await writeFile(path, copy);
    await t.rejects(readMovie(path), { code: 'MEDIA_INDEX_INVALID' }, name);
  }
});

t.test('what is no mp4 file is refused', async (t) => {
  const directory = t.testdir({ empty: '', text: 'ffconcat version 1.0\nfile /etc/passwd\n' });
  for (const name of ['empty', 'text']) {
    await t.rejects(readMovie(join(directory, name)), { code: 'MEDIA_INDEX_INVALID' }, name);
  }
});

/** Writes numbers into the first box of a type: at this many bytes behind the type's own four, less four. */
function writeAt(bytes: Buffer, type: string, at: number, values: readonly number[]): void {
  const start = bytes.indexOf(type);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, start + at + index * 4);
}
