/** The pnpm that the lockfiles are of. */
export const PNPM_VERSION = '12.21.0';
