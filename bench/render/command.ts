import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import { benchRender } from './bench-render.ts';
import { performanceDocument } from './performance-document.ts';

const DOCUMENT = join(ROOT_DIRECTORY, 'docs/performance.md');

export interface RenderCommandOptions {
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly isJson: boolean;
  readonly say: (line: string) => void;
}

/** Measures, and writes the document where all of it was measured. */
export async function renderBench({ rounds, isQuick, isJson, say }: RenderCommandOptions): Promise<void> {
  const result = await benchRender({ rounds, isQuick, say: isJson ? () => undefined : say });
  if (isJson) say(JSON.stringify(result, null, 2));
  if (!isQuick) await writeFile(DOCUMENT, performanceDocument(result));
}
