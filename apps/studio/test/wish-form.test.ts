import t from 'tap';
import { EMPTY_FORM, sentenceRequest, songRequest } from '../src/views/make/wish-form.ts';
import { wishLines } from '../src/views/make/wish-lines.ts';

t.test('a form that says nothing asks for the song and the level alone', async (t) => {
  t.strictSame(songRequest(3, EMPTY_FORM), { song_id: 3, difficulty: 'intermediate' });
});

t.test('all that a form says is asked for', async (t) => {
  const form = {
    ...EMPTY_FORM,
    level: 'beginner',
    energy: 'low',
    style: 'romantic',
    extent: 'length:60',
    wanted: ['turn', 'body_wave'],
    refused: ['dip'],
  } as const;
  t.strictSame(songRequest(3, form), {
    song_id: 3,
    difficulty: 'beginner',
    energy_level: 'low',
    style: 'romantic',
    wishes: { length_sec: 60, moves: [{ move: 'turn' }, { move: 'body_wave' }], refused: ['dip'] },
  });
  t.match(songRequest(3, { ...EMPTY_FORM, extent: 'part:chorus' }), { wishes: { part: 'chorus' } });
});

t.test('a sentence is sent with what was understood of it, and without how sure that is', async (t) => {
  const parameters = {
    difficulty: 'beginner',
    energy_level: 'low',
    style: 'romantic',
    tempo: 'slow',
    confidence: 0.8,
    specific_moves: null,
    special_requirements: [],
  } as const;
  const request = sentenceRequest('A calm dance', { ...parameters, special_requirements: [] });
  t.equal(request.query, 'A calm dance');
  t.notOk(Object.hasOwn(request.parameters ?? {}, 'confidence'));
});

t.test('each wish of a sentence is a line, and without it the others are left', async (t) => {
  const wishes = {
    moves: [{ move: 'turn', times: 3, exactly: true }, { move: 'dip' }],
    refused: ['lift'],
    part: 'chorus',
    part_number: 2,
    length_sec: 60,
  } as const;
  const lines = wishLines({ ...wishes, moves: [...wishes.moves], refused: [...wishes.refused] });
  t.strictSame(
    lines.map(({ kind }) => kind),
    ['wanted', 'wanted', 'refused', 'part', 'length'],
  );
  const [turn, , lift, part] = lines;
  t.strictSame(turn?.without.moves, [{ move: 'dip' }]);
  t.notOk(Object.hasOwn(lift?.without ?? {}, 'refused'));
  t.match(part, { name: 'chorus', number: 2 });
  t.notOk(Object.hasOwn(part?.without ?? {}, 'part_number'));
  t.strictSame(wishLines({}), []);
});
