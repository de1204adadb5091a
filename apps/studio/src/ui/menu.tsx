import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { ChoiceProps } from './choice.ts';
import { join } from './join.ts';
import styles from './menu.module.css';
import { portalRoot } from './portal-root.ts';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
}

/** Actions behind a button. */
export function Menu({ trigger, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={portalRoot() ?? document.getElementById('main')}>
        <DropdownMenu.Content className={styles.content} align="end" sideOffset={6} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  /** Whether the menu stays open: for what is done several times. */
  readonly staysOpen?: boolean;
  readonly children: ReactNode;
  onSelect(): void;
}

export function MenuItem({ icon, isDangerous, staysOpen = false, children, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={join(styles.item, isDangerous && styles.dangerous)}
      onSelect={(event) => {
        if (staysOpen) event.preventDefault();
        onSelect();
      }}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuSwitchProps {
  readonly isOn: boolean;
  readonly children: ReactNode;
  onChange(): void;
}

/** What is either on or off. */
export function MenuSwitch({ isOn, children, onChange }: MenuSwitchProps) {
  return (
    <DropdownMenu.CheckboxItem checked={isOn} onCheckedChange={onChange} className={styles.item}>
      <span className={styles.dot} aria-hidden="true">
        <DropdownMenu.ItemIndicator className={styles.chosen} />
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

/** One of a few inside a menu. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <>
      <DropdownMenu.Label className={styles.label}>{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        value={value}
        onValueChange={(chosen) => {
          const option = options.find((each) => each.value === chosen);
          if (option !== undefined) onChange(option.value);
        }}
      >
        {options.map((option) => (
          <DropdownMenu.RadioItem key={option.value} value={option.value} className={styles.item}>
            <span className={styles.dot} aria-hidden="true">
              <DropdownMenu.ItemIndicator className={styles.chosen} />
            </span>
            {option.label}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className={styles.line} />;
}
