import t from 'tap';
import { BlueprintError, canonicalJson, hashBlueprint, parseBlueprint } from '../src/index.ts';
import { document } from './support/documents.ts';

t.test('writes the sample of RFC 8785, section 3.2.2, as the RFC does', async (t) => {
  const sample = JSON.parse(`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
    "literals": [null, true, false]
  }`);
  t.equal(
    canonicalJson(sample),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

t.test('sorts the names of RFC 8785, section 3.2.3, as the RFC does', async (t) => {
  const sample = JSON.parse(
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
  );
  t.strictSame(Object.values(JSON.parse(canonicalJson(sample))).length, 7);
  const order = [...canonicalJson(sample).matchAll(/":"([^"]+)"/g)].map((match) => match[1]);
  t.strictSame(order, [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

t.test('minus zero is zero, and an empty document is two characters', async (t) => {
  t.equal(canonicalJson(-0), '0');
  t.equal(canonicalJson({}), '{}');
  t.equal(canonicalJson([]), '[]');
  t.equal(canonicalJson(Object.create(null)), '{}');
});

t.test('refuses what is not JSON, and says where', async (t) => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    1n,
    () => 1,
    Symbol('x'),
    new Date(0),
    new Map(),
    '\ud800',
    { a: undefined },
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [1, , 2],
    { '\udc00': 1 },
    cycle,
  ]) {
    t.throws(() => canonicalJson(value), BlueprintError);
  }
  t.throws(() => canonicalJson({ moves: [{}, { duration: Number.NaN }] }), {
    message: "Field 'moves[1].duration' must be a finite number",
  });
});

const FIXED = `{"task_id":"é-1","audio_path":"songs/a.mp3","moves":[{"clip_id":"move_1","video_path":"clips/a.mp4",
  "start_time":0,"duration":7.25}],"total_duration":7.50,"output_config":{"output_path":"output/x.mp4","frame_rate":30.0}}`;

t.test('the hash is the one that Python computes over sorted keys', async (t) => {
  // hashlib.sha256(json.dumps(d, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()).hexdigest()
  t.equal(
    hashBlueprint(parseBlueprint(FIXED)),
    'cc10aeb5b7d4f47103d6cbc1d422c1c53c4aa743934ecc19dbe8ad5f44173e0f',
  );
});

t.test('the hash does not depend on key order, but on every value and on unknown fields', async (t) => {
  const original = document();
  const reordered = Object.fromEntries(Object.entries(original).reverse());
  t.equal(hashBlueprint(parseBlueprint(reordered)), hashBlueprint(original));
  const others = [
    document((d) => (d.total_duration = 16.000001)),
    document((d) => d.moves.reverse()),
    document((d) => (d.note = '')),
    document((d) => (d.moves[0].transition_type = 'cut')),
  ];
  t.equal(new Set([original, ...others].map((value) => hashBlueprint(value))).size, 5);
});
