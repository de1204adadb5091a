import { useEffect, useEffectEvent, useRef } from 'react';
import { ClipPlayer } from './clip-player.ts';
import { originModeOf } from './origin-mode.ts';
import type { Transport } from './transport.ts';

interface FollowerPictureProps {
  readonly transport: Transport;
  readonly videoUrl: string;
  readonly durationSec: number;
  /** Its seconds to a second of what plays: a slow version takes longer for the same. */
  readonly speed: number;
  readonly label: string;
  /** Told when it can be seen. */
  onShown(): void;
  /** Told when it could not be loaded, or not on to its end. */
  onBroken(): void;
}

/** Another video of the same dance, beside the one that plays and in step with it, without sound. */
export function FollowerPicture(props: FollowerPictureProps) {
  const { transport, videoUrl, durationSec, speed, label } = props;
  const video = useRef<HTMLVideoElement>(null);
  const onBroken = useEffectEvent(() => props.onBroken());
  useEffect(() => {
    if (video.current === null) return undefined;
    const player = new ClipPlayer(video.current, {
      nowSec: () => transport.positionSec(),
      onBroken: () => onBroken(),
    });
    const clip = {
      clipUrl: videoUrl,
      rollFromSec: 0,
      showFromSec: 0,
      playbackRate: speed,
      startSec: 0,
      trimStartSec: 0,
      clipDurationSec: durationSec,
    };
    const drive = (): void => player.drive(clip, transport.positionSec(), transport.state());
    drive();
    const stops = [transport.onPicture(drive), transport.onState(drive)];
    return () => {
      for (const stop of stops) stop();
      player.dispose();
    };
  }, [transport, videoUrl, durationSec, speed]);
  return (
    <video
      ref={video}
      muted
      playsInline
      onLoadedData={props.onShown}
      crossOrigin={originModeOf(videoUrl)}
      aria-label={label}
      data-testid="follower"
    />
  );
}
