interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** One side of what a service and its thread say to each other. */
export function channelOf(port: Port) {
  return {
    post: (message: unknown): void => {
      try {
        port.postMessage(message);
      } catch (cause) {
        // The library's own error cannot go to the other side either.
        throw new Error(`Not plain data: ${String(cause)}`);
      }
    },
    on: (listener: (message: unknown) => void): void => void port.on('message', listener),
    // Each question has an end of its own.
    timeout: -1,
    // An answer that is not plain data is the asker's error, not the end of the thread; a question's is thrown to who asks.
    onGeneralError: (_error: Error, answering?: string): boolean => answering !== undefined,
  };
}
