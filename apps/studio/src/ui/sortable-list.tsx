import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import styles from './sortable-list.module.css';

/** Below this a press is a press. */
const DRAG_DISTANCE_PX = 6;

interface SortableListProps {
  /** In their order. */
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly label?: string;
  readonly className?: string | undefined;
  /** A row for each of them: see {@link useSortableRow}. */
  readonly children: ReactNode;
  /** @param to place in the order, from 0 */
  onMove(id: string, to: number): void;
}

/** What stands in an order that is changed by dragging, with a pointer or with the keyboard. */
export function SortableList({ items, label, className, children, onMove }: SortableListProps) {
  const t = useTranslations('shell.sort');
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_DISTANCE_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const placeOf = (id: string | number): number => items.findIndex((item) => item.id === id);
  const said = (id: string | number, overId: string | number = id) => ({
    name: items[placeOf(id)]?.name ?? '',
    place: placeOf(overId) + 1,
    count: items.length,
  });
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    if (over !== null && over.id !== active.id) onMove(String(active.id), placeOf(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: { draggable: t('how') },
        announcements: {
          onDragStart: ({ active }) => t('start', said(active.id)),
          onDragOver: ({ active, over }) => t('over', said(active.id, over?.id)),
          onDragEnd: ({ active, over }) => t('end', said(active.id, over?.id)),
          onDragCancel: ({ active }) => t('cancel', said(active.id)),
        },
      }}
    >
      <SortableContext items={items.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className={className} aria-label={label}>
          {children}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

type Sortable = ReturnType<typeof useSortable>;

interface SortableRow {
  /** Of the row's `li`. */
  readonly row: Pick<ComponentProps<'li'>, 'ref' | 'style'>;
  /** Of its {@link Grip}. */
  readonly grip: Pick<Sortable, 'attributes' | 'listeners' | 'setActivatorNodeRef'>;
  readonly isDragging: boolean;
}

/** What makes a row one of a {@link SortableList}. */
export function useSortableRow(id: string, { isFixed = false } = {}): SortableRow {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id, disabled: isFixed });
  return {
    row: { ref: setNodeRef, style: { transform: CSS.Translate.toString(transform), transition } },
    grip: { attributes, listeners, setActivatorNodeRef },
    isDragging,
  };
}

/** By which a row is taken. */
export function Grip({ grip, label }: { readonly grip: SortableRow['grip']; readonly label: string }) {
  return (
    <button
      type="button"
      ref={grip.setActivatorNodeRef}
      className={styles.grip}
      {...grip.attributes}
      {...grip.listeners}
      aria-label={label}
    >
      <GripVertical aria-hidden="true" />
    </button>
  );
}
