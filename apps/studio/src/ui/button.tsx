import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { join } from './join.ts';

export interface ButtonLook {
  /** `primary`: the one thing to do here. `quiet`: without a ground of its own. Default `secondary`. */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  /** Shows a picture alone: it needs an `aria-label`. */
  readonly isRound?: boolean;
}

interface ButtonProps extends ButtonLook, ComponentProps<'button'> {
  /** Its work is under way: it can be reached, but does nothing. */
  readonly isBusy?: boolean;
}

/** What a press does something by. */
export function Button({
  look,
  size,
  isRound,
  isBusy = false,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      className={join(classOf({ look, size, isRound }), className)}
      // A form without a button to submit it is submitted by the Enter key all the same.
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    />
  );
}

interface PlainLinkProps extends ButtonLook, ComponentProps<'a'> {}

function PlainLink({ look, size, isRound, className, ...rest }: PlainLinkProps) {
  return <a {...rest} className={join(classOf({ look, size, isRound }), className)} />;
}

/** A way to another view that looks like a button. */
export const ButtonLink = createLink(PlainLink);

/** A way out of the page: a download, a printed sheet. */
export const ButtonAnchor = PlainLink;

interface LookOf {
  readonly look: ButtonLook['look'] | undefined;
  readonly size: ButtonLook['size'] | undefined;
  readonly isRound: boolean | undefined;
}

function classOf({ look = 'secondary', size = 'medium', isRound }: LookOf): string {
  return join(styles.button, styles[look], styles[size], isRound && styles.round);
}
