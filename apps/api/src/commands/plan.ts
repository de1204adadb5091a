import { writeFile } from 'node:fs/promises';
import type { Blueprint } from '@bachata-buddy/blueprint';
import { analyseInWorker } from '@bachata-buddy/music';
import {
  makeLogger,
  parseCommandLine,
  prepareAskedFile,
  runCommand,
  writeAsked,
} from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { readCommandConfig } from '../config.ts';
import { makeLanguageModel } from '../generate/language-model.ts';
import { makePlanner } from '../generate/planner.ts';
import { parseChoice, parseWholeNumber } from './choice.ts';
import { explainPlan, titleOf } from './explained-plan.ts';
import { planDocument } from './plan-document.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm plan --song ID | --query "SENTENCE" [options]

Plans a choreography and prints it, or its blueprint, without a task or a rendering job.
The document's date is the song's and its id is made of the request: the same call over the same catalogue
prints the same bytes.

  --song ID            the song to dance to (with --query: instead of choosing one)
  --query "SENTENCE"   what to dance, in plain words
  --difficulty WORD    ${DIFFICULTIES.join(', ')} (default intermediate, or what the sentence says)
  --energy WORD        ${ENERGY_LEVELS.join(', ')} (default medium)
  --style WORD         ${STYLES.join(', ')} (default modern)
  --seed N             another number, another dance
  --explain            a table of why each move stands where it does, how it joins, what was given up
  --json               print the blueprint
  --out FILE           write the blueprint into a file

Reads DATABASE_URL (default: this machine's own database in .data), STORAGE (local or gcs),
LOCAL_STORAGE_PATH, GCS_BUCKET_NAME and GOOGLE_API_KEY.
`;

async function main(): Promise<undefined> {
  const { values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: {
      song: { type: 'string' },
      query: { type: 'string' },
      difficulty: { type: 'string' },
      energy: { type: 'string' },
      style: { type: 'string' },
      seed: { type: 'string' },
      explain: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const wish = {
    songId: parseWholeNumber('song', values.song),
    query: values.query,
    difficulty: parseChoice('difficulty', values.difficulty, DIFFICULTIES),
    energyLevel: parseChoice('energy', values.energy, ENERGY_LEVELS),
    style: parseChoice('style', values.style, STYLES),
    seed: parseWholeNumber('seed', values.seed),
  };
  const config = readCommandConfig();
  const out = values.out === undefined ? undefined : await prepareAskedFile(values.out);
  const log = makeLogger({ name: 'plan', level: config.LOG_LEVEL, destination: process.stderr });
  const store = await openObjectStore(config);
  const blueprint = await withDatabase(config.DATABASE_URL, async (database) => {
    const language = makeLanguageModel(config);
    const planner = makePlanner({ database, store, analyseSound: analyseInWorker, language, log });
    try {
      return await planDocument(database, planner, wish);
    } finally {
      await planner.close();
    }
  });
  const text = `${JSON.stringify(blueprint, null, 2)}\n`;
  if (out !== undefined) await writeAsked(out, () => writeFile(out, text));
  if (values.json) process.stdout.write(text);
  else process.stdout.write(values.explain ? explainPlan(blueprint) : describe(blueprint));
}

function describe(blueprint: Blueprint): string {
  const title = titleOf(blueprint);
  const nameOf = (move: Blueprint['moves'][number]): string => move.move_name ?? move.clip_id;
  const nameWidth = Math.max(...blueprint.moves.map((move) => nameOf(move).length));
  const moves = blueprint.moves.map((move) =>
    [
      move.start_time.toFixed(2).padStart(8),
      String(move.counts ?? '').padStart(4),
      nameOf(move).padEnd(nameWidth),
      (move.section ?? '').padEnd(8),
      (move.transition_type ?? '').padEnd(11),
      move.reason ?? '',
    ].join('  '),
  );
  const head = ['   start', ' cts', 'move'.padEnd(nameWidth), 'section ', 'transition ', 'why'].join('  ');
  return `${[title, '', head, ...moves].join('\n')}\n`;
}

await runCommand(main);
