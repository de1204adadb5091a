import { useTranslations } from 'use-intl';
import { LEVELS } from '../../api/levels.ts';
import { SONG_PARTS } from '../../api/song-parts.ts';
import { Choice } from '../../ui/choice.tsx';
import { MoveChooser } from '../../ui/move-chooser.tsx';
import { OptionField } from '../../ui/option-field.tsx';
import { ENERGIES, type Extent, LENGTHS_SEC, STYLES, type WishForm } from './wish-form.ts';

const EXTENTS: readonly Extent[] = [
  'whole',
  ...LENGTHS_SEC.map((lengthSec) => `length:${lengthSec}` as const),
  ...SONG_PARTS.map((part) => `part:${part}` as const),
];

interface WishFieldsProps {
  readonly form: WishForm;
  onChange(form: WishForm): void;
}

/** What a dance is to be like. */
export function WishFields({ form, onChange }: WishFieldsProps) {
  const t = useTranslations('make');
  const words = useTranslations('choices');
  const extentWords = (extent: Extent): string => {
    const part = SONG_PARTS.find((each) => extent === `part:${each}`);
    if (part !== undefined) return t('extentPart', { part: words(`part.${part}`) });
    return extent === 'whole' ? t('extentWhole') : t('extentLength', { seconds: Number(extent.slice(7)) });
  };
  return (
    <>
      <Choice
        label={t('level')}
        value={form.level}
        options={LEVELS.map((value) => ({ value, label: words(`level.${value}`) }))}
        onChange={(level) => onChange({ ...form, level })}
      />
      <Choice
        label={t('energy')}
        value={form.energy}
        options={(['any', ...ENERGIES] as const).map((value) => ({ value, label: words(`energy.${value}`) }))}
        onChange={(energy) => onChange({ ...form, energy })}
      />
      <Choice
        label={t('style')}
        value={form.style}
        options={(['any', ...STYLES] as const).map((value) => ({ value, label: words(`style.${value}`) }))}
        onChange={(style) => onChange({ ...form, style })}
      />
      <OptionField
        label={t('extent')}
        value={form.extent}
        options={EXTENTS.map((value) => ({ value, label: extentWords(value) }))}
        onChange={(extent) => onChange({ ...form, extent })}
      />
      <MoveChooser
        label={t('wanted')}
        prompt={t('addWanted')}
        chosen={form.wanted}
        others={form.refused}
        onChange={(wanted) => onChange({ ...form, wanted })}
      />
      <MoveChooser
        label={t('refused')}
        prompt={t('addRefused')}
        chosen={form.refused}
        others={form.wanted}
        onChange={(refused) => onChange({ ...form, refused })}
      />
    </>
  );
}
