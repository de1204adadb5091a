import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { addVideo, refreshCollection } from '../../api/collections.ts';
import { LEVELS, levelOf } from '../../api/levels.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { useToast } from '../../ui/toasts.tsx';
import { UploadBar } from '../../ui/upload-bar.tsx';
import { videoDuration } from '../../ui/video-duration.ts';

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
  const submit = (form: FormData): void => {
    setShare(0);
    adding.mutate(form);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('video.open')}
      description={t('video.lead')}
    >
      <Form
        problem={adding.error}
        onSubmit={submit}
        actions={
          <>
            {adding.isPending && <UploadBar label={t('video.sending')} share={share} />}
            <DialogActions>
              <Button type="submit" look="primary" isBusy={adding.isPending}>
                {t('video.send')}
              </Button>
            </DialogActions>
          </>
        }
      >
        <TextField label={t('video.file')} name="video_path" type="file" accept="video/mp4,.mp4" required />
        <TextField label={t('itemTitle')} name="title" maxLength={200} required />
        <SelectField label={t('level')} name="difficulty" defaultValue="intermediate">
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {words(`level.${level}`)}
            </option>
          ))}
        </SelectField>
        <TextArea label={t('notes')} name="notes" maxLength={500} />
      </Form>
    </Dialog>
  );
}

function useAdding(onProgress: (share: number) => void, onDone: () => void) {
  const t = useTranslations('keep');
  const toast = useToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (form: FormData) => {
      const file = form.get('video_path');
      if (!(file instanceof File)) throw new Error('The form has no file.');
      const durationSec = await videoDuration(file).catch((cause: unknown) => {
        const fields = { video_path: t('video.unplayable') };
        throw new ApiProblem({
          status: 400,
          code: 'VIDEO_UNPLAYABLE',
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
      await refreshCollection(queryClient);
    },
  });
}
