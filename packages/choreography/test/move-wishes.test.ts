import t from 'tap';
import { parseQueryByRules } from '../src/index.ts';
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
  ['finish in a dip', ['dip ending']],
  ['the last move should be a dip', ['dip ending']],
  ['our first move is a turn', ['turn opening']],
  ['at the end, a dip', ['dip ending']],
  ['a dip as the finale', ['dip ending']],
  ['the closing dip', ['dip ending']],
  ['turns and finally a dip', ['turn', 'dip ending']],
  ['a turn ending with a dip', ['turn', 'dip ending']],
  ['turns at the end, dips at the start', ['turn ending', 'dip opening']],
  ['start: turns, end: dip', ['turn opening', 'dip ending']],
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
  ['open with a shadow position and close with a dip', ['shadow opening', 'dip ending']],
  ['free of lifts and full of turns', ['turn many'], ['lift']],
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
  ['que empiece con vueltas y termine con una caída', ['turn opening', 'dip ending']],
  ['que arranque con ondas y acabe en caída', ['body_wave opening', 'dip ending']],
  ['termínalo con una caída', ['dip ending']],
  ['que la bachata finalice con una caída', ['dip ending']],
  ['termina la bachata con una caída', ['dip ending']],
  ['al principio vueltas, al final una caída', ['turn opening', 'dip ending']],
  ['que el último paso sea una caída', ['dip ending']],
  ['para terminar, una caída', ['dip ending']],
  ['una caída final', ['dip ending']],
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

t.test('how much of a song, and how fast a one, a sentence says in many ways', async (t) => {
  const chorus = (number: number) => ({ part: { label: 'chorus', number } });
  const cases: readonly (readonly [string, object | null, number?])[] = [
    ['a bachata of 1:30 min', { lengthSec: 90 }],
    ['make it 60s, bachata', { lengthSec: 60 }],
    ['a dance of two and a half minutes', { lengthSec: 150 }],
    ['dos minutos y medio de bachata', { lengthSec: 150 }],
    ['un baile de 2,5 minutos', { lengthSec: 150 }],
    ['a minute and a half of dancing', { lengthSec: 90 }],
    ['medio minuto de baile', { lengthSec: 30 }],
    ['half a minute of dancing', { lengthSec: 30 }],
    ['a dance of 1 minute and 20 seconds', { lengthSec: 80 }],
    ['the first 45 seconds of the song', { lengthSec: 45 }],
    ['a pause in the last 10 seconds of the dance', null],
    ['bachata a 128 bpm', null, 128],
    ['a song of 125bpm, 90 seconds', { lengthSec: 90 }, 125],
    ['between 120 and 130 BPM, bachata', null, 125],
    ['a tempo of 118, bachata', null, 118],
    ['130 beats per minute, dance', null, 130],
    ['only the first chorus, dance', chorus(1)],
    ['dance the second chorus', chorus(2)],
    ['solo el coro, baile', chorus(1)],
    ['solo el primer coro, romántico', chorus(1)],
    ['baila el último estribillo', chorus(-1)],
    ['a dip in the first chorus', null],
    ['dance 8 eights', { eights: 8 }],
    ['six 8-counts of dancing', { eights: 6 }],
    ['4x8 and 4 x 8 of bachata', { eights: 4 }],
    ['cuatro ochos de bachata', { eights: 4 }],
    ['a dance of 32 counts', { eights: 4 }],
    ['level 2 dance with 3 turns for 2 dancers', null],
    ['a bachata for beginners, a new move every 8 counts', null],
    ['bailar bachata, pasos nuevos cada 8 tiempos', null],
    ['bachata with 8 count basic steps', null],
    ['a bachata with an 8 count intro', null],
    ['a bachata with a 16 count combo', null],
    ['a 16 count combo of bachata', { eights: 2 }],
    ['a 32 count bachata', { eights: 4 }],
    ['finish the bachata with a dip in the last 8 counts', null],
    ['bachata, the first 8 counts should be a basic step', null],
    ['dance the first 32 counts', { eights: 4 }],
    ['bachata, hold the final dip for 8 counts', null],
    ['mantén la caída durante 8 tiempos, bachata', null],
    ['baila durante 32 tiempos', { eights: 4 }],
    ['a bachata for 64 counts', { eights: 8 }],
    ['bachata, 8 counts of basic steps and 8 counts of turns', null],
    ['una bachata con vueltas de 8 tiempos', null],
    ['hold the dip for 5 seconds, bachata', null],
    ['a 3 minute bachata with a 10 second break', { lengthSec: 180 }],
    ['the first 10 seconds should be slow, bachata', null],
    ['bachata with turns for 2 minutes', { lengthSec: 120 }],
    ['a bachata of 2 min 30', { lengthSec: 150 }],
    ['2min30 de bachata', { lengthSec: 150 }],
    ['2 minutes, 30 turns, bachata', { lengthSec: 120 }],
    ['minuto y medio de baile', { lengthSec: 90 }],
    ['dance the first minute of the song', { lengthSec: 60 }],
    ['bachata from 0:30 to 2:00', { lengthSec: 90 }],
    ['dance the last 30 seconds', null],
  ];
  for (const [sentence, extent, tempoBpm = null] of cases) {
    const parsed = parseQueryByRules(sentence);
    t.same({ extent: parsed.extent, tempoBpm: parsed.tempoBpm }, { extent, tempoBpm }, sentence);
  }
});
