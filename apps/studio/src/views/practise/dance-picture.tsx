import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import type { Changes } from './change/use-changes.ts';
import { mediaQuery, previewQuery, type TaskMedia } from './data.ts';
import { PreviewPicture } from './player/preview-picture.tsx';
import { RenderedPicture } from './player/rendered-picture.tsx';
import type { Transport } from './player/transport.ts';
import type { Video } from './player/use-video.ts';

interface DancePictureProps {
  readonly taskId: string;
  readonly video: Video;
  readonly blueprint: Blueprint;
  readonly changes: Changes;
  onTransport(transport: Transport | null): void;
}

/** The rendered video; the clips, where the dance is changed or has no video. */
export function DancePicture({ taskId, video, blueprint, changes, onTransport }: DancePictureProps) {
  const client = useQueryClient();
  const { preview } = changes;
  const { result } = video;
  const isUnrendered = result === undefined && preview === null;
  const media = useQuery({ ...mediaQuery(taskId), enabled: isUnrendered });
  if (preview !== null) {
    const { edits, ...shown } = preview;
    const renewMedia = async (): Promise<TaskMedia> =>
      (await client.fetchQuery({ ...previewQuery(taskId, edits), staleTime: 0 })).media;
    return <PreviewPicture {...shown} {...{ renewMedia, onTransport }} />;
  }
  if (result !== undefined)
    return (
      <RenderedPicture
        videoUrl={result.video_url}
        posterUrl={result.poster_url}
        captionsUrl={result.captions_url}
        chaptersUrl={result.chapters_url}
        durationSec={result.duration}
        onTransport={onTransport}
        onShown={video.onShown}
        onBroken={video.onBroken}
      />
    );
  if (media.data !== undefined) {
    const renewMedia = (): Promise<TaskMedia> => client.fetchQuery({ ...mediaQuery(taskId), staleTime: 0 });
    return <PreviewPicture {...{ blueprint, renewMedia, onTransport }} media={media.data} />;
  }
  if (media.isError) return <ProblemNotice problem={media.error} onRetry={() => void media.refetch()} />;
  return <Loading />;
}
