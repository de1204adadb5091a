import { useEffect, useRef } from 'react';
import { ClipPlayer } from './clip-player.ts';
import { originModeOf } from './origin-mode.ts';
import type { Transport } from './transport.ts';

interface FollowerPictureProps {
  readonly transport: Transport;
  readonly videoUrl: string;
  readonly durationSec: number;
  readonly label: string;
}

/** Another video of the same dance, beside the one that plays and in step with it, without sound. */
export function FollowerPicture({ transport, videoUrl, durationSec, label }: FollowerPictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current === null) return undefined;
    const player = new ClipPlayer(video.current, {
      nowSec: () => transport.positionSec(),
      onBroken: () => {},
    });
    const clip = {
      clipUrl: videoUrl,
      rollFromSec: 0,
      showFromSec: 0,
      playbackRate: 1,
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
  }, [transport, videoUrl, durationSec]);
  return (
    <video
      ref={video}
      muted
      playsInline
      crossOrigin={originModeOf(videoUrl)}
      aria-label={label}
      data-testid="follower"
    />
  );
}
