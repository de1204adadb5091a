import { setTimeout as sleep } from 'node:timers/promises';
import { type protos, v2 } from '@google-cloud/run';
import { googleAuthLibrary, grpc } from 'google-gax';
import { apiError } from '../errors.ts';
import { cloudRunError } from './cloud-run-error.ts';

/** A submission may take two calls, and a task is looked after when 30 s have passed without a word. */
const DEFAULT_CALL_TIMEOUT_MS = 12_000;
const PAGE_SIZE = 100;
/** So many executions of a job are kept (cloud.google.com/run/quotas), and as many may run. */
const MAX_LISTED = 2_000;
/** The database says when a launch was ordered, the platform when an execution was made. */
const CLOCKS_APART_MS = 5 * 60_000;

export interface CloudRunClientOptions {
  /** `projects/P/locations/L/jobs/J` */
  readonly jobName: string;
  readonly transport: 'grpc' | 'rest';
  /** `http://host:port` (then without TLS and login) or `https://host`; absent: Google's own. */
  readonly endpoint?: string | undefined;
  /** Default 12 s. */
  readonly callTimeoutMs?: number | undefined;
}

export type Execution = protos.google.cloud.run.v2.IExecution;

/** The calls of the Cloud Run Admin API that launching needs. All throw AppError `CLOUD_RUN_…`. */
export interface CloudRunClient {
  /** Starts an execution with these variables added to the job's own. @returns the execution's name */
  runJob(environment: Readonly<Record<string, string>>): Promise<string>;
  getExecution(name: string): Promise<Execution>;
  /** The newest execution of the job of which that is true, of those made since then, or undefined. */
  findExecution(isIt: (execution: Execution) => boolean, sinceMs?: number): Promise<Execution | undefined>;
  cancelExecution(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens Google's client; nothing is connected until the first call. */
export function openCloudRunClient(options: CloudRunClientOptions): CloudRunClient {
  const { jobName, callTimeoutMs = DEFAULT_CALL_TIMEOUT_MS } = options;
  const clientOptions = clientOptionsOf(options);
  const jobs = new v2.JobsClient(clientOptions);
  const executions = new v2.ExecutionsClient(clientOptions);
  const callOptions = { timeout: callTimeoutMs };
  const listOptions = { ...callOptions, autoPaginate: false };
  const call = <T>(work: () => Promise<T>): Promise<T> => withinTime(callTimeoutMs, work);
  return {
    runJob: (environment) =>
      call(async () => {
        const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
        const request = { name: jobName, overrides: { containerOverrides: [{ env }] } };
        const [operation] = await jobs.runJob(request, callOptions);
        return (operation.metadata as { name?: string | null } | null)?.name ?? '';
      }),
    getExecution: (name) => call(async () => (await executions.getExecution({ name }, callOptions))[0]),
    findExecution: (isIt, sinceMs = Number.NEGATIVE_INFINITY) =>
      call(async () => {
        let listed = 0;
        const pages = executions.listExecutionsAsync({ parent: jobName, pageSize: PAGE_SIZE }, listOptions);
        for await (const execution of pages) {
          if (isIt(execution)) return execution;
          listed += 1;
          // The newest come first: what follows is older still.
          if (listed >= MAX_LISTED || madeAtMs(execution) < sinceMs - CLOCKS_APART_MS) break;
        }
        return undefined;
      }),
    cancelExecution: (name) =>
      call(async () => void (await executions.cancelExecution({ name }, callOptions))),
    close: async () => void (await Promise.all([jobs.close(), executions.close()])),
  };
}

function madeAtMs({ createTime }: Execution): number {
  const { seconds } = (createTime ?? {}) as { seconds?: unknown };
  if (typeof createTime === 'string') return Date.parse(createTime);
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1_000;
}

/** Over REST, Google's client knows no deadline of its own. */
async function withinTime<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: done.signal }).then((): never => {
    throw apiError('CLOUD_RUN_DEADLINE_EXCEEDED', 'The platform did not answer in time.');
  });
  try {
    return await Promise.race([work(), late]);
  } catch (thrown) {
    throw cloudRunError(thrown);
  } finally {
    late.catch(() => {});
    done.abort();
  }
}

type ClientOptions = NonNullable<ConstructorParameters<typeof v2.JobsClient>[0]>;

function clientOptionsOf({ jobName, transport, endpoint }: CloudRunClientOptions): ClientOptions {
  const projectId = jobName.split('/')[1] ?? '';
  const common: ClientOptions = { projectId, ...(transport === 'rest' ? { fallback: true } : {}) };
  if (endpoint === undefined) return common;
  const url = new URL(endpoint);
  const isPlain = url.protocol === 'http:';
  const port = Number(url.port || (isPlain ? 80 : 443));
  const address: ClientOptions = { ...common, apiEndpoint: url.hostname, port };
  if (!isPlain) return address;
  const unknown = { ...address, authClient: new googleAuthLibrary.PassThroughClient() };
  return transport === 'rest'
    ? { ...unknown, protocol: 'http' }
    : { ...unknown, sslCreds: grpc.credentials.createInsecure() };
}
