import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '../../../words/words-provider.tsx';
import { originModeOf } from './origin-mode.ts';
import type { Transport } from './transport.ts';
import { makeVideoTransport } from './video-transport.ts';

interface RenderedPictureProps {
  readonly videoUrl: string;
  readonly posterUrl?: string | undefined;
  readonly captionsUrl?: string | undefined;
  readonly chaptersUrl?: string | undefined;
  readonly durationSec: number;
  /** Told what plays it, and null when that is gone. */
  onTransport(transport: Transport | null): void;
  /** Told when it can be seen. */
  onShown(): void;
  /** Told when it could not be loaded, or not on to its end. */
  onBroken(): void;
}

/** The rendered video. Its tracks are for players of the system's own: full screen of a phone, picture in picture. */
export function RenderedPicture(props: RenderedPictureProps) {
  const { videoUrl, posterUrl, captionsUrl, chaptersUrl, durationSec, onTransport } = props;
  const t = useTranslations('practise');
  const { language } = useLanguage();
  const video = useRef<HTMLVideoElement>(null);
  // Before the element goes: whether it plays is still known then.
  useLayoutEffect(() => {
    if (video.current === null) return undefined;
    const transport = makeVideoTransport(video.current, durationSec);
    onTransport(transport);
    return () => {
      onTransport(null);
      transport.dispose();
    };
  }, [durationSec, onTransport]);
  return (
    <video
      ref={video}
      src={videoUrl}
      onLoadedData={props.onShown}
      onError={props.onBroken}
      crossOrigin={originModeOf(videoUrl)}
      playsInline
      preload="auto"
      aria-label={t('player.video')}
      data-testid="video"
      {...(posterUrl === undefined ? {} : { poster: posterUrl })}
    >
      {captionsUrl !== undefined && (
        <track kind="captions" src={captionsUrl} srcLang={language} label={t('player.captions')} />
      )}
      {chaptersUrl !== undefined && <track kind="chapters" src={chaptersUrl} srcLang={language} />}
    </video>
  );
}
