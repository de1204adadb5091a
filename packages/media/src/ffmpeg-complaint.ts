/** Lines that say that something went wrong, but not what. */
const EMPTY_OF_MEANING = [
  /^conversion failed!?$/i,
  /^exiting normally, received signal \d+\.?$/i,
  /^error opening (input|output) file/i,
  /^error while (opening|processing|decoding)/i,
  /^press \[q\]/i,
  /^last message repeated \d+ times$/i,
  /^nothing was written into output file/i,
];

/**
 * The last line of ffmpeg's standard error that tells a reader something, without addresses
 * (`[mov @ 0x55...]`) and with file names in place of this machine's paths.
 * `fallback` is returned where there is no line at all.
 */
export function ffmpegComplaint(stderr: string, fallback: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => withoutMachine(line))
    .filter((line) => line !== '');
  const telling = lines.findLast((line) => !EMPTY_OF_MEANING.some((pattern) => pattern.test(line)));
  return telling ?? lines.at(-1) ?? fallback;
}

function withoutMachine(line: string): string {
  return (
    line
      .replace(/\[[^\]]*@ 0x[0-9a-f]+\]\s*/gi, '')
      // Folders may have spaces in their names where it is clear where they end.
      .replace(/file:[^:'"]*[/\\]/g, '')
      .replace(/(['"])[^'"]*[/\\]([^'"/\\]+\1)/g, '$1$2')
      .replace(/(?:[A-Za-z]:)?(?:[/\\][^/\\:'"\s]+)*[/\\]([^/\\:'"\s]+)/g, '$1')
      .trim()
  );
}
