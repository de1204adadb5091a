import { extraKeys } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { captionsOf } from '../../src/extras/captions.ts';
import { chaptersOf } from '../../src/extras/chapters.ts';
import { blueprintOf } from './documents.ts';

t.test('captions count every move from its start, name it and the next one', async (t) => {
  const blueprint = blueprintOf({
    totalSec: 3_607.6,
    moves: [
      { start_time: 3_599.5, duration: 5, counts: 9, move_name: 'Cross body lead' },
      // Begins under the end of the one before: a crossfade.
      { start_time: 3_604, duration: 3.6, move_label: 'body_wave' },
    ],
  });
  t.equal(
    captionsOf(blueprint),
    `WEBVTT

00:59:59.500 --> 01:00:00.000
1 · Cross body lead
Next: Body wave

01:00:00.000 --> 01:00:00.500
2 · Cross body lead
Next: Body wave

01:00:00.500 --> 01:00:01.000
3 · Cross body lead
Next: Body wave

01:00:01.000 --> 01:00:01.500
4 · Cross body lead
Next: Body wave

01:00:01.500 --> 01:00:02.000
5 · Cross body lead
Next: Body wave

01:00:02.000 --> 01:00:02.500
6 · Cross body lead
Next: Body wave

01:00:02.500 --> 01:00:03.000
7 · Cross body lead
Next: Body wave

01:00:03.000 --> 01:00:03.500
8 · Cross body lead
Next: Body wave

01:00:03.500 --> 01:00:04.000
1 · Cross body lead
Next: Body wave

01:00:04.000 --> 01:00:07.600
Body wave
`,
  );
});

t.test('a move that is mixed in over counts of the one before is counted from its own "1"', async (t) => {
  const blueprint = blueprintOf({
    totalSec: 4,
    moves: [
      { duration: 2, counts: 4, section: 'verse', move_name: 'Basic' },
      { start_time: 1.5, duration: 2.5, counts: 4, lead_in_counts: 1, move_name: 'Spin' },
    ],
  });
  const captions = captionsOf(blueprint) ?? '';
  t.match(captions, /00:00:01\.500 --> 00:00:02\.000\n4 · Basic\n/);
  t.match(captions, /00:00:02\.000 --> 00:00:02\.500\n1 · Spin\n/);
  t.match(captions, /00:00:03\.500 --> 00:00:04\.000\n4 · Spin\n$/);
  t.match(chaptersOf(blueprint), /00:00:02\.000 --> 00:00:04\.000\nSpin/);
});

t.test('what a document says in names stays text, on one line', async (t) => {
  const captions = captionsOf(
    blueprintOf({ totalSec: 4, moves: [{ move_name: 'A <b>\n\n00:00 --> & "x"\r\u0007\u2028' }] }),
  );
  t.equal(captions, 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nA &lt;b&gt; 00:00 --&gt; &amp; "x"\n');
});

t.test('counts that nobody could dance are no counts, and without names there are no captions', async (t) => {
  t.equal(captionsOf(blueprintOf({ totalSec: 8, moves: [{}, { counts: 10_000 }] })), undefined);
  const counted = captionsOf(blueprintOf({ totalSec: 4, moves: [{ counts: 2 }] }));
  t.equal(counted, 'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n1\n\n00:00:02.000 --> 00:00:04.000\n2\n');
});

t.test('chapters nest the moves in the parts of the song', async (t) => {
  const blueprint = blueprintOf({
    totalSec: 17,
    moves: [
      { start_time: 1.25, duration: 2.75, move_name: 'Basic', section: 'intro' },
      { move_name: 'Spin', section: 'verse_1' },
      { section: 'verse_1' },
      { start_time: 12, move_name: 'Dip' },
    ],
  });
  t.equal(
    chaptersOf(blueprint),
    `WEBVTT

00:00:01.250 --> 00:00:04.000
Intro

00:00:01.250 --> 00:00:04.000
Basic

00:00:04.000 --> 00:00:12.000
Verse 1

00:00:04.000 --> 00:00:08.000
Spin

00:00:08.000 --> 00:00:12.000
Move 3

00:00:12.000 --> 00:00:16.000
Dip
`,
  );
});

t.test('extras lie beside the video', async (t) => {
  t.strictSame(extraKeys('output/choreography_1.mp4'), {
    captions: 'output/choreography_1.vtt',
    chapters: 'output/choreography_1.chapters.vtt',
    thumbnails: 'output/choreography_1.thumbnails.vtt',
    poster: 'output/choreography_1.jpg',
  });
});
