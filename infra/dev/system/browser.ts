import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Without what a browser asks of the network by itself. */
const SWITCHES = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...[
    '--disable-background-networking',
    '--disable-component-update',
    '--autoplay-policy=no-user-gesture-required',
  ],
];

/** This machine's own Chromium; undefined where there is none (Debian: apt-get install chromium). */
export function findChromium(): string | undefined {
  return BROWSERS.find((path) => existsSync(path));
}

/** Starts a browser without a window. Whoever starts it closes it. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: SWITCHES });
}
