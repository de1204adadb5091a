import { DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { PageOf, PageQuerySchema, QueryText } from './fields.ts';

const MOVE_FIELDS = {
  id: Type.String({ description: 'What revisions name a move by', examples: ['double_cross_body_lead'] }),
  name: Type.String({ examples: ['Cross body lead'] }),
  label: Type.String({ description: 'Family, such as body_wave', examples: ['cross_body_lead'] }),
  difficulty: Type.Enum([...DIFFICULTIES]),
  energy_level: Type.Enum([...ENERGY_LEVELS]),
  style: Type.Enum([...STYLES]),
  duration: Type.Number({ description: "Length of the clip's file in seconds", examples: [9.2] }),
  counts: Type.Integer({ description: 'Whole counts of dance in the clip', examples: [16] }),
  tempo: Type.Number({ description: "The clip's own tempo, beats per minute", examples: [129] }),
};

const MoveSchema = Type.Object(MOVE_FIELDS, { title: 'Move' });
export const MovePageSchema = PageOf(MoveSchema);

export const MoveQuerySchema = Type.Object({
  ...PageQuerySchema,
  difficulty: QueryText(`One of ${DIFFICULTIES.join(', ')}`),
  energy_level: QueryText(`One of ${ENERGY_LEVELS.join(', ')}`),
  style: QueryText(`One of ${STYLES.join(', ')}`),
  label: QueryText('The whole family name, in any case'),
  counts: QueryText('Exactly so many counts of dance'),
  search: QueryText('Part of the name or of the family, in any case'),
  ordering: QueryText(
    'name, label, difficulty, energy_level, counts, duration or tempo; a minus in front turns it round',
  ),
});
export type MoveQuery = Static<typeof MoveQuerySchema>;
