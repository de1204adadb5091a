import type { ChoiceProps } from './choice.ts';
import { SelectField } from './field.tsx';

/** As the system shows it. */
export function OptionField<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <SelectField
      label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const option = options.find((each) => each.value === currentTarget.value);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </SelectField>
  );
}
