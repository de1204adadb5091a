/** Browser and system by the words that each puts into its name; the first that is there, since most name others too. */
const BROWSERS: readonly (readonly [word: RegExp, name: string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [word: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What a session's `User-Agent` header says of where it was begun; null where that is no browser we know. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | null {
  const browser = BROWSERS.find(([word]) => word.test(userAgent ?? ''))?.[1];
  const system = SYSTEMS.find(([word]) => word.test(userAgent ?? ''))?.[1];
  return browser === undefined || system === undefined ? null : { browser, system };
}
