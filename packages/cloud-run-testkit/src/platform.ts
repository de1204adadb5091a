import { randomBytes, randomUUID } from 'node:crypto';
import pLimit, { type LimitFunction } from 'p-limit';
import { Execution } from './execution.ts';
import { denied, invalid, notFound, RpcError } from './rpc-error.ts';
import { checkRunJobRequest, mergeEnvironment, type RunJobRequest } from './run-job-request.ts';
import type { Command } from './task-process.ts';

/** A job as it was deployed. */
export interface JobOptions {
  /** Variables of its container. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What its container runs; absent: executions are only noted. */
  readonly command?: Command;
  /** Starts of a failed task after the first. Default 3, as on the platform. */
  readonly maxRetries?: number;
  /** From the call to the start of the program. Default 0. */
  readonly startDelayMs?: number;
  /** Executions for which there are machines at once; the others wait. Default: no limit. */
  readonly machines?: number;
  /** From SIGTERM to SIGKILL. Default 10 s, as on the platform. */
  readonly graceMs?: number;
}

export interface PlatformOptions {
  /** By full name: `projects/P/locations/L/jobs/J`. */
  readonly jobs: Readonly<Record<string, JobOptions>>;
  /** What the caller may do. Default: everything. */
  readonly permissions?: readonly string[];
  /** Quota of the project in the region (cloud.google.com/run/quotas). Default 1000. */
  readonly maxRunningExecutions?: number;
}

const ALL_PERMISSIONS = [
  'run.jobs.run',
  'run.jobs.runWithOverrides',
  'run.executions.get',
  'run.executions.list',
  'run.executions.cancel',
  'run.operations.get',
];
const CONTAINER_NAME = 'job-1';
const DEFAULT_PAGE_SIZE = 100;

interface ListRequest {
  readonly parent: string;
  readonly pageSize?: number;
  readonly pageToken?: string;
}

/** The jobs of a project, their executions and operations; speaks JSON of google.cloud.run.v2 messages. */
export class Platform {
  readonly executions: Execution[] = [];
  readonly #options: PlatformOptions;
  readonly #permissions: ReadonlySet<string>;
  readonly #operations = new Map<string, Execution>();
  /** Of each job, by name. */
  readonly #machines = new Map<string, LimitFunction>();

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#permissions = new Set(options.permissions ?? ALL_PERMISSIONS);
    for (const [name, { machines = Number.POSITIVE_INFINITY }] of Object.entries(options.jobs))
      this.#machines.set(name, pLimit(machines));
  }

  /** @returns the operation */
  runJob(request: RunJobRequest): object {
    const job = this.#jobOf(request.name);
    checkRunJobRequest(request, { containerName: CONTAINER_NAME, permissions: this.#permissions });
    const running = this.executions.filter((execution) => !execution.hasEnded).length;
    if (running >= (this.#options.maxRunningExecutions ?? 1_000)) {
      throw new RpcError('RESOURCE_EXHAUSTED', 'Quota exceeded for running executions of this project.');
    }
    if (request.validateOnly === true) return { done: true };
    const execution = this.#start(job, request);
    const operation = `${request.name.replace(/\/jobs\/[^/]+$/, '')}/operations/${randomUUID()}`;
    this.#operations.set(operation, execution);
    return operationJson(operation, execution);
  }

  getExecution({ name }: { name: string }): object {
    this.#demand('run.executions.get', name);
    return this.#find(name).toJson();
  }

  /** Newest first. */
  listExecutions({ parent, pageSize = 0, pageToken = '' }: ListRequest): object {
    this.#demand('run.executions.list', parent);
    this.#jobOf(parent);
    const all = this.executions.filter(({ name }) => name.startsWith(`${parent}/executions/`)).reverse();
    const begin = pageToken === '' ? 0 : Number(pageToken);
    const end = begin + (pageSize > 0 ? pageSize : DEFAULT_PAGE_SIZE);
    return {
      executions: all.slice(begin, end).map((execution) => execution.toJson()),
      ...(end < all.length ? { nextPageToken: String(end) } : {}),
    };
  }

  /** @returns the operation */
  cancelExecution({ name }: { name: string }): object {
    this.#demand('run.executions.cancel', name);
    const execution = this.#find(name);
    if (execution.hasEnded) throw invalid(`Execution '${name}' has completed and cannot be cancelled.`);
    void execution.cancel();
    const operation = `${name.replace(/\/jobs\/.*$/, '')}/operations/${randomUUID()}`;
    this.#operations.set(operation, execution);
    return operationJson(operation, execution);
  }

  getOperation({ name }: { name: string }): object {
    this.#demand('run.operations.get', name);
    const execution = this.#operations.get(name);
    if (execution === undefined) throw notFound(name);
    return operationJson(name, execution);
  }

  async close(): Promise<void> {
    await Promise.all(this.executions.map((execution) => execution.close()));
  }

  #start(job: JobOptions, request: RunJobRequest): Execution {
    const jobId = request.name.slice(request.name.lastIndexOf('/') + 1);
    const execution = new Execution({
      name: `${request.name}/executions/${jobId}-${randomBytes(3).toString('hex').slice(0, 5)}`,
      job: request.name,
      containerName: CONTAINER_NAME,
      environment: mergeEnvironment(job.environment ?? {}, request),
      command: job.command,
      machines: this.#machines.get(request.name) ?? pLimit(Number.POSITIVE_INFINITY),
      maxRetries: job.maxRetries ?? 3,
      startDelayMs: job.startDelayMs ?? 0,
      graceMs: job.graceMs ?? 10_000,
    });
    this.executions.push(execution);
    return execution;
  }

  #jobOf(name: string): JobOptions {
    const job = this.#options.jobs[name];
    if (job === undefined) throw notFound(name);
    return job;
  }

  #find(name: string): Execution {
    const execution = this.executions.find((candidate) => candidate.name === name);
    if (execution === undefined) throw notFound(name);
    return execution;
  }

  #demand(permission: string, name: string): void {
    if (!this.#permissions.has(permission)) throw denied(permission, name);
  }
}

/** google.longrunning.Operation as JSON: its metadata is the execution, and once that has ended so is its response. */
function operationJson(name: string, execution: Execution): object {
  const resource = execution.toJson();
  if (!execution.hasEnded) return { name, metadata: resource, done: false };
  return { name, metadata: resource, done: true, response: resource };
}
