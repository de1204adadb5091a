/** Uses the embedded server of the folder given, says so in one line of JSON, and leaves when its input ends. */
import { startEmbeddedPostgres } from '../../src/embedded.ts';

const [directory = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ directory, durable: false });
process.stdout.write(`${JSON.stringify({ url: server.url, startedHere: server.startedHere })}\n`);
process.stdin.resume();
process.stdin.once('end', () => server.stop());
