import { invalidFields } from '../http/http-answer.ts';
import { findCommonness, findPasswordWeaknesses } from './password-rules.ts';

/**
 * @param username of the account that is to get it
 * @throws HttpAnswer 400 with every reason why it is too weak, under `new_password`
 */
export async function assertStrongPassword(password: string, username: string): Promise<void> {
  const weaknesses = [...findPasswordWeaknesses(password, username), ...(await findCommonness(password))];
  if (weaknesses.length > 0) throw invalidFields({ new_password: weaknesses });
}
