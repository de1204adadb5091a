/** Gives the user a file, as a download of the browser. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  followLink(address, name);
  // The download has begun by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** As a press on a link to a file does. @param name default: as whoever serves it calls it */
export function followLink(address: string, name = ''): void {
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
}
