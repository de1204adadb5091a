import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { deleteSong, SONGS_KEY } from '../../api/own-songs.ts';
import type { Song } from '../../api/songs.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';

interface DeleteSongDialogProps {
  readonly song: Song;
  onClose(): void;
  onDeleted(): void;
}

/** Asks before a song of one's own is deleted. */
export function DeleteSongDialog({ song, onClose, onDeleted }: DeleteSongDialogProps) {
  const t = useTranslations('make');
  const toast = useToast();
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () => deleteSong(song.id),
    onSuccess: async () => {
      toast(t('own.deleted', { title: song.title }));
      onClose();
      onDeleted();
      await queryClient.invalidateQueries({ queryKey: SONGS_KEY });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('own.deleteTitle', { title: song.title })}
      description={t('own.deleteText')}
      action={t('own.delete')}
      isBusy={removal.isPending}
      problem={removal.error}
      onConfirm={() => removal.mutate()}
    />
  );
}
