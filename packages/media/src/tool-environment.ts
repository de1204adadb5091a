const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'TEMP',
  'SYSTEMROOT',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
];

/**
 * The environment ffmpeg and ffprobe get: what a program needs to start, and none of the secrets
 * (database password, signing keys) that the process around it was given.
 */
export function toolEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const passedOn: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = environment[name];
    if (value !== undefined) passedOn[name] = value;
  }
  return passedOn;
}
