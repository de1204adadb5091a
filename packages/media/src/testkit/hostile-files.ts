import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { synthesise } from './synthesise.ts';

/** Files that somebody might send to read what is not theirs, to reach the network, or to use up this machine. */

interface HostileSetting {
  /** A film beside the hostile file, which must not be opened through it. */
  readonly filmPath: string;
  /** Where a film is served, which must not be asked for. */
  readonly filmUrl: string;
  /** A good mp4 film. */
  readonly film: Buffer;
  /** A good Matroska film, its pictures JPEG. */
  readonly matroska: Buffer;
  /** The same in mp4, its pictures PNG. */
  readonly drawn: Buffer;
}

const text = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\n'));

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([...parts]);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value >>> 0, 4 * index);
  });
  return bytes;
}

/** The film with four bytes changed, so far behind the beginning of the first box of that type. */
function changed(film: Buffer, type: string, at: number, value: number): Buffer {
  const copy = Buffer.from(film);
  copy.writeUInt32BE(value >>> 0, copy.indexOf(type, 0, 'latin1') - 4 + at);
  return copy;
}

function nested(depth: number): Buffer {
  let inside: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level += 1) inside = box('moov', inside);
  return inside;
}

const FILE_TYPE = box('ftyp', Buffer.from('isom\0\0\0\0isommp41', 'latin1'));

/** Text that programs of ffmpeg take for a list of other files. */
function lists({ filmPath, filmUrl }: HostileSetting): Record<string, Buffer> {
  const playlist = ['#EXTM3U', '#EXT-X-TARGETDURATION:2', '#EXTINF:1,'];
  const adaptation = (url: string) =>
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`;
  return {
    'concat script': text('ffconcat version 1.0', `file '${filmPath}'`),
    'concat script of an address': text('ffconcat version 1.0', `file '${filmUrl}'`),
    'concat script without a mark': text(`file '${filmPath}'`),
    'playlist of a file': text(...playlist, `file://${filmPath}`, '#EXT-X-ENDLIST'),
    'playlist of an address': text(...playlist, filmUrl, '#EXT-X-ENDLIST'),
    'playlist of a list': text(...playlist, `concat:${filmPath}|${filmPath}`, '#EXT-X-ENDLIST'),
    'playlist of a part': text(...playlist, `subfile,,start,0,end,0,,:${filmPath}`, '#EXT-X-ENDLIST'),
    'playlist with a key': text(
      '#EXTM3U',
      `#EXT-X-KEY:METHOD=AES-128,URI="${filmUrl}"`,
      ...playlist.slice(1),
      `file://${filmPath}`,
    ),
    'playlist behind a tag': Buffer.concat([
      Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'),
      text(...playlist, filmUrl),
    ]),
    'DASH of a file': text('<?xml version="1.0"?>', adaptation(filmPath)),
    'DASH of an address': text('<?xml version="1.0"?>', adaptation(filmUrl)),
    'session description': text(
      'v=0',
      'o=- 0 0 IN IP4 127.0.0.1',
      's=x',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      'm=video 9 RTP/AVP 96',
      'a=rtpmap:96 H264/90000',
    ),
    'drawing with a picture': text(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${filmUrl}"/></svg>`,
    ),
    'stream redirection': text('[Reference]', `Ref1=${filmUrl}`),
    subtitles: text('1', '00:00:00,000 --> 00:00:01,000', `<img src="${filmUrl}">`),
  };
}

/** The film, its index behind it, with one more box at the end of what the path names; sizes are put right. */
function withBox(film: Buffer, path: readonly string[], added: Buffer): Buffer {
  const copy = Buffer.from(film);
  let at = 0;
  let end = copy.length;
  for (const type of path) {
    at = copy.indexOf(type, at, 'latin1') - 4;
    end = at + copy.readUInt32BE(at);
    copy.writeUInt32BE(copy.readUInt32BE(at) + added.length, at);
    at += 8;
  }
  return Buffer.concat([copy.subarray(0, end), added, copy.subarray(end)]);
}

/** The same bytes at each place where they are found. */
function replaced(film: Buffer, from: Buffer, to: Buffer): Buffer {
  const copy = Buffer.from(film);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + to.length)) to.copy(copy, at);
  return copy;
}

