import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { type CollectionItem, deleteItem, refreshCollection } from '../../api/collections.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { clock } from '../../ui/time.ts';
import { useToast } from '../../ui/toasts.tsx';
import { useLevelWords } from '../../ui/use-level-words.ts';
import { EditItemDialog } from './edit-item-dialog.tsx';
import styles from './keep.module.css';

/** A dance of the collection: its picture, what is noted of it, what can be done with it. */
export function SavedCard({ item }: { readonly item: CollectionItem }) {
  const t = useTranslations('keep');
  const format = useFormatter();
  const levelWords = useLevelWords();
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null);
  return (
    <li className={styles.card}>
      {item.poster_url === undefined ? (
        <div className={styles.poster} />
      ) : (
        <img className={styles.poster} src={item.poster_url} alt="" loading="lazy" />
      )}
      <div className={styles.body}>
        <div className={styles.titleRow}>
          <h2>
            {item.task_id === null ? (
              item.title
            ) : (
              <Link to="/dance/$taskId" params={{ taskId: item.task_id }}>
                {item.title}
              </Link>
            )}
          </h2>
          <div className={styles.above}>
            <Menu
              trigger={
                <Button look="quiet" size="small" isRound aria-label={t('actions', { title: item.title })}>
                  <EllipsisVertical aria-hidden="true" />
                </Button>
              }
            >
              <MenuItem icon={<PencilLine aria-hidden="true" />} onSelect={() => setAsked('edit')}>
                {t('edit')}
              </MenuItem>
              <MenuItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={() => setAsked('delete')}>
                {t('delete')}
              </MenuItem>
            </Menu>
          </div>
        </div>
        <p className={styles.facts}>
          {!item.title.startsWith(item.song_title) && <span>{item.song_title}</span>}
          <span>{levelWords(item.difficulty)}</span>
          <span>{clock(item.duration)}</span>
          <span>{format.dateTime(new Date(item.created_at), { dateStyle: 'medium' })}</span>
        </p>
        {item.notes !== '' && <p className={styles.notes}>{item.notes}</p>}
      </div>
      {asked === 'edit' && <EditItemDialog item={item} onClose={() => setAsked(null)} />}
      {asked === 'delete' && <DeleteItemDialog item={item} onClose={() => setAsked(null)} />}
    </li>
  );
}

interface DeleteItemDialogProps {
  readonly item: CollectionItem;
  onClose(): void;
}

function DeleteItemDialog({ item, onClose }: DeleteItemDialogProps) {
  const t = useTranslations('keep');
  const toast = useToast();
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () => deleteItem(item.id),
    onSuccess: async () => {
      toast(t('deleted', { title: item.title }));
      onClose();
      await refreshCollection(queryClient);
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('deleteTitle', { title: item.title })}
      description={t('deleteText')}
      action={t('delete')}
      isBusy={removal.isPending}
      problem={removal.error}
      onConfirm={() => removal.mutate()}
    />
  );
}
