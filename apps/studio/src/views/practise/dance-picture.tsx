import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import type { Changes } from './change/use-changes.ts';
import { mediaQuery, type TaskMedia } from './data.ts';
import { previewPlanOf } from './logic/preview-plan.ts';
import { songPlaceOf } from './logic/song-time.ts';
import { PreviewPicture } from './player/preview-picture.tsx';
import type { PreviewOptions } from './player/preview-transport.ts';
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
  const { preview } = changes;
  const { result, onBroken } = video;
  const isUnrendered = result === undefined && preview === null;
  const media = useQuery({ ...mediaQuery(taskId), enabled: isUnrendered });
  const document = preview?.blueprint ?? (isUnrendered ? blueprint : undefined);
  const options = usePreviewOptions(document, preview?.media ?? media.data);
  if (options !== null) return <PreviewPicture preview={options} onTransport={onTransport} />;
  if (result !== undefined)
    return (
      <RenderedPicture
        videoUrl={result.video_url}
        posterUrl={result.poster_url}
        captionsUrl={result.captions_url}
        chaptersUrl={result.chapters_url}
        durationSec={result.duration}
        onTransport={onTransport}
        onBroken={onBroken}
      />
    );
  return media.isError ? <ProblemNotice problem={media.error} onRetry={() => void media.refetch()} /> : null;
}

/** What is played of a document from its clips; null without them. The same as long as both are. */
function usePreviewOptions(
  blueprint: Blueprint | undefined,
  media: TaskMedia | undefined,
): PreviewOptions | null {
  return useMemo(() => {
    if (blueprint === undefined || media === undefined) return null;
    return {
      shots: previewPlanOf(blueprint, (_move, index) => media.clip_urls[index]),
      durationSec: blueprint.total_duration,
      songUrl: media.song_url,
      place: songPlaceOf(blueprint),
    };
  }, [blueprint, media]);
}
