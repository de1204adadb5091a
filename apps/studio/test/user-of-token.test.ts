import t from 'tap';
import { userOfToken } from '../src/api/user-of-token.ts';

const token = (claims: unknown): string =>
  ['{"alg":"HS256"}', JSON.stringify(claims)]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

t.test('a token says whose it is', async (t) => {
  t.equal(userOfToken(`${token({ user_id: '17', jti: 'ÿþ~?' })}.signature`), '17');
});

t.test('what is no token, or says of nobody, is nobody’s', async (t) => {
  for (const other of ['', 'opaque', 'a.b.c', token({}), token(null), token({ user_id: 17 })])
    t.equal(userOfToken(other), null, other);
});
