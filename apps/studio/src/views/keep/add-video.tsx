import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { addVideo, COLLECTION_KEY } from '../../api/collections.ts';
import { LEVELS, levelOf } from '../../api/levels.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { textOf } from '../../ui/form-text.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { UploadBar } from '../../ui/upload-bar.tsx';
import { videoDuration } from '../../ui/video-duration.ts';
import styles from './keep.module.css';

/** A button, and behind it the form that puts a video of one's own into the collection. */
export function AddVideo() {
  const t = useTranslations('keep');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Upload aria-hidden="true" />
        {t('video.open')}
      </Button>
      {isOpen && <AddVideoDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function AddVideoDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations('keep');
  const words = useTranslations('choices');
  const [share, setShare] = useState(0);
  const adding = useAdding(setShare, onClose);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setShare(0);
    adding.mutate(new FormData(event.currentTarget));
  };
  const wrong = adding.error instanceof ApiProblem ? adding.error.fields : {};
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('video.open')}
      description={t('video.lead')}
    >
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t('video.file')}
          error={wrong.video_path}
          name="file"
          type="file"
          accept="video/mp4,.mp4"
          required
        />
        <TextField label={t('itemTitle')} error={wrong.title} name="title" maxLength={200} required />
        <SelectField label={t('level')} name="difficulty" defaultValue="intermediate">
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {words(`level.${level}`)}
            </option>
          ))}
        </SelectField>
        <TextArea label={t('notes')} error={wrong.notes} name="notes" maxLength={500} />
        {adding.isError && wrong.video_path === undefined && <ProblemNotice problem={adding.error} />}
        {adding.isPending && <UploadBar label={t('video.sending')} share={share} />}
        <DialogActions>
          <Button type="submit" look="primary" isBusy={adding.isPending}>
            {t('video.send')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function useAdding(onProgress: (share: number) => void, onDone: () => void) {
  const t = useTranslations('keep');
  const toast = useToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (form: FormData) => {
      const file = form.get('file');
      if (!(file instanceof File)) throw new Error('The form has no file.');
      const durationSec = await videoDuration(file).catch((cause: unknown) => {
        const fields = { video_path: t('video.unplayable') };
        throw new ApiProblem({
          status: 400,
          code: 'FIELDS_INVALID',
          message: t('video.unplayable'),
          fields,
          cause,
        });
      });
      return addVideo({
        file,
        durationSec,
        title: textOf(form, 'title'),
        notes: textOf(form, 'notes'),
        difficulty: levelOf(form.get('difficulty')),
        onProgress,
      });
    },
    onSuccess: async ({ title }) => {
      toast(t('savedNow', { title }));
      onDone();
      await queryClient.invalidateQueries({ queryKey: COLLECTION_KEY });
    },
  });
}
