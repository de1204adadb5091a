import { Tabs as RadixTabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import styles from './tabs.module.css';

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly {
    readonly value: NoInfer<Value>;
    readonly label: ReactNode;
    readonly content: ReactNode;
  }[];
  /**
   * Whether what was in sight once stays behind the others, with all that was entered in it. It is for the panel then to be
   * quiet where it is not seen. Default: it begins anew each time.
   */
  readonly areKept?: boolean;
  onChange(value: NoInfer<Value>): void;
}

/** Several ways to the same, one of them in sight. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, value, tabs, areKept = false, onChange } = props;
  const [seen, setSeen] = useState<readonly Value[]>([value]);
  if (!seen.includes(value)) setSeen([...seen, value]);
  return (
    <RadixTabs.Root
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((each) => each.value === chosen);
        if (tab !== undefined) onChange(tab.value);
      }}
    >
      <RadixTabs.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content
          key={tab.value}
          value={tab.value}
          className={styles.content}
          tabIndex={-1}
          {...(areKept && seen.includes(tab.value)
            ? { forceMount: true as const, hidden: tab.value !== value }
            : {})}
        >
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
