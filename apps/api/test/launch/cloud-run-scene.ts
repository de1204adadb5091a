import {
  type CloudRunServer,
  type PlatformOptions,
  startCloudRunServer,
} from '@bachata-buddy/cloud-run-testkit';
import { makeCloudRunLauncher } from '../../src/launch/cloud-run-launcher.ts';
import type { JobLauncher } from '../../src/launch/job-launcher.ts';
import type { Tap } from '../tap.ts';

export const JOB_NAME = 'projects/p/locations/europe-west1/jobs/video-processor';
export const TRANSPORTS = ['grpc', 'rest'] as const;

export interface CloudRunScene {
  readonly server: CloudRunServer;
  readonly launcher: JobLauncher;
}

/** A Cloud Run whose executions go as the test says, and the launcher that uses it. */
export async function makeCloudRunScene(
  t: Tap,
  {
    transport = 'grpc',
    jobName = JOB_NAME,
    settlingMs = 0,
    ...options
  }: { transport?: 'grpc' | 'rest'; jobName?: string; settlingMs?: number } & Partial<PlatformOptions> = {},
): Promise<CloudRunScene> {
  const server = await startCloudRunServer({ jobs: { [JOB_NAME]: {} }, ...options });
  t.teardown(() => server.close());
  const endpoint = transport === 'grpc' ? server.grpcEndpoint : server.restEndpoint;
  const launcher = makeCloudRunLauncher({
    jobName,
    transport,
    endpoint,
    settlingMs,
    callTimeoutMs: 3_000,
  });
  t.teardown(() => launcher.platform?.close());
  return { server, launcher };
}
