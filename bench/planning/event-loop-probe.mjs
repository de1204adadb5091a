// Loaded before a program (`node --import`) that has a channel to its parent: answers each message on it by how long the
// event loop was held at most since the last one, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', () => {
  process.send({ longestMs: delay.max / 1e6 });
  delay.reset();
});
// The program ends when its own work does.
process.channel.unref();
