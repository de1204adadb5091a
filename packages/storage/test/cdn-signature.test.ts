import t from 'tap';
import { signCdnUrl } from '../src/index.ts';

/** Key, time and signatures of Google's own samples for Cloud CDN. */
const KEY = { name: 'my-key', secret: Buffer.from('nZtRohdNF9m3cKM24IcK4w==', 'base64url') };
const EXPIRES = new Date(1_549_751_401_000);
const SIGNED: Readonly<Record<string, string>> = {
  'http://35.186.234.33/index.html':
    'http://35.186.234.33/index.html?Expires=1549751401&KeyName=my-key&Signature=CRFqQnVfFyiUyR63OQf-HRUpIwc=',
  'http://www.example.com/':
    'http://www.example.com/?Expires=1549751401&KeyName=my-key&Signature=OqDUFfHpN5Vxga6r80bhsgxKves=',
  'http://www.example.com/some/path?some=query&another=param':
    'http://www.example.com/some/path?some=query&another=param&Expires=1549751401&KeyName=my-key&Signature=9Q9TCxSju8-W5nUkk5CuTrun2_o=',
};

t.test('signatures for the CDN are those of Google’s samples', async (t) => {
  for (const [url, signed] of Object.entries(SIGNED)) t.equal(signCdnUrl(url, KEY, EXPIRES), signed);
});
