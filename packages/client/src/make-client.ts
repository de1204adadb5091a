import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/api.ts';
import { Session, type Tokens } from './session.ts';

export type Fetch = (request: Request) => Promise<Response>;

/**
 * Asks for new tokens. Null: the refresh token is refused. Rejects where nobody could tell, and where `signal` ends the
 * request.
 */
export type Refresh = (refresh: string, signal?: AbortSignal) => Promise<Tokens | null>;

export interface ClientOptions {
  /** Where the API is, without a path: `http://localhost:8000`. */
  readonly baseUrl: string;
  /** Of an earlier login, where there was one. */
  readonly accessToken?: string | undefined;
  /** Of an earlier login; without it an access token that has run out is not replaced. */
  readonly refreshToken?: string | undefined;
  /** Told of every change of tokens: keep them, or where it is null, forget them and ask for a login. */
  readonly onTokens?: ((tokens: Tokens | null) => void) | undefined;
  /**
   * Stands around each refresh, where several clients hold one session, as tabs of a browser do: lets them ask one after the
   * other, each with the newest refresh token. Null: the session has ended. Default: asks at once, with its own.
   */
  readonly refreshInTurn?: ((refresh: string, ask: Refresh) => Promise<Tokens | null>) | undefined;
  /** Sends a request; default the global `fetch`. */
  readonly fetch?: Fetch | undefined;
}

/** One typed method for each HTTP method: `client.GET('/api/choreography/songs/', { params })`. */
export interface ApiClient extends Client<paths> {
  /** Signs in with what a login or a registration answered, or out with null. */
  setTokens(tokens: Tokens | null): void;
}

/** Answers to a refresh that say that its token opens nothing. */
const REFUSES_TOKEN: ReadonlySet<number> = new Set([400, 401]);
/** What gives tokens out or takes them back goes without one: its 401 is about something else. */
const WITHOUT_TOKEN = /\/api\/auth\/(?:login|register|refresh|logout)\/?$/;

/**
 * A client of the HTTP API with the types of its OpenAPI document. Answers are `{ data, response }`, refusals
 * `{ error, response }`. Calls reject where no answer came.
 *
 * An access token that is refused is replaced by means of the refresh token, once for all requests that wait, and
 * the request is sent again, once. Where the refresh token is refused too, the tokens are dropped and the caller
 * gets the 401; where the API is in no state to tell, they are kept and the call rejects.
 */
export function makeClient(options: ClientOptions): ApiClient {
  const { baseUrl, accessToken, refreshToken, onTokens, refreshInTurn } = options;
  const send: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const plain = createClient<paths>({ baseUrl, fetch: send });
  const ask: Refresh = async (refresh, signal) => {
    const { data, response } = await plain.POST('/api/auth/refresh/', {
      body: { refresh },
      signal: signal ?? null,
    });
    if (data !== undefined) return data;
    // Of all else (too slow, too many, a door in between) the token may be as good as before.
    if (REFUSES_TOKEN.has(response.status)) return null;
    throw new Error(`The session could not be renewed: the API answered ${response.status}.`);
  };
  const session = new Session({
    tokens: accessToken === undefined ? null : { access: accessToken, refresh: refreshToken },
    onTokens,
    renew: (refresh) => (refreshInTurn === undefined ? ask(refresh) : refreshInTurn(refresh, ask)),
  });
  const client = createClient<paths>({ baseUrl, fetch: authorised(send, session) });
  return Object.assign(client, { setTokens: (tokens: Tokens | null) => session.set(tokens) });
}

/** Sends requests with the session's token; again with another where it was refused. */
function authorised(send: Fetch, session: Session): Fetch {
  return async (request) => {
    const token = session.access;
    if (token === null || WITHOUT_TOKEN.test(new URL(request.url).pathname)) return send(request);
    const again = request.clone();
    const response = await send(withToken(request, token));
    if (response.status !== 401) return response;
    const another = await session.replace(token);
    if (another === null) return response;
    await response.body?.cancel();
    return send(withToken(again, another));
  };
}

function withToken(request: Request, token: string): Request {
  request.headers.set('authorization', `Bearer ${token}`);
  return request;
}