/** Mp4 files with a box that counts what is not there. */
function countingBoxes({ film }: HostileSetting): Record<string, Buffer> {
  const huge = 0xffff_fff0;
  const tables = ['moov', 'trak', 'mdia', 'minf', 'stbl'];
  const fragment = (...parts: Buffer[]): Buffer =>
    Buffer.concat([film, box('moof', box('traf', box('tfhd', words(0, 1)), ...parts))]);
  const inTables = (type: string, ...values: readonly number[]): Buffer =>
    withBox(film, tables, box(type, words(...values)));
  const inMeta = (type: string, ...values: readonly number[]): Buffer =>
    withBox(film, ['moov'], box('meta', words(0), box(type, words(...values))));
  return {
    'more orders than there are': changed(film, 'ctts', 12, huge),
    'more edits than there are': changed(film, 'elst', 12, huge),
    'more sources than there are': changed(film, 'dref', 12, huge),
    'more partial keyframes': inTables('stps', 0, huge),
    'more shadows': inTables('stsh', 0, huge),
    'more long offsets': inTables('co64', 0, huge),
    'more short sizes': inTables('stz2', 0, 8, huge),
    'more paddings': inTables('padb', 0, huge),
    'more members of groups': inTables('sbgp', 0, 0x726f_6c6c, huge),
    'more groups': inTables('sgpd', 0, 0x726f_6c6c, huge),
    'more parts of samples': inTables('subs', 0, huge),
    'more helping sizes': withBox(film, tables, box('saiz', words(0), Buffer.from([8]), words(huge))),
    'more helping offsets': inTables('saio', 0, huge),
    'more secrets': inTables('senc', 0, huge),
    'more keys of a licence': withBox(film, ['moov'], box('pssh', words(0x0100_0000, 0, 0, 0, 0, huge))),
    'more names of tags': inMeta('keys', 0, huge),
    'more items': inMeta('iinf', 0x0100_0000, huge),
    'more places of items': inMeta('iloc', 0x0200_0000, 0x4400, huge >>> 0),
    'more properties of items': inMeta('ipma', 0, huge),
    'a run of a fragment': fragment(box('trun', words(0x0f00, huge))),
    'a run without fields': fragment(box('trun', words(0, huge))),
    'more parts of a segment': Buffer.concat([film, box('sidx', words(0, 1, 1_000, 0, 0, 0xfff0))]),
    'more places of fragments': Buffer.concat([film, box('mfra', box('tfra', words(0, 1, 0, huge)))]),
    'tracks that each claim what one may': withBox(
      Buffer.concat([
        film.subarray(0, film.indexOf('moov', 0, 'latin1') - 4),
        box('free', Buffer.alloc(3_000_000)),
        film.subarray(film.indexOf('moov', 0, 'latin1') - 4),
      ]),
      ['moov'],
      Buffer.concat(new Array<Buffer>(30).fill(trackOf(film, 3_000_000))),
    ),
  };
}

/** A track of samples that take a byte each. */
function trackOf(film: Buffer, sampleCount: number): Buffer {
  const at = film.indexOf('trak', 0, 'latin1') - 4;
  const track = Buffer.from(film.subarray(at, at + film.readUInt32BE(at)));
  const set = (type: string, offset: number, value: number): void => {
    track.writeUInt32BE(value, track.indexOf(type, 0, 'latin1') - 4 + offset);
  };
  set('stsz', 12, 1);
  set('stsz', 16, sampleCount);
  set('stts', 12, 1);
  set('stts', 16, sampleCount);
  set('stsc', 20, sampleCount);
  return track;
}

/** Films that are longer, larger or emptier than they may be. */
function impossibleFilms({ film, drawn, matroska }: HostileSetting): Record<string, Buffer> {
  const data = film.indexOf('mdat', 0, 'latin1');
  const empty = Buffer.from(film).fill(0x55, data + 4, data - 4 + film.readUInt32BE(data - 4));
  const small = Buffer.from([0, 64, 0, 64]);
  return {
    'pictures that last for days': changed(film, 'stts', 20, 0x7fff_ffff),
    'a length of a century': changed(changed(film, 'mvhd', 24, 0xffff_fffe), 'mdhd', 24, 0xffff_fffe),
    'pictures of rubbish': empty,
    'no picture, and a length': changed(
      changed(changed(changed(film, 'stsz', 16, 0), 'stts', 12, 0), 'ctts', 12, 0),
      'stss',
      12,
      0,
    ),
    'a drawing of 60,000 x 60,000': replaced(
      drawn,
      Buffer.concat([Buffer.from('IHDR'), words(64, 64)]),
      Buffer.concat([Buffer.from('IHDR'), words(60_000, 60_000)]),
    ),
    'a JPEG of 65,500 x 65,500': replaced(
      replaced(matroska, Buffer.from([0xb0, 0x81, 64]), Buffer.from([0xb0, 0x81, 255])),
      small,
      Buffer.from([0xff, 0xdc, 0xff, 0xdc]),
    ),
  };
}

