import type { User } from '@bachata-buddy/database';

/** An account as its owner sees it. */
export function viewUser(user: User) {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    display_name: user.displayName,
    is_instructor: user.isInstructor,
    preferences: user.preferences,
  };
}
