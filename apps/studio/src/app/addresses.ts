/** Where each view is, in the words of the router: what an address names begins with a `$`. */
export const ADDRESSES = {
  signIn: '/sign-in',
  resetPassword: '/reset-password',
  make: '/',
  progress: '/progress/$taskId',
  practise: '/dance/$taskId',
  keep: '/collection',
  plans: '/plans',
  plan: '/plans/$planId',
  account: '/account',
} as const;

export type ViewName = keyof typeof ADDRESSES;

const NAMES = Object.keys(ADDRESSES) as ViewName[];

/** What an address shows to whoever is signed in, for as long as there is no router; undefined: nothing that is known. */
export function viewAt(pathname: string): ViewName | undefined {
  const parts = partsOf(pathname);
  return NAMES.find((name) => {
    const wanted = partsOf(ADDRESSES[name]);
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('$') || part === parts[index])
    );
  });
}

/** A slash at the end says nothing. */
function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
