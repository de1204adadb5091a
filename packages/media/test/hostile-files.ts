/** Files that somebody might send to read what is not theirs, to reach the network, or to use up this machine. */

export interface HostileSetting {
  /** A film beside the hostile file, which must not be opened through it. */
  readonly filmPath: string;
  /** Where a film is served, which must not be asked for. */
  readonly filmUrl: string;
  /** A good mp4 film. */
  readonly film: Buffer;
  /** A good Matroska film. */
  readonly matroska: Buffer;
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

export function hostileFiles(setting: HostileSetting): Record<string, Buffer> {
  return { ...lists(setting), ...indices(setting), ...others(setting) };
}
