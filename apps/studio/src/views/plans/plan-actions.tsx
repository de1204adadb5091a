import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Ellipsis, Pencil, Printer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type ClassPlanDetail,
  changePlan,
  deletePlan,
  duplicatePlan,
  PLAN_LISTS_KEY,
  type PlanFields,
  planQuery,
  printedPlan,
} from '../../api/class-plans.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { usePrintedPage } from '../../ui/use-printed-page.ts';
import { PlanForm } from './plan-form.tsx';

/** What can be done with a class as a whole. */
export function PlanActions({ plan }: { readonly plan: ClassPlanDetail }) {
  const t = useTranslations('plans');
  const [asked, setAsked] = useState<'edit' | 'remove' | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const printed = usePrintedPage(() => printedPlan(plan.id));
  const duplicating = useMutation({
    mutationFn: duplicatePlan,
    onSuccess: () => queries.invalidateQueries({ queryKey: PLAN_LISTS_KEY }),
  });
  const duplicate = (): void =>
    duplicating.mutate(plan.id, {
      // Nobody is taken away who has gone elsewhere meanwhile.
      onSuccess: ({ id }) => void navigate({ to: '/plans/$planId', params: { planId: id } }),
    });
  const problem = printed.problem ?? duplicating.error;
  const close = (): void => setAsked(null);
  return (
    <>
      <Button isBusy={printed.isPending} onClick={printed.open}>
        <Printer aria-hidden="true" />
        {t('print')}
      </Button>
      <Menu
        trigger={
          <Button isRound aria-label={t('more')} isBusy={duplicating.isPending}>
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => setAsked('edit')}>
          {t('edit')}
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden="true" />} onSelect={duplicate}>
          {t('duplicate')}
        </MenuItem>
        <MenuItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={() => setAsked('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      {problem !== null && <ProblemNotice problem={problem} />}
      {asked === 'edit' && <EditDialog plan={plan} onClose={close} />}
      {asked === 'remove' && <RemoveDialog plan={plan} onClose={close} />}
    </>
  );
}

interface PlanDialogProps {
  readonly plan: ClassPlanDetail;
  onClose(): void;
}

function EditDialog({ plan, onClose }: PlanDialogProps) {
  const t = useTranslations('plans');
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: (fields: PlanFields) => changePlan(plan.id, fields),
    onSuccess: async (changed) => {
      queries.setQueryData(planQuery(plan.id).queryKey, { ...plan, ...changed });
      await queries.invalidateQueries({ queryKey: PLAN_LISTS_KEY });
      onClose();
    },
  });
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('editTitle')}>
      <PlanForm
        plan={plan}
        action={t('form.save')}
        isBusy={changing.isPending}
        problem={changing.error}
        onSubmit={changing.mutate}
      />
    </Dialog>
  );
}

function RemoveDialog({ plan, onClose }: PlanDialogProps) {
  const t = useTranslations('plans');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const removing = useMutation({
    mutationFn: () => deletePlan(plan.id),
    onSuccess: async () => {
      toast(t('removed'));
      await navigate({ to: '/plans' });
      await queries.invalidateQueries({ queryKey: PLAN_LISTS_KEY });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t('removeTitle', { title: plan.title })}
      description={t('removeLead')}
      action={t('remove')}
      isBusy={removing.isPending}
      problem={removing.error}
      onConfirm={() => removing.mutate()}
    />
  );
}
