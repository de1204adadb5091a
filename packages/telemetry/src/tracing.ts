import { NO_SPAN, type Span, type SpanOptions } from './span.ts';

/** What traces of this process begin with. */
export interface Tracing {
  readonly isOn: boolean;
  /**
   * Begins a span that belongs to no other of this process.
   *
   * @param options.traceparent of a span of another process that it belongs to; one that is malformed counts as absent
   */
  begin(name: string, options?: SpanOptions & { readonly traceparent?: string | undefined }): Span;
  /** Sends what is left, for two seconds at most. Never rejects. */
  close(): Promise<void>;
}

export const NO_TRACING: Tracing = { isOn: false, begin: () => NO_SPAN, close: async () => {} };
