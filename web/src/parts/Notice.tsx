import type { ReactNode } from 'react';

/** A whole page that says one thing: what is the matter, why, and the way on. */
export function Notice({ title, what, children }: { title: string; what: ReactNode; children?: ReactNode }) {
  return (
    <div className="oko-notice">
      <h1 className="oko-h">{title}</h1>
      <p>{what}</p>
      {children}
    </div>
  );
}
