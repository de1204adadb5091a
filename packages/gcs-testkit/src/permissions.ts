import { forbidden } from './api-error.ts';

/** What an account may do in a bucket, to objects whose names begin so (absent: to the bucket and all in it). */
export interface Grant {
  readonly bucket: string;
  /** `storage.objects.get`, … */
  readonly permissions: readonly string[];
  readonly objectPrefix?: string;
}

/** Who may do what, as Cloud IAM would say. Source: cloud.google.com/storage/docs/access-control/iam-json. */
export class Permissions {
  readonly #grants: Readonly<Record<string, readonly Grant[]>> | undefined;

  /** @param grants by account; undefined: everybody who has a token may do everything */
  constructor(grants?: Readonly<Record<string, readonly Grant[]>>) {
    this.#grants = grants;
  }

  /** @param name of the object; absent: what is asked for concerns the bucket, which no prefix reaches */
  has(account: string, permission: string, bucket: string, name?: string): boolean {
    if (this.#grants === undefined) return true;
    return (this.#grants[account] ?? []).some(
      (grant) =>
        grant.bucket === bucket &&
        grant.permissions.includes(permission) &&
        (grant.objectPrefix === undefined || name?.startsWith(grant.objectPrefix) === true),
    );
  }

  /** @throws ApiError 403 */
  demand(account: string, permission: string, bucket: string, name?: string): void {
    if (this.has(account, permission, bucket, name)) return;
    const place = name === undefined ? `bucket ${bucket}` : `object ${bucket}/${name}`;
    throw forbidden(`${account} does not have ${permission} access to the ${place}.`);
  }
}
