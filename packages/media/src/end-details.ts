import type { ToolResult } from './run-tool.ts';

/** What the log gets about a run that failed: one flag for each way to end, and the end of standard error. */
export function endDetails(result: ToolResult): Record<string, unknown> {
  return {
    exitCode: result.exitCode,
    signal: result.signal,
    timedOut: result.timedOut,
    cancelled: result.cancelled,
    forceKilled: result.forceKilled,
    elapsedMs: Math.round(result.elapsedMs),
    stderrTail: result.stderrTail.slice(-2_000),
  };
}
