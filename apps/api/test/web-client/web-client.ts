/** Where the production web client is served from during development. */
const WEB_ORIGIN = 'http://localhost:5173';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the web client is JavaScript, it reads what it expects to find
  readonly body: any;
}

/**
 * The HTTP side of the production web client, as it is: JSON headers on everything, a bearer token out of local
 * storage, every 2xx body parsed as JSON, a 401 answered with a refresh and the same request again, and only the
 * access token of a refresh kept.
 */
export class WebClient {
  readonly storage = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get = (path: string): Promise<Answer> => this.call('GET', path);
  post = (path: string, body: object): Promise<Answer> => this.call('POST', path, body);
  put = (path: string, body: object): Promise<Answer> => this.call('PUT', path, body);
  delete = (path: string): Promise<Answer> => this.call('DELETE', path);

  /** @param path after `/api/`, with its slash and its query */
  async call(method: string, path: string, body?: object): Promise<Answer> {
    const accessToken = this.storage.get('accessToken');
    const response = await fetch(`${this.#origin}/api/${path}`, {
      method,
      redirect: 'error',
      headers: {
        'Content-Type': 'application/json',
        Origin: WEB_ORIGIN,
        ...(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.headers.get('access-control-allow-origin') !== WEB_ORIGIN) {
      throw new TypeError(`${method} ${path}: the browser would not show this answer to the page`);
    }
    if (response.status === 401 && this.storage.has('refreshToken')) {
      await this.refresh();
      return this.call(method, path, body);
    }
    return { status: response.status, body: await response.json() };
  }

  /** Keeps the new access token; a new refresh token is thrown away. */
  async refresh(): Promise<void> {
    const refresh = this.storage.get('refreshToken');
    this.storage.delete('accessToken');
    this.storage.delete('refreshToken');
    const { status, body } = await this.post('auth/refresh/', { refresh });
    if (status !== 200 || refresh === undefined) throw new Error('The web client has logged its user out.');
    this.storage.set('accessToken', body.access).set('refreshToken', refresh);
  }

  /** Keeps what a login or a registration answered. */
  signIn({ access, refresh, user }: { access: string; refresh: string; user: object }): void {
    this.storage.set('accessToken', access).set('refreshToken', refresh).set('user', JSON.stringify(user));
  }
}

/** What the web client shows of a refusal: every text of a 400 on a line, else `detail`, else `error`. */
export function shownError({ status, body }: Answer): string {
  const texts = Object.entries(body).filter(([, value]) => typeof value === 'string' || Array.isArray(value));
  if (status === 400 && texts.length > 0) {
    return texts
      .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : value}`)
      .join('\n');
  }
  return body.detail ?? body.error ?? `Request failed with status ${status}`;
}
