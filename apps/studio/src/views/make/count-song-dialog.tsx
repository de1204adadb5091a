import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { countSong, SONGS_KEY } from '../../api/own-songs.ts';
import type { Song } from '../../api/songs.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';

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
    mutationFn: (firstEight: string) =>
      countSong(song.id, {
        ...(tempo === 'heard' ? {} : { tempo }),
        ...(shift === 0 ? {} : { shift_counts: shift }),
        ...(firstEight === '' ? {} : { first_eight_sec: Number(firstEight) }),
      }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: SONGS_KEY });
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('own.count')}
      description={t('own.countLead', { bpm: Math.round(song.bpm ?? 0) })}
    >
      <Form
        problem={counting.error}
        onSubmit={(form) => counting.mutate(textOf(form, 'first_eight_sec'))}
        actions={
          <DialogActions>
            <Button type="submit" look="primary" isBusy={counting.isPending}>
              {t('own.save')}
            </Button>
          </DialogActions>
        }
      >
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
        <TextField
          label={t('own.firstEight')}
          hint={t('own.firstEightHint')}
          name="first_eight_sec"
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
        />
      </Form>
    </Dialog>
  );
}
