import type { FastifyServerOptions } from 'fastify';

export type CompilersFactory = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>;
type Build = NonNullable<CompilersFactory[keyof CompilersFactory]>;
type Compile = (route: object) => Compiled;

/** What a schema becomes: a check that leaves its errors on itself, or what writes a value as JSON. */
interface Compiled {
  (value: unknown): unknown;
  errors?: unknown;
}

/**
 * Compilers that make of each schema what it becomes when it is needed for the first time: some milliseconds of one
 * request, where those of all routes together are nearly half of what the service takes to start.
 */
export function compileWhenNeeded({
  buildValidator,
  buildSerializer,
}: Required<CompilersFactory>): CompilersFactory {
  return { buildValidator: postponing(buildValidator), buildSerializer: postponing(buildSerializer) };
}

function postponing<One extends Build>(build: One): One {
  return ((...settings: Parameters<One>) => {
    const compile = (build as (...all: unknown[]) => unknown)(...settings) as Compile;
    return (route: object): Compiled => {
      let compiled: Compiled | undefined;
      const postponed: Compiled = (value) => {
        compiled ??= compile(route);
        const answer = compiled(value);
        postponed.errors = compiled.errors;
        return answer;
      };
      return postponed;
    };
  }) as unknown as One;
}
