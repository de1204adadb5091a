import { resolve } from 'node:path';
import { configError } from '@bachata-buddy/platform';
import { Type } from 'typebox';
import { makeLocalStore } from './local-store.ts';
import type { ObjectStore } from './object-store.ts';
import { makeSplitStore } from './split-store.ts';

/** The environment variables that say where media lives; part of every app's configuration. */
export const StorageVariables = {
  STORAGE: Type.Enum(['local', 'gcs'], {
    default: 'local',
    description: 'where songs, clips and videos lie: in a folder, or in a bucket of Google Cloud Storage',
  }),
  LOCAL_STORAGE_PATH: Type.String({
    default: '.data/media',
    description: 'with `local`: that folder',
  }),
  GCS_BUCKET_NAME: Type.Optional(Type.String({ description: 'with `gcs`, required: that bucket' })),
  GCS_OUTPUT_BUCKET_NAME: Type.Optional(
    Type.String({
      description: 'with `gcs`: bucket of finished videos, where it is another; it is what a CDN serves',
    }),
  ),
  GCP_PROJECT_ID: Type.Optional(
    Type.String({
      description: 'project on Google Cloud, of the bucket, of jobs on Cloud Run and of traces in the log',
    }),
  ),
  GCS_API_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      examples: ['http://127.0.0.1:4443'],
      description: 'another address of Cloud Storage, for tests',
    }),
  ),
  USE_GCS: Type.Optional(
    Type.Boolean({
      description: 'an older name: `true` is `STORAGE=gcs`, and anything else than `STORAGE` says is refused',
    }),
  ),
};

/** Values of {@link StorageVariables}. */
export interface StorageConfig {
  readonly STORAGE: 'local' | 'gcs';
  readonly LOCAL_STORAGE_PATH: string;
  readonly GCS_BUCKET_NAME?: string;
  readonly GCS_OUTPUT_BUCKET_NAME?: string;
  readonly GCP_PROJECT_ID?: string;
  readonly GCS_API_ENDPOINT?: string;
  readonly USE_GCS?: boolean;
}

/** What is wrong with a configuration of storage; empty where nothing is. */
export function storageProblemsOf({ STORAGE, GCS_BUCKET_NAME, USE_GCS }: StorageConfig): string[] {
  const problems: string[] = [];
  if (STORAGE === 'gcs' && GCS_BUCKET_NAME === undefined)
    problems.push('GCS_BUCKET_NAME is missing: STORAGE is gcs');
  if (USE_GCS !== undefined && USE_GCS !== (STORAGE === 'gcs'))
    problems.push('USE_GCS says another store than STORAGE: leave it out');
  return problems;
}

/**
 * The store that the configuration names, and no other.
 *
 * @throws AppError `CONFIG_INVALID`
 */
export async function openObjectStore(config: StorageConfig): Promise<ObjectStore> {
  const problems = storageProblemsOf(config);
  if (problems.length > 0) throw configError(problems);
  if (config.STORAGE === 'local')
    return makeLocalStore({ rootDirectory: resolve(config.LOCAL_STORAGE_PATH) });
  // Loaded on demand: who keeps media in a folder need not wait for Google's client.
  const { makeGcsStore } = await import('./gcs-store.ts');
  const { GCS_BUCKET_NAME = '', GCS_OUTPUT_BUCKET_NAME: outputBucketName } = config;
  const place = { projectId: config.GCP_PROJECT_ID, apiEndpoint: config.GCS_API_ENDPOINT };
  const media = makeGcsStore({ ...place, bucketName: GCS_BUCKET_NAME });
  if (outputBucketName === undefined) return media;
  return makeSplitStore({ media, output: makeGcsStore({ ...place, bucketName: outputBucketName }) });
}
