// A thread that ends at a picture that begins with 13, and answers any other with its first byte.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', (picture) => {
  if (picture[0] === 13) process.exit(1);
  parentPort.postMessage({ output: new Float32Array([picture[0]]) });
});
