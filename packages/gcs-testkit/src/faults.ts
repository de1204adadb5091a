/** How a request goes wrong. */
export type Fault =
  /** Answered with a status, nothing done. */
  | { readonly status: number }
  /** The connection is cut before anything is done. */
  | { readonly kind: 'reset' }
  /** It is done, but the connection is cut before the answer. */
  | { readonly kind: 'lost-answer' }
  /** The answer's body ends early, its announced length notwithstanding. */
  | { readonly kind: 'truncated' }
  /** One bit of the answer's body is another. */
  | { readonly kind: 'corrupt' }
  /** Of what is sent here, one bit arrives as another. */
  | { readonly kind: 'corrupt-upload' }
  /** No answer at all. */
  | { readonly kind: 'silent' }
  /** Done once something else is. */
  | { readonly until: () => Promise<unknown> }
  | { readonly delayMs: number };

export interface FaultRule {
  readonly method?: string;
  /** Tested against path and query. */
  readonly url?: RegExp;
  /** Of the requests that fit, which one is the first to fail. Default 1. */
  readonly nth?: number;
  /** How many fail in a row. Default 1. */
  readonly times?: number;
  readonly fault: Fault;
  /** Called just before a request fails. */
  readonly onFault?: () => void;
}

/** Which requests are to fail, and how. */
export class Faults {
  readonly #rules: { rule: FaultRule; seen: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  take(method: string, url: string): Fault | undefined {
    let fault: Fault | undefined;
    for (const entry of this.#rules) {
      const { rule } = entry;
      if ((rule.method ?? method) !== method || rule.url?.test(url) === false) continue;
      entry.seen += 1;
      const nth = rule.nth ?? 1;
      if (fault !== undefined || entry.seen < nth || entry.seen >= nth + (rule.times ?? 1)) continue;
      rule.onFault?.();
      fault = rule.fault;
    }
    return fault;
  }
}
