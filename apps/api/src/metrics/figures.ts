import { collectDefaultMetrics, Registry } from 'prom-client';
import type { GenerationEnd } from '../generate/generation-signal.ts';
import type { Launched } from '../launch/launches-under-way.ts';
import type { Swept } from '../launch/recovery.ts';
import { makeGenerationFigures } from './generation-figures.ts';
import { type EndedRequest, makeHttpFigures } from './http-figures.ts';
import { makeLaunchFigures } from './launch-figures.ts';
import { makeStateFigures, type ServiceState } from './state-figures.ts';

/** What an operator can know of one service: counted as it happens, and read when somebody asks. */
export interface Figures {
  readonly countRequest: (request: EndedRequest) => void;
  readonly countGeneration: (end: GenerationEnd) => void;
  readonly countLaunch: (launched: Launched) => void;
  readonly countSweep: (swept: Swept | Error) => void;
  /** All of them as text for Prometheus. */
  readonly print: (state: ServiceState) => Promise<string>;
  readonly contentType: string;
  /** What there is, for documentation. */
  readonly describe: () => readonly FigureDescription[];
}

export interface FigureDescription {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

export function makeFigures(): Figures {
  const registry = new Registry();
  const countRequest = makeHttpFigures(registry);
  const countGeneration = makeGenerationFigures(registry);
  const launches = makeLaunchFigures(registry);
  const showState = makeStateFigures(registry);
  const describe = () => describeFigures(registry).filter(({ name }) => name.startsWith('bachata_'));
  collectDefaultMetrics({ register: registry });
  return {
    countRequest,
    countGeneration,
    ...launches,
    async print(state) {
      showState(state);
      return registry.metrics();
    },
    contentType: registry.contentType,
    describe,
  };
}

function describeFigures(registry: Registry): FigureDescription[] {
  return registry.getMetricsAsArray().map((metric) => ({
    name: metric.name,
    help: metric.help,
    labels: labelNamesOf(metric),
    type: metric.constructor.name.toLowerCase() as FigureDescription['type'],
  }));
}

/** They are known to the metrics and not part of their published type. */
function labelNamesOf(metric: object): readonly string[] {
  return 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : [];
}
