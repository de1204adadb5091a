import { closeOnTermination, makeLogger, runCommand } from '@bachata-buddy/platform';
import { readConfig } from './config.ts';
import { makeService } from './service.ts';

/** The process: reads the configuration, listens, and ends in order, its jobs with it. */
async function main(): Promise<undefined> {
  const config = readConfig();
  const log = makeLogger({ name: 'api', level: config.LOG_LEVEL });
  const { server, database } = await makeService(config, log);
  const close = async (): Promise<void> => {
    await server.close();
    await database.close();
  };
  closeOnTermination({
    close: async ({ signal }) => {
      log.info({ signal }, 'shutting down');
      await close();
    },
    onError: (error) => log.fatal({ err: error }, 'an error nobody caught'),
  });
  try {
    await server.listen({ host: config.HOST, port: config.PORT });
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

await runCommand(main);
