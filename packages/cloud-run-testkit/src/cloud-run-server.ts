import type { Execution } from './execution.ts';
import type { FaultRule } from './faults.ts';
import { openGrpcDoor } from './grpc-door.ts';
import { type Call, Methods } from './methods.ts';
import { Platform, type PlatformOptions } from './platform.ts';
import { openRestDoor } from './rest-door.ts';

export interface CloudRunServer {
  /** Of both protocols, e.g. for CLOUD_RUN_API_ENDPOINT. */
  readonly restEndpoint: string;
  readonly grpcEndpoint: string;
  /** In the order of their creation. */
  readonly executions: readonly Execution[];
  /** In their order. */
  readonly calls: readonly Call[];
  fail(rule: FaultRule): void;
  clearFaults(): void;
  /** Kills what runs. */
  close(): Promise<void>;
}

/**
 * A Cloud Run on this machine: the Admin API v2 of jobs and executions over REST and gRPC, which refuses what the
 * real one refuses and runs each execution as a process.
 */
export async function startCloudRunServer(options: PlatformOptions): Promise<CloudRunServer> {
  const platform = new Platform(options);
  const methods = new Methods(platform);
  const rest = await openRestDoor(methods);
  const grpc = await openGrpcDoor(methods);
  return {
    restEndpoint: `http://127.0.0.1:${rest.port}`,
    grpcEndpoint: `http://127.0.0.1:${grpc.port}`,
    executions: platform.executions,
    calls: methods.calls,
    fail: (rule) => methods.faults.add(rule),
    clearFaults: () => methods.faults.clear(),
    async close() {
      await Promise.all([rest.close(), grpc.close()]);
      await platform.close();
    },
  };
}
