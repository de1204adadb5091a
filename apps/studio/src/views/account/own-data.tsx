import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { deleteAccount, exportAccount } from '../../api/own-account.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { textOf } from '../../ui/form-text.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useToast } from '../../ui/toasts.tsx';
import styles from './account.module.css';

/** All of it in a file, or gone. */
export function OwnData({ username }: { readonly username: string }) {
  const t = useTranslations('account.data');
  const [isAsking, setIsAsking] = useState(false);
  const exporting = useMutation({
    mutationFn: exportAccount,
    onSuccess: (file) => saveFile(file, t('fileName', { name: username })),
  });
  return (
    <Panel title={t('title')} lead={t('lead')}>
      {exporting.isError && <ProblemNotice problem={exporting.error} />}
      <div className={styles.actions}>
        <Button isBusy={exporting.isPending} onClick={() => exporting.mutate()}>
          {t('export')}
        </Button>
        <Button look="danger" onClick={() => setIsAsking(true)}>
          {t('delete')}
        </Button>
      </div>
      <DeleteDialog isOpen={isAsking} onOpenChange={setIsAsking} />
    </Panel>
  );
}

interface DeleteDialogProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}

function DeleteDialog({ isOpen, onOpenChange }: DeleteDialogProps) {
  const t = useTranslations('account.data');
  const shell = useTranslations('shell');
  const toast = useToast();
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: deleteAccount,
    onSuccess: () => {
      toast(t('deleted'));
      return navigate({ to: '/sign-in' });
    },
  });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('deleteTitle')}
      description={t('deleteLead')}
    >
      <Form
        className={styles.form}
        problem={deleting.error}
        onSubmit={(form) => deleting.mutate(textOf(form, 'password'))}
        actions={
          <DialogActions>
            <Button onClick={() => onOpenChange(false)}>{shell('cancel')}</Button>
            <Button type="submit" look="danger" isBusy={deleting.isPending}>
              {t('deleteAction')}
            </Button>
          </DialogActions>
        }
      >
        <TextField
          label={t('confirm')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </Form>
    </Dialog>
  );
}
