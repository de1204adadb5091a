/** Tracks of another origin want a video that is asked for across origins; one of this origin needs no such thing. */
export function originModeOf(url: string): 'anonymous' | undefined {
  return new URL(url, document.baseURI).origin === window.location.origin ? undefined : 'anonymous';
}
