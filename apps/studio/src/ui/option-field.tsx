import { SelectField } from './field.tsx';

interface OptionFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: NoInfer<Value>; readonly label: string }[];
  onChange(value: NoInfer<Value>): void;
}

/** One of a few, as the system shows it; what is chosen holds at once. */
export function OptionField<Value extends string>({
  label,
  value,
  options,
  onChange,
}: OptionFieldProps<Value>) {
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
