import t from 'tap';
import { clock } from '../../../src/ui/time.ts';
import { neighbouringPictureSec } from '../../../src/views/practise/logic/frame-step.ts';
import { peaksOfColumns } from '../../../src/views/practise/logic/peaks.ts';
import { neighbouringRate } from '../../../src/views/practise/logic/playback-rates.ts';
import { sheetTileOf } from '../../../src/views/practise/logic/sheet-tile.ts';
import {
  songPlaceOf,
  songRateOf,
  toSongSec,
  toVideoSec,
} from '../../../src/views/practise/logic/song-time.ts';
import { toPx, toSec, viewAround } from '../../../src/views/practise/logic/time-scale.ts';
import { blueprintOf } from './documents.ts';

t.test('a place on the timeline and its time are told from each other, never beyond its ends', async (t) => {
  const scale = { fromSec: 10, toSec: 30, widthPx: 400 };
  t.equal(toPx(scale, 15), 100);
  t.equal(toSec(scale, 100), 15);
  t.equal(toSec(scale, -20), 10);
  t.equal(toSec(scale, 500), 30);
  t.equal(toSec({ ...scale, widthPx: 0 }, 100), 10, 'not laid out yet');
});

t.test('what is seen around a moment stays within the dance', async (t) => {
  const seen = { durationSec: 100, widthPx: 600, pxPerSec: 60 };
  t.match(viewAround(50, seen), { fromSec: 47, toSec: 57 });
  t.match(viewAround(1, seen), { fromSec: 0, toSec: 10 });
  t.match(viewAround(99, seen), { fromSec: 90, toSec: 100 });
  t.match(viewAround(3, { ...seen, durationSec: 8 }), { fromSec: 0, toSec: 8 });
});

t.test('a column is as loud as the loudest moment in it', async (t) => {
  const peaks = { perSec: 10, values: [0.1, 0.9, 0.2, 0.3, 0.4, 0.5] };
  t.strictSame(peaksOfColumns(peaks, { fromSec: 0, toSec: 0.6, columns: 3 }), [0.9, 0.3, 0.5]);
  t.strictSame(
    peaksOfColumns(peaks, { fromSec: -0.2, toSec: 0.2, columns: 2 }),
    [0, 0.9],
    'silent before it',
  );
  t.strictSame(
    peaksOfColumns(peaks, { fromSec: 0.1, toSec: 0.2, columns: 2 }),
    [0.9, 0.9],
    'finer than measured',
  );
});

t.test('an excerpt, or a slow version, lies in the song where its document says', async (t) => {
  const place = songPlaceOf(blueprintOf([{}], { song_start: 60, song_speed: 0.75 }));
  t.equal(toSongSec(place, 4), 63);
  t.equal(toVideoSec(place, 63), 4);
  const playedSec = 8;
  t.equal(
    toVideoSec(place, toSongSec(place, 4) + playedSec * songRateOf(place, 0.5)) - 4,
    playedSec * 0.5,
    'at half the rate half as much of the dance is played, however slow the dance is',
  );
});

t.test('speed goes in steps and ends at half', async (t) => {
  t.equal(neighbouringRate(1, -1), 0.9);
  t.equal(neighbouringRate(0.5, -1), 0.5);
  t.equal(neighbouringRate(0.77, 1), 0.8);
  t.equal(neighbouringRate(1.1, 1), 1.1);
});

t.test('a step of a picture leads into the middle of its neighbour', async (t) => {
  const near = (found: number, wanted: number) =>
    t.ok(Math.abs(found - wanted) < 1e-9, `${found} is ${wanted}`);
  near(neighbouringPictureSec(2, 1, 1), 2 + 1.5 / 30);
  near(neighbouringPictureSec(2, -1, 1), 2 - 0.5 / 30);
  near(neighbouringPictureSec(2, 1, 1.25), 2 + 1.5 / 37.5);
  t.equal(neighbouringPictureSec(0, -1, 1), 0);
});

t.test('thumbnails are rectangles of sheets beside the document, and nothing else', async (t) => {
  const at = 'https://api.example/media/output/choreography_1.thumbnails.vtt';
  t.strictSame(sheetTileOf('../prepared/clips/a%20b.sheet.jpg#xywh=160,0,160,90', at), {
    url: 'https://api.example/media/prepared/clips/a%20b.sheet.jpg',
    ...{ x: 160, y: 0, width: 160, height: 90 },
  });
  for (const text of [
    '',
    'a.jpg',
    'a.jpg#xywh=1,2,3',
    'a.jpg#xywh=0,0,0,9',
    'javascript:alert(1)#xywh=0,0,1,1',
  ])
    t.equal(sheetTileOf(text, at), undefined, text);
});

t.test('times are written as players write them', async (t) => {
  t.equal(clock(245.9), '4:05');
  t.equal(clock(3_600), '1:00:00');
  t.equal(clock(65.19, { tenths: true }), '1:05.1');
  t.equal(clock(-1), '0:00');
});
