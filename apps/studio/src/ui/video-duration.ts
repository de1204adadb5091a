/** How long a video of this machine is, in seconds. Rejects where the browser cannot play it. */
export function videoDuration(file: File): Promise<number> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.preload = 'metadata';
  return new Promise<number>((resolve, reject) => {
    video.onloadedmetadata = () => resolve(video.duration);
    video.onerror = () => reject(new Error('The browser cannot play this file.', { cause: video.error }));
    video.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}
