/** Programs that were compiled together, and what of. */
export interface KeptBuild {
  /** Holds everything that was made. */
  readonly directory: string;
  /** By source, the program that was made of it. */
  readonly programs: Readonly<Record<string, string>>;
  /** By source, its state when it was read. */
  readonly inputs: Readonly<Record<string, string>>;
  /** By source, those that it imports or starts. */
  readonly leadsTo: Readonly<Record<string, readonly string[]>>;
  /** The version it was made with. */
  readonly node: string;
  /** False where nothing can be kept: who runs it removes it. */
  readonly isKept: boolean;
}

export const COMMON_INPUTS: readonly string[];
export function sourceOf(path: string): string;
export function placeOf(name: string): { directory: string; newestFile: string };
export function manifestOf(directory: string): string;
export function stateOf(source: string): string;
export function freshBuild(name: string): KeptBuild | undefined;
export function claimBuild(directory: string): () => void;
