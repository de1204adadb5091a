import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { users } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { batched } from '../batched.ts';
import { prepared } from '../prepared.ts';
import { run, theRow } from '../run.ts';
import { endSessions } from './sessions.ts';
import { isNamed, nameValues, refuseTakenName } from './user-names.ts';

export type User = typeof users.$inferSelect;
export type NewUser = Omit<typeof users.$inferInsert, 'dateJoined' | 'usernameFolded'>;
/** Keys that are absent stay as they are; `preferences` is replaced as a whole. */
export type UserPatch = Partial<
  Pick<
    User,
    | 'passwordHash'
    | 'lastLogin'
    | 'isStaff'
    | 'isActive'
    | 'firstName'
    | 'lastName'
    | 'email'
    | 'displayName'
    | 'isInstructor'
    | 'preferences'
  >
>;

/**
 * Adds an account. Its name is shown as it is given; no other may have it in other letters of upper and lower case.
 *
 * @throws AppError `DB_DUPLICATE_USERNAME`
 */
export function createUser(db: Database, values: NewUser): Promise<User> {
  return run(async () => {
    const named = { ...values, ...nameValues(values.username) };
    return theRow(await db.orm.insert(users).values(named).returning().catch(refuseTakenName));
  });
}

/** The account of that name: spelt exactly so, else without regard to case; null where there is none. */
export function findUserByUsername(db: Database, username: string): Promise<User | null> {
  return run(async () => (await db.orm.select().from(users).where(isNamed(username)))[0] ?? null);
}

/** Of an account, what decides on what it may do. */
export type Caller = Pick<User, 'isActive' | 'isStaff' | 'isInstructor'> &
  CallerKey & {
    /** Whether the login that was asked about goes on; where none was, there is nothing that has ended. */
    readonly hasSession: boolean;
  };

/** Whom a token names. */
export interface CallerKey {
  readonly id: number;
  /** The family of its login's sessions; null where the token names none. */
  readonly familyId: string | null;
}

const nameOf = ({ id, familyId }: CallerKey): string => `${id} ${familyId ?? ''}`;
const ofFamily = sql.raw('wanted.family_id');
const callersByKeys = prepared((orm) =>
  orm
    .select({
      id: users.id,
      isActive: users.isActive,
      isStaff: users.isStaff,
      isInstructor: users.isInstructor,
      familyId: sql<string | null>`${ofFamily}`,
      hasSession: sql<boolean>`(${ofFamily} is null or exists (
        select from refresh_sessions s where s.family_id = ${ofFamily} and s.user_id = ${users.id}
          and s.revoked_at is null and s.expires_at > clock_timestamp()))`,
    })
    .from(users)
    .innerJoin(
      sql`unnest(${sql.placeholder('ids')}::bigint[], ${sql.placeholder('familyIds')}::uuid[]) wanted (id, family_id)`,
      sql`wanted.id = ${users.id}`,
    )
    .prepare('callers_by_keys'),
);
const lookUpCaller = batched<string, Caller>({
  find: (db, names) => {
    const keys = names.map((name) => name.split(' '));
    const familyIds = keys.map(([, familyId]) => familyId || null);
    return callersByKeys(db).execute({ ids: keys.map(([id]) => id), familyIds });
  },
  keyOf: nameOf,
});

/** Whose token a request bears, or null. Every request with a token asks this: what an account holds is not read. */
export function findCaller(db: Database, key: CallerKey): Promise<Caller | null> {
  return run(() => lookUpCaller(db, nameOf(key)));
}

/** The account of that id, or null. */
export function findUserById(db: Database, id: number): Promise<User | null> {
  return run(async () => (await db.orm.select().from(users).where(eq(users.id, id)))[0] ?? null);
}

/** Changes an account; an empty patch changes nothing. Returns the account after it, or null where there is none. */
export function updateUser(db: Database, id: number, patch: UserPatch): Promise<User | null> {
  if (Object.values(patch).every((value) => value === undefined)) return findUserById(db, id);
  return run(
    async () => (await db.orm.update(users).set(patch).where(eq(users.id, id)).returning())[0] ?? null,
  );
}

/** The accounts that are staff, by name; empty where there is none. */
export function listStaff(db: Database): Promise<User[]> {
  return run(() => db.orm.select().from(users).where(eq(users.isStaff, true)).orderBy(users.username));
}

/** The accounts that are instructors, by name; empty where there is none. */
export function listInstructors(db: Database): Promise<User[]> {
  return run(() => db.orm.select().from(users).where(eq(users.isInstructor, true)).orderBy(users.username));
}

/**
 * Makes the account of that name an instructor, or one no longer; saying so again changes nothing. Class plans
 * stay when the role goes. For an operator's command: no route may offer it to the account itself.
 *
 * @returns the account after it, or null where there is none of that name
 */
export function setInstructorRole(
  db: Database,
  username: string,
  { isInstructor }: { readonly isInstructor: boolean },
): Promise<User | null> {
  return run(
    async () =>
      (await db.orm.update(users).set({ isInstructor }).where(isNamed(username)).returning())[0] ?? null,
  );
}

/**
 * Makes the account of that name staff, or no longer; saying so again changes nothing. For an operator's command alone.
 *
 * @returns the account after it, or null where there is none of that name
 */
export function setStaffRole(
  db: Database,
  username: string,
  { isStaff }: { readonly isStaff: boolean },
): Promise<User | null> {
  return run(
    async () => (await db.orm.update(users).set({ isStaff }).where(isNamed(username)).returning())[0] ?? null,
  );
}

/**
 * Lets the account of that name in again; saying so again changes nothing. Sessions that ended stay ended.
 *
 * @returns the account after it, or null where there is none of that name
 */
export function enableUser(db: Database, username: string): Promise<User | null> {
  return run(
    async () =>
      (await db.orm.update(users).set({ isActive: true }).where(isNamed(username)).returning())[0] ?? null,
  );
}

export interface DisabledUser {
  readonly user: User;
  /** Sessions that were open until now. */
  readonly endedSessions: number;
}

/**
 * Shuts the account of that name out and ends all its sessions, both or neither; saying so again changes nothing. What
 * it owns stays.
 *
 * @returns the account after it, or null where there is none of that name
 */
export function disableUser(db: Database, username: string): Promise<DisabledUser | null> {
  return run(() =>
    inTransaction(db, async (transaction) => {
      const [user] = await transaction
        .update(users)
        .set({ isActive: false })
        .where(isNamed(username))
        .returning();
      if (user === undefined) return null;
      return { user, endedSessions: await endSessions({ orm: transaction }, user.id) };
    }),
  );
}
