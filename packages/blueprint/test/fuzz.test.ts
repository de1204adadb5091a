import t from 'tap';
import { canonicalJson, parseBlueprint, resolveBlueprint, validateBlueprint } from '../src/index.ts';
import { document, documentOfMoves, EXAMPLE_NAMES, type LooseDocument } from './support/documents.ts';

const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Mulberry32 (public domain): a small seeded generator, 0..1. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = [
  'task_id',
  'moves',
  'duration',
  'toString',
  'length',
  'hasOwnProperty',
  'valueOf',
  '',
  'a.b[0]',
];
const SCALARS = [null, true, 0, -1, 1.5, 1e308, '', 'x', '../x', 'data/x', '\0', '\ud800', '2M', 'cut'];

function arbitrary(random: () => number, depth = 0): unknown {
  const kind = random();
  if (depth > 4 || kind < 0.5) return SCALARS[Math.floor(random() * SCALARS.length)];
  const size = Math.floor(random() * 4);
  if (kind < 0.7) return Array.from({ length: size }, () => arbitrary(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [
      WORDS[Math.floor(random() * WORDS.length)],
      arbitrary(random, depth + 1),
    ]),
  );
}

/** Replaces or removes something anywhere in the document. */
function mutate(value: LooseDocument, random: () => number): void {
  const keys = Object.keys(value);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return;
  const member = value[key];
  const isContainer = typeof member === 'object' && member !== null;
  if (isContainer && random() < 0.7) mutate(member, random);
  else if (random() < 0.2) delete value[key];
  else value[key] = arbitrary(random);
}

t.test('no JSON makes the validation throw, and what it accepts resolves and hashes', async (t) => {
  const random = makeRandom(20_251_109);
  let accepted = 0;
  for (let round = 0; round < 6_000; round += 1) {
    const value =
      round % 3 === 0
        ? arbitrary(random)
        : document(undefined, EXAMPLE_NAMES[round % EXAMPLE_NAMES.length] as string);
    if (round % 3 !== 0) for (let times = random() * 3; times > 0; times -= 1) mutate(value, random);
    const issues = validateBlueprint(value);
    if (issues.some(({ text }) => text === 'Blueprint does not match its schema'))
      t.fail(JSON.stringify(value));
    if (issues.length > 0) continue;
    accepted += 1;
    resolveBlueprint(parseBlueprint(JSON.stringify(value)));
    canonicalJson(value);
  }
  t.ok(accepted > 50, `${accepted} were accepted`);
});

t.test('no broken text makes the parser throw anything but a BlueprintError', async (t) => {
  const random = makeRandom(7);
  const text = JSON.stringify(document());
  for (let round = 0; round < 1_000; round += 1) {
    const at = Math.floor(random() * text.length);
    const broken = text.slice(0, at) + String.fromCharCode(random() * 128) + text.slice(at + 1);
    try {
      parseBlueprint(broken);
    } catch (error) {
      if ((error as Error).name !== 'BlueprintError') t.fail(`${broken}: ${error}`);
    }
  }
  t.pass('1000 texts');
});

t.test('deep and wide texts are refused without harm', async (t) => {
  for (const nested of [
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ]) {
    for (const field of ['extra', 'difficulty_level', 'moves', 'task_id']) {
      const text = `{"${field}":${nested}}`;
      t.throws(() => parseBlueprint(text), { name: 'BlueprintError' });
    }
  }
  const cycle = document();
  cycle.self = cycle;
  t.match(validateBlueprint(cycle), [{ text: /nested deeper/ }]);
  const shared = Array.from({ length: 30 }).reduce((inner) => [inner, inner], [0] as unknown);
  t.match(validateBlueprint({ ...document(), shared }), [{ text: 'Blueprint has more than 250000 values' }]);
});

for (const key of HOSTILE_KEYS) {
  t.test(`the name ${key} is refused anywhere and reaches no prototype`, async (t) => {
    const hostile = JSON.stringify({ polluted: true });
    const texts = [
      `{"${key}":${hostile},${JSON.stringify(document()).slice(1)}`,
      JSON.stringify(document()).replace('"clip_id"', `"${key}":${hostile},"clip_id"`),
      JSON.stringify(document()).replace('"output_path"', `"${key}":${hostile},"output_path"`),
      JSON.stringify(document((d) => (d.generation_parameters = { deep: [{ x: 1 }] }))).replace(
        '"x"',
        `"${key}":${hostile},"x"`,
      ),
    ];
    for (const text of texts) {
      t.throws(() => parseBlueprint(text), { message: new RegExp(`${key}' has a reserved name`) });
    }
    t.equal(({} as LooseDocument).polluted, undefined);
  });
}

t.test('inherited names do not count as fields', async (t) => {
  const inherited = Object.create({ task_id: 'x' });
  t.strictSame(validateBlueprint(inherited), [{ path: '', text: 'Blueprint must be a JSON object' }]);
});

t.test('300 moves, all broken, give each its text', async (t) => {
  const broken = documentOfMoves(300);
  for (const move of broken.moves) Object.assign(move, { duration: -1, video_path: '../x', clip_id: '' });
  t.equal(validateBlueprint(broken).length, 900);
});
