import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { bringSong, SONGS_KEY } from '../../api/own-songs.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { useToast } from '../../ui/toasts.tsx';
import { UploadBar } from '../../ui/upload-bar.tsx';

/** What the API knows by its content. */
const ACCEPTED = '.mp3,.m4a,.wav,.flac,.ogg,.opus,audio/*';

/** A button, and behind it the form that brings a song of one's own. */
export function BringSong() {
  const t = useTranslations('make');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Upload aria-hidden="true" />
        {t('bring.open')}
      </Button>
      {isOpen && <BringSongDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function BringSongDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations('make');
  const toast = useToast();
  const queryClient = useQueryClient();
  const [share, setShare] = useState(0);
  const bringing = useMutation({
    mutationFn: bringSong,
    onSuccess: async ({ title }) => {
      toast(t('bring.done', { title }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: SONGS_KEY });
    },
  });
  const submit = (form: FormData): void => {
    const file = form.get('file');
    if (!(file instanceof File)) return;
    setShare(0);
    bringing.mutate({
      file,
      title: textOf(form, 'title'),
      artist: textOf(form, 'artist'),
      onProgress: setShare,
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('bring.open')}
      description={t('bring.lead')}
    >
      <Form
        problem={bringing.error}
        onSubmit={submit}
        actions={
          <>
            {bringing.isPending && <UploadBar label={t('bring.sending')} share={share} />}
            <DialogActions>
              <Button type="submit" look="primary" isBusy={bringing.isPending}>
                {t('bring.send')}
              </Button>
            </DialogActions>
          </>
        }
      >
        <TextField
          label={t('bring.file')}
          hint={t('bring.fileHint')}
          name="file"
          type="file"
          accept={ACCEPTED}
          required
        />
        <TextField label={t('bring.title')} hint={t('bring.tags')} name="title" maxLength={200} />
        <TextField label={t('bring.artist')} name="artist" maxLength={200} />
        <CheckField label={t('bring.rights')} hint={t('bring.rightsHint')} name="rights" required />
      </Form>
    </Dialog>
  );
}
