import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type protobuf from 'protobufjs';
import { METHODS, type MethodName, type Methods, typeOf } from './methods.ts';
import type { Door } from './rest-door.ts';
import { RpcError } from './rpc-error.ts';

/** gRPC without TLS on a free port of this machine. */
export async function openGrpcDoor(methods: Methods): Promise<Door> {
  const server = new Server();
  for (const name of Object.keys(METHODS) as MethodName[]) {
    server.addService(definitionOf(name), {
      [name]: handlerOf(methods, name),
    } as UntypedServiceImplementation);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    async close() {
      server.forceShutdown();
    },
  };
}

function definitionOf(name: MethodName): ServiceDefinition {
  const { service, request, response } = METHODS[name];
  const encode = (type: string) => (message: protobuf.Message) =>
    Buffer.from(typeOf(type).encode(message).finish());
  const decode = (type: string) => (bytes: Buffer) => typeOf(type).decode(bytes);
  return {
    [name]: {
      path: `/${service}/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: encode(request),
      requestDeserialize: decode(request),
      responseSerialize: encode(response),
      responseDeserialize: decode(response),
    },
  } as ServiceDefinition;
}

function handlerOf(methods: Methods, name: MethodName): handleUnaryCall<protobuf.Message, protobuf.Message> {
  return (call, callback) => {
    methods.answer(name, call.request).then(
      (answer) => {
        if (answer === 'silent') return;
        if (answer === 'cut') callback({ code: 14, details: 'Connection dropped' });
        else callback(null, answer.message);
      },
      (thrown: unknown) => {
        const error =
          thrown instanceof RpcError ? thrown : new RpcError('INTERNAL', 'Internal error encountered.');
        callback({ code: error.grpcCode, details: error.message });
      },
    );
  };
}
