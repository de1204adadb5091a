import AjvCompiler from '@fastify/ajv-compiler';
import SerializerSelector from '@fastify/fast-json-stringify-compiler';
import { type CompilersFactory, compileWhenNeeded } from '../src/validation/compile-when-needed.ts';

type Compile = (route: { readonly schema: unknown }) => unknown;

/** By what it is made of, what was compiled. */
function remembering(compile: Compile): Compile {
  const compiled = new Map<string, unknown>();
  return (route) => {
    const key = JSON.stringify(route.schema);
    if (!compiled.has(key)) compiled.set(key, compile(route));
    return compiled.get(key);
  };
}

/** One compiler for all apps with the same settings. */
function shared(build: (...settings: never[]) => unknown) {
  const compilers = new Map<string, Compile>();
  return (...settings: unknown[]): Compile => {
    const key = JSON.stringify(settings);
    const known = compilers.get(key) ?? remembering(build(...(settings as never[])) as Compile);
    compilers.set(key, known);
    return known;
  };
}

/**
 * The compilers of the service, but each schema compiled once in a process, for all of its apps.
 */
export const sharedCompilers = compileWhenNeeded({
  buildValidator: shared(AjvCompiler()),
  buildSerializer: shared(SerializerSelector()),
} as unknown as Required<CompilersFactory>);
