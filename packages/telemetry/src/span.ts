import { AsyncLocalStorage } from 'node:async_hooks';

/** Facts about a piece of work: names in the dotted style of OpenTelemetry. Never a text of a user. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a span stands, as other systems name it. */
export interface TracePlace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly isSampled: boolean;
}

export interface SpanOptions {
  readonly kind?: 'internal' | 'server' | 'producer' | 'consumer';
  readonly attributes?: Attributes;
}

/** One timed piece of work. Without tracing it is {@link NO_SPAN}, which does nothing. */
export interface Span {
  /** Undefined where nothing is traced. */
  readonly place: TracePlace | undefined;
  /** The same as a `traceparent` of W3C Trace Context, by which work elsewhere becomes part of this one. */
  readonly traceparent: string | undefined;
  begin(name: string, options?: SpanOptions): Span;
  set(attributes: Attributes): void;
  /** Marks the work as failed. @param type what kind of failure, e.g. an error's code */
  fail(type: string): void;
  end(): void;
}

export const NO_SPAN: Span = {
  place: undefined,
  traceparent: undefined,
  begin: () => NO_SPAN,
  set: () => {},
  fail: () => {},
  end: () => {},
};

const active = new AsyncLocalStorage<Span>();

/** The span that the calling code is part of. */
export function activeSpan(): Span {
  return active.getStore() ?? NO_SPAN;
}

/** Runs work as part of a span, which goes on afterwards; with {@link NO_SPAN}, as part of none. */
export function withSpan<T>(span: Span, work: () => T): T {
  return span === activeSpan() ? work() : active.run(span, work);
}

/** Runs work as part of a span and ends that with it: as failed where the work throws. */
export async function finishSpan<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await withSpan(span, work);
  } catch (thrown) {
    span.fail(failureTypeOf(thrown));
    throw thrown;
  } finally {
    span.end();
  }
}

/** Runs work as a step of the span that the caller is part of; where there is none, just runs it. */
export function inSpan<T>(name: string, work: (span: Span) => Promise<T>): Promise<T> {
  const span = activeSpan().begin(name);
  return finishSpan(span, () => work(span));
}

/** A code, or the name of a class: what an error says may hold what a user wrote. */
function failureTypeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' ? code : thrown.name;
}
