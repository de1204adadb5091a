import t from 'tap';
import { type ThumbnailSheet, thumbnailsOf } from '../../src/extras/thumbnails.ts';
import { blueprintOf } from './documents.ts';

const KEY = 'output/choreography_1.thumbnails.vtt';
const SIZE = { width: 1280, height: 720 };

interface Shown {
  readonly fromSec: number;
  readonly toSec: number;
  readonly url: string;
  /** Number of the thumbnail in its sheet: rows of ten, 160 by 90 pixels each. */
  readonly tile: number;
}

/** Read as a player does. */
function read(document: string | undefined): Shown[] {
  const blocks = (document ?? '').split('\n\n').slice(1);
  return blocks.map((block) => {
    const [times = '', text = ''] = block.split('\n');
    const [fromSec = 0, toSec = 0] = times
      .split(' --> ')
      .map((time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
    const [url = '', x, y, width, height] = text.split(/#xywh=|,/);
    t.strictSame([width, height], ['160', '90']);
    return { fromSec, toSec, url, tile: Number(x) / 160 + (Number(y) / 90) * 10 };
  });
}

const sheet = (id: string, frameCount: number): ThumbnailSheet => {
  return { key: `prepared/clips/${id}.sheet.jpg`, frameCount, size: SIZE };
};

t.test('each moment has the thumbnail nearest to its place in the clip', async (t) => {
  const moves = [
    { video_path: 'a.mp4', start_time: 0.5, duration: 15.5, trim_start: 8.2, playback_rate: 1.25 },
    { video_path: 'b.mp4', start_time: 16, duration: 4, trim_start: 2, playback_rate: 0.8 },
    { video_path: 'none.mp4', start_time: 20, duration: 4 },
  ] as const;
  // 22 s of one clip, and less of the other than is asked for.
  const sheets = new Map([
    ['a.mp4', sheet('a', 900)],
    ['b.mp4', sheet('b', 120)],
  ]);
  const shown = read(thumbnailsOf(blueprintOf({ moves, totalSec: 25 }), KEY, sheets));
  t.equal(shown[0]?.fromSec, 0);
  for (const [index, { fromSec, toSec, url, tile }] of shown.entries()) {
    t.ok(toSec > fromSec);
    t.equal(toSec, shown[index + 1]?.fromSec ?? 20, 'without a hole, up to the clip that has none');
    const isFirst = toSec <= 16;
    t.equal(url, `../prepared/clips/${isFirst ? 'a' : 'b'}.sheet.jpg`);
    const { start_time, trim_start, playback_rate } = moves[isFirst ? 0 : 1];
    const middle = trim_start + ((fromSec + toSec) / 2 - start_time) * playback_rate;
    const nearest = Math.min(Math.round(middle), isFirst ? 29 : 3);
    t.equal(tile, nearest, `at ${fromSec} s`);
  }
  t.ok(shown.length >= 22);
});

t.test('before the first move and behind the last, the edges of their clips are shown', async (t) => {
  const moves = [{ video_path: 'a.mp4', start_time: 3, duration: 4, trim_start: 1 }];
  const sheets = new Map([['a.mp4', sheet('a', 150)]]);
  const shown = read(thumbnailsOf(blueprintOf({ moves, totalSec: 20 }), KEY, sheets));
  t.strictSame(
    shown.map(({ fromSec, tile }) => [fromSec, tile]),
    [
      [0, 0],
      [2.5, 1],
      [3.5, 2],
      [4.5, 3],
      [5.5, 4],
    ],
  );
  t.equal(shown.at(-1)?.toSec, 20);
});

t.test('where no clip has a sheet there are no thumbnails', async (t) => {
  t.equal(thumbnailsOf(blueprintOf({ moves: [{}], totalSec: 4 }), KEY, new Map()), undefined);
});
