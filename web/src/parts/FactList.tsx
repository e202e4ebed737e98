import { Fragment, type ReactNode } from 'react';

export interface Fact { key: string; label: ReactNode; children: ReactNode }

/** Names and values in two columns; in a narrow place a value stands below its name, and it never breaks inside a word. */
export function FactList({ items }: { items: Fact[] }) {
  return (
    <dl className="oko-facts">
      {items.map((one) => <Fragment key={one.key}><dt>{one.label}</dt><dd>{one.children}</dd></Fragment>)}
    </dl>
  );
}
