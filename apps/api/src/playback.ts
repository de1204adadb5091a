import { configError } from '@bachata-buddy/platform';
import { type ObjectStore, signCdnUrl } from '@bachata-buddy/storage';
import { MEDIA_PATH } from '@bachata-buddy/vocabulary';
import type { Config } from './config.ts';

/** Where finished videos play. */
export interface Playback {
  /** Whether this service sends the bytes itself, under `/media/output/`. */
  readonly isLocal: boolean;
  /**
   * The address of a video by its storage key: `/media/...` of this service, or an absolute URL of the CDN or the
   * bucket, signed afresh on every call.
   *
   * @param contentDisposition what the answer is to say of it; only a signed URL of the bucket can carry it
   * @throws AppError `STORAGE_FAILED` where the bucket's URL could not be signed
   */
  urlOf(key: string, contentDisposition?: string): Promise<string>;
  /** The address under which this service sends what storage has: `/media/...`, or an absolute one. */
  mediaUrlOf(key: string): string;
}

export type PlaybackConfig = Pick<
  Config,
  | 'STORAGE'
  | 'CDN_BASE_URL'
  | 'CDN_SIGNING_KEY_NAME'
  | 'CDN_SIGNING_KEY'
  | 'GCS_SIGNED_URLS'
  | 'SIGNED_URL_TTL_SEC'
> &
  // Of addresses of this service.
  Partial<Pick<Config, 'VIDEO_URLS' | 'PUBLIC_URL' | 'HOST' | 'PORT'>>;

/** @throws AppError `CONFIG_INVALID` where no address is configured, or half a signing key */
export function makePlayback(config: PlaybackConfig, store: ObjectStore): Playback {
  const local = localPlayback(config.VIDEO_URLS === 'absolute' ? originOf(config) : '');
  if (config.STORAGE === 'local') return local;
  const { mediaUrlOf } = local;
  const { CDN_BASE_URL: baseUrl, CDN_SIGNING_KEY_NAME: name, CDN_SIGNING_KEY: secretText } = config;
  const problems: string[] = [];
  if ((name === undefined) !== (secretText === undefined))
    problems.push('CDN_SIGNING_KEY_NAME and CDN_SIGNING_KEY go together');
  if (baseUrl === undefined && (secretText !== undefined || !config.GCS_SIGNED_URLS))
    problems.push('CDN_BASE_URL is missing (or GCS_SIGNED_URLS=true): STORAGE is gcs, where do videos play?');
  if (problems.length > 0) throw configError(problems);
  const expiry = () => new Date(Date.now() + config.SIGNED_URL_TTL_SEC * 1000);
  const cdnUrl = (key: string) =>
    `${baseUrl?.replace(/\/+$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`;
  if (name !== undefined && secretText !== undefined) {
    const key = { name, secret: Buffer.from(secretText, 'base64url') };
    return {
      isLocal: false,
      mediaUrlOf,
      urlOf: async (objectKey) => signCdnUrl(cdnUrl(objectKey), key, expiry()),
    };
  }
  if (!config.GCS_SIGNED_URLS) return { isLocal: false, mediaUrlOf, urlOf: async (key) => cdnUrl(key) };
  return {
    isLocal: false,
    mediaUrlOf,
    urlOf: async (key, contentDisposition) =>
      (await store.signedUrl(key, expiry(), contentDisposition)) ?? '',
  };
}

/** @param origin in front of every path; default: none, so that whoever reads it puts its own there */
export function localPlayback(origin = ''): Playback {
  const mediaUrlOf = (key: string): string => `${origin}${MEDIA_PATH}${key}`;
  return { isLocal: true, mediaUrlOf, urlOf: async (key) => mediaUrlOf(key) };
}

const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '']);

/** Where the service is reached; without a public address, on this machine. @throws AppError `CONFIG_INVALID` */
function originOf({ PUBLIC_URL: publicUrl, HOST: host = '', PORT: port = 0 }: PlaybackConfig): string {
  if (publicUrl !== undefined) return new URL(publicUrl).origin;
  if (port === 0) throw configError(['PUBLIC_URL is missing: VIDEO_URLS is absolute, and PORT picks any']);
  const name = EVERY_ADDRESS.has(host) ? 'localhost' : host;
  return new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`).origin;
}
