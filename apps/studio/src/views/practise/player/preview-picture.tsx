import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { TaskMedia } from '../data.ts';
import { previewPlanOf } from '../logic/preview-plan.ts';
import { songPlaceOf } from '../logic/song-time.ts';
import styles from './preview-picture.module.css';
import { type PreviewSource, PreviewTransport } from './preview-transport.ts';
import type { Transport } from './transport.ts';

interface PreviewPictureProps {
  /** The same object as long as it is the same dance. */
  readonly blueprint: Blueprint;
  /** Where it is read from; asked for anew before it ends. */
  readonly media: TaskMedia;
  /** Asks for it at once, where it has ended nevertheless. */
  renewMedia(): Promise<TaskMedia>;
  onTransport(transport: Transport | null): void;
}

/** A changed dance, played from the clips themselves against the song. */
export function PreviewPicture({ blueprint, media, renewMedia, onTransport }: PreviewPictureProps) {
  const t = useTranslations('practise');
  const first = useRef<HTMLVideoElement>(null);
  const second = useRef<HTMLVideoElement>(null);
  const song = useRef<HTMLAudioElement>(null);
  const veil = useRef<HTMLDivElement>(null);
  const playing = useRef<PreviewTransport>(null);
  const source = useMemo(() => sourceOf(blueprint, media), [blueprint, media]);
  const newestSource = useEffectEvent(() => source);
  const renew = useEffectEvent(async () => sourceOf(blueprint, await renewMedia()));
  // Before the elements go: what plays is still known then.
  useLayoutEffect(() => {
    if (first.current === null || second.current === null || song.current === null || veil.current === null)
      return undefined;
    const elements = {
      videos: [first.current, second.current] as const,
      song: song.current,
      veil: veil.current,
    };
    const transport = new PreviewTransport(elements, {
      source: newestSource(),
      durationSec: blueprint.total_duration,
      place: songPlaceOf(blueprint),
      renew: () => renew(),
    });
    playing.current = transport;
    onTransport(transport);
    return () => {
      playing.current = null;
      onTransport(null);
      transport.dispose();
    };
  }, [blueprint, onTransport]);
  useEffect(() => playing.current?.renew(source), [source]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of layers that are one picture
    <div role="group" aria-label={t('change.preview')} data-testid="preview">
      <video ref={first} muted playsInline preload="auto" data-player="0" aria-hidden="true" tabIndex={-1} />
      <video ref={second} muted playsInline preload="auto" data-player="1" aria-hidden="true" tabIndex={-1} />
      <div ref={veil} className={styles.veil} />
      {/* biome-ignore lint/a11y/useMediaCaption: a song; counts and names are written over the picture */}
      <audio ref={song} preload="auto" data-testid="song" />
    </div>
  );
}

function sourceOf(blueprint: Blueprint, media: TaskMedia): PreviewSource {
  return {
    shots: previewPlanOf(blueprint, (_move, index) => media.clip_urls[index]),
    songUrl: media.song_url,
  };
}
