/** Starts a server for tests, says its url in one line of JSON, and stops it when its input ends. */
import { startTestServer } from '../../src/testkit.ts';

const server = await startTestServer();
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.stdin.resume();
process.stdin.once('end', () => server.stop());
