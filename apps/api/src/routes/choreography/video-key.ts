/** Where a result's video lies in storage; null where the result names none. */
export function videoKeyOf(result: Readonly<Record<string, unknown>>): string | null {
  const { output_path: outputPath, video_url: videoUrl } = result;
  if (typeof outputPath === 'string') return outputPath.replace(/^data\//, '');
  if (typeof videoUrl === 'string' && videoUrl.startsWith('/media/')) return videoUrl.slice('/media/'.length);
  return null;
}
