/** Where what belongs to a video lies. */
export interface ExtraKeys {
  readonly captions: string;
  readonly chapters: string;
  readonly thumbnails: string;
  readonly poster: string;
}

/** Beside the video, so that whatever becomes of it by its name becomes of them. */
export function extraKeys(videoKey: string): ExtraKeys {
  const stem = videoKey.replace(/\.mp4$/, '');
  return {
    captions: `${stem}.vtt`,
    chapters: `${stem}.chapters.vtt`,
    thumbnails: `${stem}.thumbnails.vtt`,
    poster: `${stem}.jpg`,
  };
}
