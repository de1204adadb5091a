import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { commonEnvironment } from './common-environment.ts';
import { type IngestCatalogueOptions, ingestCatalogue } from './ingest-catalogue.ts';
import { makeProcessDirectory } from './teardown.ts';

export interface StockOptions extends Omit<IngestCatalogueOptions, 'directory' | 'environment'> {
  /** Of the prepared clips: `RENDER_SIZE`. Undefined: that of videos by default. */
  readonly pictureSize: string | undefined;
}

/** Nobody works with it: systems begin with a copy. */
export interface Stock {
  readonly databaseUrl: string;
  readonly mediaDirectory: string;
}

const stocks = new Map<string, Promise<Stock>>();

/** A catalogue that was brought in once in the life of this process, for all that ask for the same of the same programs. */
export function stockedCatalogue(options: StockOptions): Promise<Stock> {
  const key = JSON.stringify(options);
  const stock = stocks.get(key) ?? makeStock(options);
  stocks.set(key, stock);
  return stock;
}

async function makeStock({ pictureSize, ...library }: StockOptions): Promise<Stock> {
  const directory = await makeProcessDirectory();
  for (const name of ['media', 'tmp']) await mkdir(join(directory, name));
  // It goes with its server, as the folder does with this process.
  const { url: databaseUrl, db } = await makeTestDatabase({ teardown: () => {} });
  await db.close();
  const environment = {
    ...commonEnvironment(databaseUrl, directory),
    ...(pictureSize === undefined ? {} : { RENDER_SIZE: pictureSize }),
  };
  await ingestCatalogue({ ...library, directory, environment });
  return { databaseUrl, mediaDirectory: join(directory, 'media') };
}
