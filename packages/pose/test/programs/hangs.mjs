// A thread that takes pictures and never answers.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => {
  for (;;);
});
