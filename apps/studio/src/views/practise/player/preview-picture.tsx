import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import styles from './preview-picture.module.css';
import { type PreviewOptions, PreviewTransport } from './preview-transport.ts';
import type { Transport } from './transport.ts';

interface PreviewPictureProps {
  /** The same object as long as it is the same preview. */
  readonly preview: PreviewOptions;
  onTransport(transport: Transport | null): void;
}

/** A changed dance, played from the clips themselves against the song. */
export function PreviewPicture({ preview, onTransport }: PreviewPictureProps) {
  const t = useTranslations('practise');
  const first = useRef<HTMLVideoElement>(null);
  const second = useRef<HTMLVideoElement>(null);
  const song = useRef<HTMLAudioElement>(null);
  const veil = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (first.current === null || second.current === null || song.current === null || veil.current === null)
      return undefined;
    const elements = {
      videos: [first.current, second.current] as const,
      song: song.current,
      veil: veil.current,
    };
    const transport = new PreviewTransport(elements, preview);
    onTransport(transport);
    return () => {
      onTransport(null);
      transport.dispose();
    };
  }, [preview, onTransport]);
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
