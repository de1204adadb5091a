import { Type } from 'typebox';

/** Where {@link findMediaTools} looks first, for the configuration of every app that uses media. */
export const MediaToolVariables = {
  FFMPEG_PATH: Type.Optional(
    Type.String({
      description:
        'ffmpeg to use; absent: that of the optional package ffmpeg-static, else the one on the PATH',
    }),
  ),
  FFPROBE_PATH: Type.Optional(
    Type.String({ description: 'ffprobe to use; absent: the one beside ffmpeg, else on the PATH' }),
  ),
};
