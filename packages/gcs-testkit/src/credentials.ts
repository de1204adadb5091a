import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives out access tokens, as the Security Token Service does for workload identities (RFC 8693). */
export class TokenService {
  readonly #tokens = new Set<string>();
  readonly #subjectToken = randomUUID();

  /** @returns undefined where the subject's own token is not the right one */
  exchange(form: URLSearchParams): object | undefined {
    if (form.get('subject_token') !== this.#subjectToken) return undefined;
    const token = `test-${randomUUID()}`;
    this.#tokens.add(token);
    return {
      access_token: token,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    };
  }

  isValid(authorization: string | undefined): boolean {
    return this.#tokens.has(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
  }

  /** Application default credentials that lead here: the path for GOOGLE_APPLICATION_CREDENTIALS. */
  async writeCredentials(directory: string, tokenUrl: string): Promise<string> {
    const tokenPath = join(directory, 'subject-token.txt');
    await writeFile(tokenPath, this.#subjectToken, { mode: 0o600 });
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
