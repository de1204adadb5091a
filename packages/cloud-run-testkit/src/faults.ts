import type { StatusName } from './rpc-error.ts';

/** How a call goes wrong. */
export type Fault =
  /** Refused with a status, nothing done. */
  | { readonly status: StatusName }
  /** Done, but answered with a status as if it were not. */
  | { readonly kind: 'done-but-answered'; readonly status: StatusName }
  /** Done, but the connection is cut before the answer; over gRPC, what a client makes of that: UNAVAILABLE. */
  | { readonly kind: 'lost-answer' }
  /** Done, and never answered. */
  | { readonly kind: 'silent' }
  /** RunJob starts two executions of one call and names the second. */
  | { readonly kind: 'started-twice' }
  | { readonly delayMs: number };

export interface FaultRule {
  /** E.g. `RunJob`; every method where absent. */
  readonly method?: string;
  /** Of a call's message as JSON; every call where absent. */
  readonly only?: (request: object) => boolean;
  /** Of the calls that fit, which one is the first to fail. Default 1. */
  readonly nth?: number;
  /** How many fail in a row. Default 1. */
  readonly times?: number;
  readonly fault: Fault;
}

/** Which calls are to fail, and how. */
export class Faults {
  readonly #rules: { rule: FaultRule; seen: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  take(method: string, request: object): Fault | undefined {
    let fault: Fault | undefined;
    for (const entry of this.#rules) {
      const { rule } = entry;
      if ((rule.method ?? method) !== method || rule.only?.(request) === false) continue;
      entry.seen += 1;
      const nth = rule.nth ?? 1;
      if (fault !== undefined || entry.seen < nth || entry.seen >= nth + (rule.times ?? 1)) continue;
      fault = rule.fault;
    }
    return fault;
  }
}
