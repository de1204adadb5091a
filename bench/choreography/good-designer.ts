import type { LanguageModel } from '@bachata-buddy/choreography';

/** What a designer is shown of a dance, as far as this one looks at it. */
interface Shown {
  readonly request: { readonly style: string };
  readonly sections: readonly {
    readonly section: number;
    readonly loudness: number;
    readonly repeats: number | null;
  }[];
  readonly families: readonly {
    readonly family: string;
    readonly moves: number;
    readonly energy: string;
    readonly styles: readonly string[];
  }[];
}

const MOTIF_LENGTH = 4;
const ENERGY_BELOW = [
  ['low', 0.42],
  ['medium', 0.62],
  ['high', Number.POSITIVE_INFINITY],
] as const;

/**
 * A language model as one would wish it: to each section the families that are as lively as its music and of the style
 * asked for, the same ones again where a section comes again.
 */
export const goodDesigner: LanguageModel = {
  answerJson: async ({ content }) => {
    const shown = JSON.parse(content) as Shown;
    return {
      sections: shown.sections.map(({ section, loudness, repeats }) => {
        const source = shown.sections.find((other) => other.section === repeats);
        const energy = energyOf(source?.loudness ?? loudness);
        return { section, energy, motif: motifOf(shown, energy, source?.section ?? section) };
      }),
    };
  },
};

function energyOf(loudness: number): string {
  return ENERGY_BELOW.find(([, below]) => loudness < below)?.[0] ?? 'high';
}

/** Another beginning for each section, so that not all of the dance is one motif. */
function motifOf({ families, request }: Shown, energy: string, section: number): string[] {
  const fitting = families.filter(
    ({ family, ...own }) =>
      own.energy === energy && own.styles.includes(request.style) && family !== 'intro' && family !== 'outro',
  );
  const from = fitting.length === 0 ? 0 : section % fitting.length;
  return [...fitting.slice(from), ...fitting.slice(0, from)]
    .slice(0, MOTIF_LENGTH)
    .map(({ family }) => family);
}
