import { openSync } from 'node:fs';
import { probeMedia } from '@bachata-buddy/media';

/** Opens as many files as it may, looks at itself, and says how that ended. */
const [ffprobePath = ''] = process.argv.slice(2);
try {
  for (;;) openSync('/dev/null', 'r');
} catch (thrown) {
  if (codeOf(thrown) !== 'EMFILE') throw thrown;
}
try {
  await probeMedia({ ffmpegPath: '', ffprobePath }, process.execPath);
} catch (thrown) {
  process.stdout.write(String(codeOf(thrown)));
}

function codeOf(thrown: unknown): unknown {
  return (thrown as { code?: unknown }).code;
}
