/** Where signed addresses of a bucket lead. */
const BUCKETS = 'https://storage.googleapis.com';

/** What says where media lie; in part only of a configuration for tests. */
export interface MediaOriginConfig {
  readonly STORAGE?: string;
  readonly CDN_BASE_URL?: string | undefined;
  readonly GCS_API_ENDPOINT?: string | undefined;
  readonly VIDEO_URLS?: string;
  readonly PUBLIC_URL?: string | undefined;
}

/** Origins of the addresses that answers name for videos, pictures and songs, beside the page's own. */
export function mediaOrigins(config: MediaOriginConfig): string[] {
  const addresses = [
    config.STORAGE === 'gcs' ? config.CDN_BASE_URL : undefined,
    // Clips and songs have signed addresses of their bucket, also where a CDN serves the videos.
    config.STORAGE === 'gcs' ? (config.GCS_API_ENDPOINT ?? BUCKETS) : undefined,
    config.VIDEO_URLS === 'absolute' ? config.PUBLIC_URL : undefined,
  ];
  return [
    ...new Set(addresses.flatMap((address) => (address === undefined ? [] : [new URL(address).origin]))),
  ];
}
