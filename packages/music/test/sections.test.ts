import t from 'tap';
import { fMeasure } from '../../../bench/music/scores.ts';
import { analyseSamples } from '../src/index.ts';
import { type Part, RATE_HZ, synthesiseBachata } from './support/synthesise.ts';

const FORMS: Record<string, ReadonlyArray<readonly [Part, number]>> = {
  'a song with a mambo': [
    ['intro', 4],
    ['verse', 16],
    ['chorus', 8],
    ['mambo', 8],
    ['chorus', 8],
    ['outro', 4],
  ],
  'a song that begins with a verse': [
    ['verse', 16],
    ['chorus', 16],
    ['verse', 16],
    ['chorus', 16],
    ['outro', 4],
  ],
  'a song with a break of one bar': [
    ['intro', 8],
    ['verse', 8],
    ['chorus', 8],
    ['verse', 8],
    ['break', 1],
    ['chorus', 16],
    ['outro', 4],
  ],
  'a song with a break of two bars': [
    ['intro', 4],
    ['verse', 16],
    ['break', 2],
    ['mambo', 16],
    ['verse', 8],
    ['chorus', 8],
    ['outro', 4],
  ],
};

for (const [name, parts] of Object.entries(FORMS)) {
  t.test(`${name} is cut and named as it was made`, async (t) => {
    const song = synthesiseBachata({ tempoBpm: 128, parts });
    const { sections } = analyseSamples(song.samples, RATE_HZ);
    const starts = sections.map(({ start }) => start);
    t.ok(fMeasure(song.partStarts.slice(1), starts.slice(1), 0.5) >= 0.9, starts.join(' '));
    t.same(
      sections.map(({ label }) => label),
      parts.map(([label]) => label),
    );
  });
}

t.test('the energy of sections follows their loudness, the loudest has 1', async (t) => {
  const song = synthesiseBachata({ tempoBpm: 128, parts: FORMS['a song with a mambo']! });
  const { sections } = analyseSamples(song.samples, RATE_HZ);
  const energyOf = (label: string) => sections.find((section) => section.label === label)!.energy;
  t.equal(Math.max(...sections.map(({ energy }) => energy)), 1);
  t.ok(energyOf('chorus') > energyOf('verse'));
  t.ok(energyOf('verse') > energyOf('outro'));
});

t.test('names are surer where verses and choruses differ than where they are alike', async (t) => {
  const sureness = (parts: ReadonlyArray<readonly [Part, number]>) => {
    const { sections } = analyseSamples(synthesiseBachata({ tempoBpm: 128, parts }).samples, RATE_HZ);
    return Math.max(
      ...sections
        .filter(({ label }) => ['verse', 'chorus'].includes(label))
        .map(({ confidence }) => confidence),
    );
  };
  t.ok(sureness(FORMS['a song with a mambo']!) > 0.7);
  const verse = ['verse', 16] as const;
  t.ok(sureness([verse, verse, verse]) < 0.5);
});

t.test('a chorus as soft as the verses is named less surely than a loud one', async (t) => {
  const parts = FORMS['a song that begins with a verse']!;
  const { samples, partStarts } = synthesiseBachata({ tempoBpm: 128, parts });
  const [from, to] = [partStarts[3]!, partStarts[4]!].map((timeSec) => Math.round(timeSec * RATE_HZ));
  const softened = samples.map((sample, i) => (i >= from! && i < to! ? 0.7 * sample : sample));
  const { sections } = analyseSamples(softened, RATE_HZ);
  const [loud, soft] = sections.filter(({ label }) => label === 'chorus');
  t.ok(soft!.confidence < 0.7 * loud!.confidence, `${loud!.confidence}, ${soft!.confidence}`);
});