/** Streams without an end, or without a beginning. */
function endlessStreams({ film, matroska }: HostileSetting): Record<string, Buffer> {
  const unknownSize = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  const segment = matroska.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67]));
  const page = Buffer.from(
    'OggS\0\x02\xff\xff\xff\xff\xff\xff\xff\x7f\0\0\0\0\0\0\0\0\0\0\0\0\x01\x1e',
    'latin1',
  );
  return {
    'a segment of unknown size': Buffer.concat([
      matroska.subarray(0, segment + 4),
      unknownSize,
      Buffer.alloc(3_000_000),
    ]),
    'a box up to the end': Buffer.concat([FILE_TYPE, words(0), Buffer.from('mdat'), Buffer.alloc(3_000_000)]),
    'ten thousand boxes': Buffer.concat([FILE_TYPE, ...new Array<Buffer>(10_001).fill(box('free')), film]),
    'pages of Ogg': Buffer.concat(new Array<Buffer>(50_000).fill(Buffer.concat([page, Buffer.alloc(30)]))),
    'frames of ADTS': Buffer.concat(
      new Array<Buffer>(300_000).fill(Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x00, 0xff, 0xfc])),
    ),
  };
}

/** Mp4 files whose index lies. */
function indices({ film, filmPath }: HostileSetting): Record<string, Buffer> {
  const huge = 0xffff_fff0;
  const reference = box('url ', words(0), Buffer.from(`file://${filmPath}\0`));
  const foreign = Buffer.concat([
    FILE_TYPE,
    box('moov', box('trak', box('mdia', box('minf', box('dinf', box('dref', words(0, 1), reference)))))),
  ]);
  return {
    'more samples than bytes': changed(film, 'stsz', 16, huge),
    'all samples of one size': changed(changed(film, 'stsz', 12, 1), 'stsz', 16, huge),
    'more lengths than there are': changed(film, 'stts', 12, huge),
    'a length for ever so many': changed(film, 'stts', 16, huge),
    'more chunks than there are': changed(film, 'stco', 12, huge),
    'a chunk behind the end': changed(film, 'stco', 16, huge),
    'more runs than there are': changed(film, 'stsc', 12, huge),
    'more keyframes than there are': changed(film, 'stss', 12, huge),
    'more descriptions than there are': changed(film, 'stsd', 0, 0x7fff_ffff),
    'an index larger than the file': changed(film, 'moov', 0, 0x7fff_ffff),
    'an index of no size': changed(film, 'moov', 0, 4),
    'no clock': changed(film, 'mdhd', 20, 0),
    'boxes in boxes': Buffer.concat([FILE_TYPE, nested(20_000)]),
    'two indices': Buffer.concat([film, box('moov')]),
    'ten thousand tracks': Buffer.concat([
      FILE_TYPE,
      box('moov', ...new Array<Buffer>(10_000).fill(box('trak'))),
    ]),
    'samples in another file': foreign,
    'a large size of 64 bits': Buffer.concat([FILE_TYPE, words(1, 0x6d6f_6f76, 0x7fff_ffff, huge)]),
    'only a name': FILE_TYPE,
  };
}

/** Other containers, and what is none. */
function others({ matroska }: HostileSetting): Record<string, Buffer> {
  const sound = Buffer.from('RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff', 'latin1');
  const flac = Buffer.concat([Buffer.from('fLaC\x86\xff\xff\xff', 'latin1'), Buffer.alloc(2_000)]);
  const element = Buffer.concat([
    matroska.subarray(0, 4),
    Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf0]),
    Buffer.alloc(64),
  ]);
  return {
    nothing: Buffer.alloc(0),
    zeroes: Buffer.alloc(300_000),
    words: text('This is not a film.'),
    'a wave of no end': sound,
    'a flac of tables': flac,
    'an element larger than the file': element,
    'a tag of 256 MB': Buffer.concat([
      Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'),
      Buffer.alloc(9_000, 0x55),
    ]),
    'a GIF': Buffer.from('GIF89a\xff\xff\xff\xff\xf7\0\0', 'latin1'),
    'a program': Buffer.from('#!/bin/sh\ntouch /tmp/x\n'),
  };
}

async function ffmpegMakes(path: string, args: readonly string[]): Promise<Buffer> {
  await synthesise(path, ['-f', 'lavfi', '-i', 'testsrc=d=0.5:s=64x64', ...args]);
  return readFile(path);
}

/**
 * Files by what is wrong with each, all to be refused as films.
 *
 * @param directory for what they are made of; `film.mp4` in it is a good film
 * @param filmUrl where a film is served, which nobody may ask for
 */
export async function hostileFiles(directory: string, filmUrl: string): Promise<Record<string, Buffer>> {
  const filmPath = join(directory, 'film.mp4');
  const setting: HostileSetting = {
    filmPath,
    filmUrl,
    film: await ffmpegMakes(filmPath, ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']),
    matroska: await ffmpegMakes(join(directory, 'film.mkv'), ['-c:v', 'mjpeg']),
    drawn: await ffmpegMakes(join(directory, 'drawn.mp4'), ['-c:v', 'png']),
  };
  const kinds = [lists, indices, countingBoxes, impossibleFilms, endlessStreams, others];
  return Object.assign({}, ...kinds.map((make) => make(setting)));
}
