import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives out access tokens, as the Security Token Service does for workload identities (RFC 8693). */
export class TokenService {
  /** Accounts, by access token. */
  readonly #accounts = new Map<string, string>();
  /** Accounts, by the token that one is given for. */
  readonly #subjects = new Map<string, string>();

  /** @returns undefined where the subject's own token is not the right one */
  exchange(form: URLSearchParams): object | undefined {
    const account = this.#subjects.get(form.get('subject_token') ?? '');
    if (account === undefined) return undefined;
    const token = `test-${randomUUID()}`;
    this.#accounts.set(token, account);
    return {
      access_token: token,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    };
  }

  /** Whose token it is, or undefined where it is none of ours. */
  accountOf(authorization: string | undefined): string | undefined {
    return this.#accounts.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
  }

  /** Application default credentials that lead here: the path for GOOGLE_APPLICATION_CREDENTIALS. */
  async writeCredentials(directory: string, tokenUrl: string, account: string): Promise<string> {
    const subjectToken = randomUUID();
    this.#subjects.set(subjectToken, account);
    const tokenPath = join(directory, 'subject-token.txt');
    await writeFile(tokenPath, subjectToken, { mode: 0o600 });
    const path = join(directory, 'credentials.json');
    const credentials = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/test/providers/test',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: tokenUrl,
      credential_source: { file: tokenPath },
    };
    await writeFile(path, JSON.stringify(credentials), { mode: 0o600 });
    return path;
  }
}
