import { type CloudRunServer, type JobOptions, startCloudRunServer } from '@bachata-buddy/cloud-run-testkit';
import { type GcsServer, type Grant, startGcsServer } from '@bachata-buddy/gcs-testkit';
import { makeDirectory, type TeardownContext } from './teardown.ts';

/** Of the rendering job on the Cloud Run of this machine. */
const JOB_NAME = 'projects/test/locations/local/jobs/video-processor';
/** Of videos and, where ingest is told so, of the clips that they are copied from. */
export const PICTURE_SIZE = '320x180';
const KEY_NAME = 'key-1';
const KEY = Buffer.from('nZtRohdNF9m3cKM24IcK4w==', 'base64url');

type Environment = Readonly<Record<string, string>>;

export interface Bucket {
  readonly server: GcsServer;
  /** For every program that reads or writes media. */
  readonly environment: Environment;
  /** The same for what runs as that account. */
  environmentOf(account: string): Promise<Environment>;
  /** For an API that gives out addresses of videos. */
  readonly cdnEnvironment: Environment;
}

export interface BucketOptions {
  /** Videos get the bucket `output`; what the server says of objects is then said of that one. Default false. */
  readonly hasOutputBucket?: boolean;
  /** By account: what it may do. Default: everybody may do everything. */
  readonly grants?: Readonly<Record<string, readonly Grant[]>>;
}

/** A Cloud Storage with the bucket `media`, the one of videos behind a CDN, and the login of those who use it. */
export async function startBucket(
  context: TeardownContext,
  { hasOutputBucket = false, grants }: BucketOptions = {},
): Promise<Bucket> {
  const buckets = hasOutputBucket ? ['output', 'media'] : ['media'];
  const server = await startGcsServer({
    buckets,
    cdnKeys: { [KEY_NAME]: KEY },
    ...(grants === undefined ? {} : { grants }),
  });
  context.teardown(() => server.close());
  const environmentOf = async (account: string): Promise<Environment> => ({
    STORAGE: 'gcs',
    GCS_BUCKET_NAME: 'media',
    ...(hasOutputBucket ? { GCS_OUTPUT_BUCKET_NAME: 'output' } : {}),
    GCP_PROJECT_ID: 'test',
    GCS_API_ENDPOINT: server.origin,
    GOOGLE_APPLICATION_CREDENTIALS: await server.writeCredentials(await makeDirectory(context), account),
  });
  return {
    server,
    environmentOf,
    environment: await environmentOf('test'),
    cdnEnvironment: {
      CDN_BASE_URL: server.cdnUrl,
      CDN_SIGNING_KEY_NAME: KEY_NAME,
      CDN_SIGNING_KEY: KEY.toString('base64url'),
    },
  };
}

export interface JobPlatform {
  readonly server: CloudRunServer;
  /** For an API that starts its jobs there. */
  environment(transport?: 'grpc' | 'rest'): Environment;
}

/** A Cloud Run on which that job is deployed. @param permissions of the caller; default: it may do everything */
export async function startJobPlatform(
  context: TeardownContext,
  job: JobOptions,
  permissions?: readonly string[],
): Promise<JobPlatform> {
  const server = await startCloudRunServer({
    jobs: { [JOB_NAME]: job },
    ...(permissions === undefined ? {} : { permissions }),
  });
  context.teardown(() => server.close());
  return {
    server,
    environment: (transport = 'grpc') => ({
      JOB_LAUNCHER: 'cloud-run',
      GCP_PROJECT_ID: 'test',
      CLOUD_RUN_REGION: 'local',
      CLOUD_RUN_JOB_NAME: 'video-processor',
      CLOUD_RUN_TRANSPORT: transport,
      CLOUD_RUN_API_ENDPOINT: transport === 'grpc' ? server.grpcEndpoint : server.restEndpoint,
    }),
  };
}

/** The rendering program as a container would run it; as on the platform, it is given what the job was deployed with. */
export function deployedJob(builtDirectory: string, environment: Environment) {
  return {
    command: { file: process.execPath, args: ['job/main.js'], cwd: builtDirectory },
    environment,
  };
}

/** Of what every program here is given, what a container would be deployed with. */
export function deployedEnvironment(common: NodeJS.ProcessEnv): Environment {
  const { PATH = '', DATABASE_URL = '', TMPDIR = '', FFMPEG_PATH, FFPROBE_PATH } = common;
  return {
    PATH,
    DATABASE_URL,
    TMPDIR,
    LOG_LEVEL: 'error',
    RENDER_SIZE: PICTURE_SIZE,
    ...(FFMPEG_PATH === undefined ? {} : { FFMPEG_PATH }),
    ...(FFPROBE_PATH === undefined ? {} : { FFPROBE_PATH }),
  };
}
