/** What is asked about. */
export type HowSource =
  | { kind: 'sign'; unit: number; procedure: string; class?: string | null; run?: number }
  | { kind: 'result'; unit: number; procedure: string; rule: string; run?: number }
  | { kind: 'value'; id: number; published?: boolean };
