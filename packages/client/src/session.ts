/** What a login, a registration and a refresh answer; both JSON Web Tokens. */
export interface Tokens {
  /** For the Authorization header; lives 60 minutes. */
  readonly access: string;
  /** For the next access token; lives 7 days. Without it the client is signed out when `access` has run out. */
  readonly refresh?: string | undefined;
}

export interface SessionOptions {
  readonly tokens: Tokens | null;
  /** Told of every change, so that it can be kept: new tokens, or null where the session has ended. */
  readonly onTokens?: ((tokens: Tokens | null) => void) | undefined;
  /** Asks for new tokens. Null: the refresh token is refused. Rejects where nobody could tell. */
  readonly renew: (refresh: string) => Promise<Tokens | null>;
}

/** The tokens of one user, and the one refresh at a time that renews them. */
export class Session {
  #tokens: Tokens | null;
  #renewal: Promise<string | null> | null = null;
  readonly #onTokens: (tokens: Tokens | null) => void;
  readonly #renew: SessionOptions['renew'];

  constructor({ tokens, onTokens, renew }: SessionOptions) {
    this.#tokens = tokens;
    this.#onTokens = onTokens ?? (() => {});
    this.#renew = renew;
  }

  /** Null while signed out. */
  get access(): string | null {
    return this.#tokens?.access ?? null;
  }

  set(tokens: Tokens | null): void {
    this.#tokens = tokens;
    this.#onTokens(tokens);
  }

  /**
   * An access token to try instead of `refused`: the present one where it is another already, else a new one.
   * Requests that were refused at the same time wait for the same refresh.
   *
   * @returns null where the session has ended, or cannot be renewed
   */
  async replace(refused: string): Promise<string | null> {
    if (this.#renewal === null && this.access !== refused) return this.access;
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renewOnce(): Promise<string | null> {
    const before = this.#tokens;
    if (before?.refresh === undefined) return null;
    const renewed = await this.#renew(before.refresh);
    // Somebody may have signed in or out meanwhile; theirs is the session now.
    if (this.#tokens === before) this.set(renewed);
    return this.access;
  }
}
