import { createRequire } from 'node:module';
import { fromProto3JSON, toProto3JSON } from 'proto3-json-serializer';
import protobuf from 'protobufjs';
import { type Fault, Faults } from './faults.ts';
import type { Platform } from './platform.ts';
import { invalid, RpcError } from './rpc-error.ts';
import type { RunJobRequest } from './run-job-request.ts';

/** The protocol itself, as Google's client ships it. */
const root = protobuf.Root.fromJSON(
  createRequire(import.meta.url)('@google-cloud/run/build/protos/protos.json') as protobuf.INamespace,
);
const V2 = 'google.cloud.run.v2';
const OPERATION = 'google.longrunning.Operation';

/** By gRPC path: which messages a method takes and gives. */
export const METHODS = {
  RunJob: { service: `${V2}.Jobs`, request: `${V2}.RunJobRequest`, response: OPERATION },
  GetExecution: {
    service: `${V2}.Executions`,
    request: `${V2}.GetExecutionRequest`,
    response: `${V2}.Execution`,
  },
  ListExecutions: {
    service: `${V2}.Executions`,
    request: `${V2}.ListExecutionsRequest`,
    response: `${V2}.ListExecutionsResponse`,
  },
  CancelExecution: {
    service: `${V2}.Executions`,
    request: `${V2}.CancelExecutionRequest`,
    response: OPERATION,
  },
  GetOperation: {
    service: 'google.longrunning.Operations',
    request: 'google.longrunning.GetOperationRequest',
    response: OPERATION,
  },
} as const;

export type MethodName = keyof typeof METHODS;

export const typeOf = (name: string): protobuf.Type => root.lookupType(name);

/** What a caller gets: an answer, or a connection on which nothing more is said. */
export type Answer = { readonly message: protobuf.Message } | 'cut' | 'silent';

/** A call as it came in: its message as JSON. */
export interface Call {
  readonly method: MethodName;
  readonly request: object;
}

/** Answers calls of either protocol, with the faults that were asked for. */
export class Methods {
  readonly faults = new Faults();
  /** In their order. */
  readonly calls: Call[] = [];
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @throws RpcError */
  async answer(method: MethodName, request: protobuf.Message): Promise<Answer> {
    const json = toProto3JSON(request as never) as object;
    this.calls.push({ method, request: json });
    const fault = this.faults.take(method, json);
    if (fault !== undefined && 'delayMs' in fault) await new Promise((go) => setTimeout(go, fault.delayMs));
    if (fault !== undefined && 'status' in fault && !('kind' in fault)) throw injected(fault.status);
    if (isKind(fault, 'started-twice')) this.#carryOut(method, request);
    const message = this.#carryOut(method, request);
    if (fault !== undefined && 'kind' in fault && fault.kind === 'done-but-answered')
      throw injected(fault.status);
    if (isKind(fault, 'lost-answer')) return 'cut';
    return isKind(fault, 'silent') ? 'silent' : { message };
  }

  #carryOut(method: MethodName, request: protobuf.Message): protobuf.Message {
    const json = toProto3JSON(request as never) as never;
    const response = this.#json(method, json);
    return fromJson(typeOf(METHODS[method].response), response);
  }

  #json(method: MethodName, request: never): object {
    switch (method) {
      case 'RunJob':
        return this.#platform.runJob(request as RunJobRequest);
      case 'GetExecution':
        return this.#platform.getExecution(request);
      case 'ListExecutions':
        return this.#platform.listExecutions(request);
      case 'CancelExecution':
        return this.#platform.cancelExecution(request);
      case 'GetOperation':
        return this.#platform.getOperation(request);
    }
  }
}

/** A message out of JSON. @throws RpcError `INVALID_ARGUMENT` for what is no such message */
export function messageOf(method: MethodName, json: object): protobuf.Message {
  const type = typeOf(METHODS[method].request);
  for (const key of Object.keys(json)) {
    if (type.fields[key] === undefined) throw invalid(`Invalid JSON payload received. Unknown name "${key}"`);
  }
  try {
    return fromJson(type, json);
  } catch (thrown) {
    throw invalid(`Invalid JSON payload received. ${(thrown as Error).message}`);
  }
}

const injected = (status: RpcError['status']) => new RpcError(status, 'This call was told to fail.');

function isKind(fault: Fault | undefined, kind: string): boolean {
  return fault !== undefined && 'kind' in fault && fault.kind === kind;
}

/** The converter brings protobufjs types of its own along; they are the same library's. */
function fromJson(type: protobuf.Type, json: object): protobuf.Message {
  return fromProto3JSON(type as never, json as never) as unknown as protobuf.Message;
}
