import { readdir, stat } from 'node:fs/promises';
import { textOfName } from './file-name.ts';
import { rethrowSourceFault } from './source-fault.ts';

/**
 * The file of a folder that a document names by a path of `/` between names. A name that is not there as it is written is
 * taken for one that only its normal form tells from it: documents and file systems differ in how they write an "ñ".
 *
 * @throws AppError `INGEST_FILE` where there is no such file
 */
export async function findNamedFile(directory: string, relativePath: string): Promise<Buffer> {
  let path: Buffer = Buffer.from(directory);
  for (const name of relativePath.split('/')) path = await findIn(path, name);
  return path;
}

async function findIn(directory: Buffer, name: string): Promise<Buffer> {
  const exact = join(directory, Buffer.from(name));
  const isThere = await stat(exact).then(
    () => true,
    () => false,
  );
  if (isThere) return exact;
  const names = await readdir(directory, { encoding: 'buffer' }).catch(rethrowSourceFault);
  const [alike, ...others] = names.filter((each) => textOfName(each) === name.normalize('NFC'));
  // Where several are alike none is meant for sure; what is not there as it is written will be found missing.
  return alike === undefined || others.length > 0 ? exact : join(directory, alike);
}

function join(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), name]);
}
