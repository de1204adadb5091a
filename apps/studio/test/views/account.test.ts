import t from 'tap';
import { deviceOf } from '../../src/views/account/device-name.ts';

t.test('a session is named by browser and system, whichever others its header pretends to be', async (t) => {
  const mozilla = 'Mozilla/5.0';
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  for (const [userAgent, browser, system] of [
    [`${mozilla} (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0`, 'Firefox', 'Linux'],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/130.0 Safari/537.36 Edg/130.0`,
      'Edge',
      'Windows',
    ],
    [`${mozilla} (Linux; Android 10; K) ${webkit} Chrome/130.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
    [`${mozilla} (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/17.6 Safari/605.1`, 'Safari', 'Mac'],
    [
      `${mozilla} (iPhone; CPU iPhone OS 17_6 like Mac OS X) ${webkit} CriOS/130.0 Safari/604.1`,
      'Chrome',
      'iPhone',
    ],
  ] as const)
    t.strictSame(deviceOf(userAgent), { browser, system });
  for (const unknown of [null, '', 'curl/8.5.0']) t.equal(deviceOf(unknown), null);
});
