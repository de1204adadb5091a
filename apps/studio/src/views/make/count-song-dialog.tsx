import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { countSong, SONGS_KEY } from '../../api/own-songs.ts';
import type { Song } from '../../api/songs.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import styles from './bring-song.module.css';

const TEMPI = ['heard', 'half', 'double'] as const;
/** The "1" comes so many counts later than was heard. */
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

interface CountSongDialogProps {
  readonly song: Song;
  onClose(): void;
}

/** Says how a song of one's own is counted where it was misheard. */
export function CountSongDialog({ song, onClose }: CountSongDialogProps) {
  const t = useTranslations('make');
  const queryClient = useQueryClient();
  const [tempo, setTempo] = useState<(typeof TEMPI)[number]>('heard');
  const [shift, setShift] = useState(0);
  const counting = useMutation({
    mutationFn: () =>
      countSong(song.id, {
        ...(tempo === 'heard' ? {} : { tempo }),
        ...(shift === 0 ? {} : { shift_counts: shift }),
      }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: SONGS_KEY });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    counting.mutate();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('own.count')}
      description={t('own.countLead', { bpm: Math.round(song.bpm ?? 0) })}
    >
      <form className={styles.form} onSubmit={submit}>
        <Choice
          label={t('own.tempo')}
          value={tempo}
          options={TEMPI.map((value) => ({ value, label: t(`own.tempi.${value}`) }))}
          onChange={setTempo}
        />
        <SelectField
          label={t('own.one')}
          value={shift}
          onChange={(event) => setShift(Number(event.target.value))}
        >
          {SHIFTS.map((counts) => (
            <option key={counts} value={counts}>
              {t('own.shift', { counts })}
            </option>
          ))}
        </SelectField>
        {counting.isError && <ProblemNotice problem={counting.error} />}
        <DialogActions>
          <Button type="submit" look="primary" isBusy={counting.isPending}>
            {t('own.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
