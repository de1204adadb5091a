import { connectDatabase, createLoginLink, setInstructorRole } from '@bachata-buddy/database';
import { infraError } from '../../errors.ts';

/** Long enough to be found in what a terminal shows. */
const VALID_SEC = 15 * 60;

export interface DemoLinkOptions {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly username: string;
}

/** Makes an instructor of the demo's user, and a link that signs them in on the page: once, soon, on this machine. */
export async function makeDemoLink({ databaseUrl, baseUrl, username }: DemoLinkOptions): Promise<string> {
  const database = connectDatabase({
    url: databaseUrl,
    applicationName: 'bachata-buddy-demo',
    onIdleError: (error) => process.stderr.write(`${error.message}\n`),
  });
  try {
    await setInstructorRole(database, username, { isInstructor: true });
    const token = await createLoginLink(database, username, VALID_SEC);
    if (token === null) throw infraError('VIDEO_NOT_MADE', `There is no account named "${username}".`);
    // Behind the hash: no server's log gets to see it.
    return `${baseUrl}/sign-in#link=${token}`;
  } finally {
    await database.close();
  }
}
