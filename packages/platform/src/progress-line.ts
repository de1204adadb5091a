import { cutText } from './cut-text.ts';

const BAR_WIDTH = 24;

export interface ProgressLine {
  /** @param fraction 0..1 @param text what is being done now */
  show(fraction: number, text: string): void;
  /** Leaves the last line standing and moves to the next. */
  end(text?: string): void;
}

/**
 * A progress bar for people: redrawn in place on a terminal; elsewhere (a log, a pipe) one line for each new
 * text and each tenth of the way, so that a log stays short.
 */
export function makeProgressLine(title: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = '';
  const draw = (line: string): void => {
    if (stream.isTTY)
      stream.write(`\r\x1b[2K${cutText(line, { length: Math.max(20, (stream.columns ?? 80) - 1) })}`);
    else stream.write(`${line}\n`);
  };
  return {
    show(fraction, text) {
      const share = Math.min(1, Math.max(0, fraction));
      const key = stream.isTTY ? `${share}${text}` : `${Math.floor(share * 10)}`;
      if (key === last) return;
      last = key;
      const filled = Math.round(share * BAR_WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
      draw(`${title}  ${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${text}`);
    },
    end(text) {
      if (text !== undefined) draw(`${title}  ${text}`);
      if (stream.isTTY) stream.write('\n');
      last = '';
    },
  };
}
