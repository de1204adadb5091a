import { connectDatabase, createLoginLink, setInstructorRole } from '@bachata-buddy/database';
import { infraError } from '../../errors.ts';

/** Long enough to be found in what a terminal shows. */
const VALID_SEC = 15 * 60;

export interface DemoLinkOptions {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly username: string;
  /** The dance that is shown to whoever comes by it. */
  readonly taskId: string;
}

/** Makes an instructor of the demo's user, and a link that signs them in and shows a dance: once, soon, on this machine. */
export async function makeDemoLink(options: DemoLinkOptions): Promise<string> {
  const { databaseUrl, baseUrl, username, taskId } = options;
  const database = connectDatabase({
    url: databaseUrl,
    applicationName: 'bachata-buddy-demo',
    onIdleError: (error) => process.stderr.write(`${error.message}\n`),
  });
  try {
    await setInstructorRole(database, username, { isInstructor: true });
    const token = await createLoginLink(database, username, VALID_SEC);
    if (token === null) throw infraError('VIDEO_NOT_MADE', `There is no account named "${username}".`);
    return linkToDance({ baseUrl, taskId, token });
  } finally {
    await database.close();
  }
}

export interface LinkToDance {
  readonly baseUrl: string;
  readonly taskId: string;
  readonly token: string;
}

export function linkToDance({ baseUrl, taskId, token }: LinkToDance): string {
  // Behind the hash: no server's log gets to see it.
  return `${baseUrl}/sign-in?to=/dance/${taskId}#link=${token}`;
}
