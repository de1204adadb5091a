import { composed, foldForName, foldForSearch } from '@bachata-buddy/platform';
import t from 'tap';
import { findCommonness, findPasswordWeaknesses } from '../../src/auth/password-rules.ts';
import { findUnstorableText } from '../../src/validation/clean-text.ts';
import { isEmail } from '../../src/validation/email.ts';

t.test('addresses are told from what is none', async (t) => {
  const good = ['a@b.co', 'first.last+tag@sub.example.org', "o'neill@example.com", 'a@bücher.example'];
  const bad = [
    '',
    'a',
    'a@b',
    '@b.co',
    'a@',
    'a b@c.de',
    'a..b@c.de',
    '.a@c.de',
    'a@-b.de',
    'a@b..de',
    'a@1.2.3.4',
  ];
  for (const text of good) t.ok(isEmail(text), text);
  for (const text of [...bad, `${'a'.repeat(250)}@b.co`]) t.notOk(isEmail(text), text);
});

t.test('long hostile addresses are refused, which would never end if matching could explode', async (t) => {
  const hostile = [`${'a.'.repeat(120)}@`, `a@${'b-'.repeat(120)}`, `${'!'.repeat(100_000)}@x`];
  for (const text of hostile) t.notOk(isEmail(text));
});

t.test('text that PostgreSQL cannot hold is found wherever it stands', async (t) => {
  t.equal(findUnstorableText('plain ünïcode 💃'), undefined);
  t.equal(findUnstorableText({ a: ['b', { c: 1, d: null }] }), undefined);
  t.equal(findUnstorableText('a\0b'), 'Null characters are not allowed.');
  t.equal(findUnstorableText({ 'a\0': 1 }), 'Null characters are not allowed.');
  t.equal(findUnstorableText({ a: [{ b: 'x\ud800' }] }), 'Surrogate characters are not allowed: U+D800.');
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  t.equal(findUnstorableText(deep), 'This value is nested too deeply.');
});

t.test('weak passwords are named as clients know it', async (t) => {
  const short = 'This password is too short. It must contain at least 8 characters.';
  const numeric = 'This password is entirely numeric.';
  t.strictSame(findPasswordWeaknesses('correct horse'), []);
  t.strictSame(findPasswordWeaknesses('8271'), [short, numeric]);
  t.strictSame(findPasswordWeaknesses('82719283746'), [numeric]);
  t.strictSame(findPasswordWeaknesses('Maria.Gomez', 'maria.gomez'), [
    'The password is too similar to the username.',
  ]);
  const common = ['This password is too common.'];
  for (const weak of [
    'Password1!',
    'Password123',
    'aaaaaaaa',
    '        ',
    'P@ssw0rd1',
    'qwertyuiop',
    'iloveyou2',
    'abcdefgh',
    'Password1!'.repeat(3),
  ]) {
    t.strictSame(await findCommonness(weak), common, weak);
  }
  for (const strong of ['una-noche-larga', 'Joe.The.Great', 'x7Kq9!ab', `${'!Fk6[&Kp;'.repeat(14)}xy`]) {
    t.strictSame(await findCommonness(strong), [], strong);
  }
  t.strictSame(findPasswordWeaknesses('💃💃💃💃💃💃💃'), [short], 'characters count, not code units');
});

t.test('texts fold alike in every way to write them, but for accents in names', async (t) => {
  const texts = ['Señorita', 'Straße', 'STRAẞE', 'İstanbul', 'Σειρἱος', 'ﬁesta Ⅻ', 'Ｄance', 'Żółć', 'Đường'];
  for (const text of texts) {
    const forms = [text, text.normalize('NFD'), text.toUpperCase(), text.toLowerCase(), composed(text)];
    t.equal(new Set(forms.map(foldForSearch)).size, 1, text);
    t.equal(new Set(forms.map(foldForName)).size, 1, text);
    t.equal(foldForSearch(text), foldForSearch(foldForSearch(text)));
  }
  t.equal(foldForSearch('Canción'), 'cancion');
  t.equal(foldForName('José'), 'josé');
  t.equal(foldForName('ＪOSE\u0301'), 'josé');
});

t.test('more marks than any language puts on a letter are not brought into order', async (t) => {
  const marks = '\u0301\u0316'.repeat(16);
  t.equal(composed(`a${marks}`), `a${marks}`);
  t.equal(composed(`a${marks.slice(0, 30)}`), `a${marks.slice(0, 30)}`.normalize('NFC'));
  t.equal(foldForSearch(`a${marks}b`), 'ab');
  t.equal(foldForName(`a${marks}`), `a${marks}`);
});
