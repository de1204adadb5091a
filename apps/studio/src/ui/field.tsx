import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';
import { useFieldProblem } from './field-problems.ts';
import { join } from './join.ts';

interface FieldText {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with what was typed; default: what the form around it knows of it. */
  readonly error?: string | undefined;
  /** The label is for those who hear the page: others see what it is. */
  readonly isLabelHidden?: boolean;
  readonly className?: string | undefined;
}

interface FieldFrameProps extends FieldText {
  /** Under which it is sent. */
  readonly name: string | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}

/** What a control needs so that its label, hint and error belong to it. */
interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function FieldFrame({ name, label, hint, isLabelHidden, className, children, ...own }: FieldFrameProps) {
  const id = useId();
  const known = useFieldProblem(name);
  const error = own.error ?? known;
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const describedBy = join(hint !== undefined && hintId, error !== undefined && errorId);
  return (
    <div className={join(styles.field, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({
        id,
        className: join(styles.control, error !== undefined && styles.wrong),
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

function split<Props extends FieldText>(props: Props): [FieldText, Omit<Props, keyof FieldText>] {
  const { label, hint, error, isLabelHidden, className, ...rest } = props;
  const text = { label, hint, error, className, ...(isLabelHidden === undefined ? {} : { isLabelHidden }) };
  return [text, rest];
}

/** One line to type. */
export function TextField(props: FieldText & Omit<ComponentProps<'input'>, keyof FieldText>) {
  const [text, rest] = split(props);
  return (
    <FieldFrame {...text} name={props.name}>
      {(control) => <input type="text" {...rest} {...control} />}
    </FieldFrame>
  );
}

/** Several lines to type. */
export function TextArea(props: FieldText & Omit<ComponentProps<'textarea'>, keyof FieldText>) {
  const [text, rest] = split(props);
  return (
    <FieldFrame {...text} name={props.name}>
      {(control) => <textarea rows={3} {...rest} {...control} />}
    </FieldFrame>
  );
}

/** One of a few, as the system shows it. */
export function SelectField(props: FieldText & Omit<ComponentProps<'select'>, keyof FieldText>) {
  const [text, rest] = split(props);
  return (
    <FieldFrame {...text} name={props.name}>
      {(control) => <select {...rest} {...control} />}
    </FieldFrame>
  );
}

interface CheckFieldProps extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** Yes or no. */
export function CheckField({ label, hint, className, ...rest }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={join(styles.check, className)}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
