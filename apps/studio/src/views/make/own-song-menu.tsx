import { EllipsisVertical, Timer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Song } from '../../api/songs.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { CountSongDialog } from './count-song-dialog.tsx';
import { DeleteSongDialog } from './delete-song-dialog.tsx';

interface OwnSongMenuProps {
  readonly song: Song;
  onDeleted(): void;
}

/** What can be done with a song of one's own. */
export function OwnSongMenu({ song, onDeleted }: OwnSongMenuProps) {
  const t = useTranslations('make');
  const [asked, setAsked] = useState<'count' | 'delete' | null>(null);
  const close = (): void => setAsked(null);
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" isRound aria-label={t('own.menu', { title: song.title })}>
            <EllipsisVertical aria-hidden="true" />
          </Button>
        }
      >
        {song.status === 'ready' && (
          <MenuItem icon={<Timer aria-hidden="true" />} onSelect={() => setAsked('count')}>
            {t('own.count')}
          </MenuItem>
        )}
        <MenuItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={() => setAsked('delete')}>
          {t('own.delete')}
        </MenuItem>
      </Menu>
      {asked === 'count' && <CountSongDialog song={song} onClose={close} />}
      {asked === 'delete' && <DeleteSongDialog song={song} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}
