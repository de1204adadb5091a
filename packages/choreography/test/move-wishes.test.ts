import t from 'tap';
import { readMoveWishes, type SaidWish } from '../src/query/move-wishes.ts';

/** "2. right turn x3! opening": place in the order, how often ("!": and no oftener), where. */
function shown({ name, qualifier, place, often, isExact, order }: SaidWish): string {
  const times = typeof often === 'number' ? `x${often}${isExact ? '!' : ''}` : often;
  return [
    order === null ? '' : `${order}.`,
    qualifier ?? '',
    name,
    times === 'some' ? '' : times,
    place === 'anywhere' ? '' : place,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

type Case = readonly [sentence: string, wanted: readonly string[], refused?: string[], only?: string[]];

const CASES: readonly Case[] = [
  ['a romantic dance for two', []],
  ['with turns and dips', ['turn', 'dip']],
  ['start with a basic, finish with a dip', ['basic opening', 'dip ending']],
  [
    'start with a basic, then a right turn, then hammerlock, finish with a dip',
    ['basic opening', '1. right turn', '2. hammerlock', 'dip ending'],
  ],
  ['finish with a dip, start with a basic then turns', ['dip ending', 'basic opening', '2. turn']],
  ['starting off with body waves', ['body_wave opening']],
  ['finish the whole dance with a dip', ['dip ending']],
  ['end it on a dip', ['dip ending']],
  ['a dip at the end and lots of turns', ['dip ending', 'turn many']],
  ['start with two basics', ['basic opening']],
  ['close embrace with body waves', ['body_wave']],
  ['open position turns', ['turn']],
  ['start slow, with turns', ['turn']],
  ['exactly 3 turns', ['turn x3!']],
  ['three slow turns', ['turn x3!']],
  ['at least 3 turns', ['turn x3']],
  ['a 3 minute bachata with turns', ['turn']],
  ['make me one with lots of turns', ['turn many']],
  ['level 2 with turns', ['turn']],
  ['a full turn', ['turn']],
  ['many body waves, plenty of spins', ['body_wave many', 'spin many']],
  ['2 dips, then a hammerlock', ['0. dip x2!', '1. hammerlock']],
  ['only basics and side steps', ['basic', 'side'], [], ['basic', 'side']],
  ['only basics, finish with a dip', ['basic', 'dip ending'], [], ['basic']],
  ['only 3 turns', ['turn x3!']],
  ['not only turns but also dips', ['turn', 'dip']],
  ['nothing but turns', ['turn'], [], ['turn']],
  ['just a dip at the end', ['dip ending']],
  ['solo footwork', ['footwork']],
  ['solo turns', ['turn']],
  ['no dips', [], ['dip']],
  ['no dips, lots of turns', ['turn many'], ['dip']],
  ['no more dips', [], ['dip']],
  ['avoid: dips, lifts', [], ['dip', 'lift']],
  ['avoid dips, lifts and spins', [], ['dip', 'lift', 'spin']],
  ['avoid dips, I want turns', ['turn'], ['dip']],
  ['skip dips, lots of turns please', ['turn many'], ['dip']],
  ['without dips, with lots of turns', ['turn many'], ['dip']],
  ['no preference: lots of turns', ['turn many']],
  ['dont start with a turn', [], ['turn']],
  ["I don't want to finish with a dip", [], ['dip']],
  ['no lifts but many dips', ['dip many'], ['lift']],
  ['no spins nor lifts', [], ['spin', 'lift']],
  ['empieza con un paso básico', ['basic opening']],
  [
    'empieza con un paso básico, luego dos vueltas, termina con una onda corporal',
    ['basic opening', '1. turn x2!', 'body_wave ending'],
  ],
  ['una caída al final', ['dip ending']],
  ['muchas vueltas', ['turn many']],
  ['al menos tres vueltas', ['turn x3']],
  ['vuelta a la derecha', ['turn']],
  ['vuelta derecha', ['right turn']],
  ['vueltas no, ondas sí', ['body_wave'], ['turn']],
  ['caídas no', [], ['dip']],
  ['sin cargadas ni caídas', [], ['lift', 'dip']],
  ['sin caidas, muchas vueltas', ['turn many'], ['dip']],
  ['sin caidas, con vueltas', ['turn'], ['dip']],
  ['sin cargadas, caídas ni vueltas', [], ['lift', 'dip', 'turn']],
  ['evita las caídas, quiero ondas', ['body_wave'], ['dip']],
  ['solo pasos básicos y vueltas', ['basic', 'turn'], [], ['basic', 'turn']],
  ['no solo vueltas, también caídas', ['turn', 'dip']],
  ['únicamente vueltas', ['turn'], [], ['turn']],
];

for (const [sentence, wanted, refused = [], only = []] of CASES) {
  t.test(sentence, async (t) => {
    const said = readMoveWishes(sentence);
    t.same([said.wanted.map(shown), said.refused, said.only], [wanted, refused, only]);
  });
}

t.test('of a sentence that goes on and on the first wishes count', async (t) => {
  t.equal(readMoveWishes(`then ${'dip turn '.repeat(100)}`).wanted.length, 12);
});
