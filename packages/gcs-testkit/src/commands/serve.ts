import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { type GcsServer, type GcsServerOptions, startGcsServer } from '../index.ts';

const HELP = `
Usage: node main.js --bucket NAME … [options]

Serves a Cloud Storage that everybody on its network may use: for trying the product as it runs in the cloud, for
nothing else. The first bucket is also served as a CDN would, under /cdn, to requests with a signature.

  --bucket NAME         a bucket that is there; may be given several times
  --host ADDRESS        where it listens (127.0.0.1)
  --port N              (9000)
  --origin URL          how clients reach it (http://localhost:PORT)
  --cdn-key NAME=KEY    a signing key of the CDN: 128 bits in base64 for URLs
  --credentials FOLDER  gets credentials.json, for GOOGLE_APPLICATION_CREDENTIALS
  --keep FILE           objects are written into it when the server ends, and read from it when it starts
`;

type Objects = NonNullable<GcsServerOptions['objects']>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      bucket: { type: 'string', multiple: true },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '9000' },
      origin: { type: 'string' },
      'cdn-key': { type: 'string', multiple: true, default: [] },
      credentials: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.bucket === undefined) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const server = await startGcsServer({
    buckets: values.bucket,
    listen: { host: values.host, port: Number(values.port) },
    origin: values.origin,
    cdnKeys: Object.fromEntries(values['cdn-key'].map(parseKey)),
    objects: values.keep === undefined ? {} : await readObjects(values.keep),
  });
  if (values.credentials !== undefined) await server.writeCredentials(values.credentials);
  process.stdout.write(`Buckets ${values.bucket.join(', ')} at ${server.origin}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void end(server, values.keep));
  }
}

function parseKey(text: string): [string, Buffer] {
  const [name = '', key = ''] = text.split('=', 2);
  return [name, Buffer.from(key, 'base64url')];
}

async function readObjects(path: string): Promise<Objects> {
  try {
    return deserialize(await readFile(path)) as Objects;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw thrown;
  }
}

async function end(server: GcsServer, keep: string | undefined): Promise<void> {
  await server.close();
  if (keep === undefined) return;
  const temporary = `${keep}.part`;
  await writeFile(temporary, serialize(server.objects()));
  await rename(temporary, keep);
}

await main();
