import flows from '../../../reference/cycle/flows.json';

export interface FlowAction {
  name: string;
  from: string[];
  to: string;
  roles: string[];
  requires?: string[];
  allows?: string[];
  links?: string[];
  choices?: Record<string, string[]>;
  body_requires?: string[];
  sets_due?: string;
}
interface Flow { states: string[]; final: string[]; actions: FlowAction[]; due_days?: Record<string, number> }

const kinds = flows.kinds as unknown as Record<string, Flow>;

/** The kinds of records: the same file of rules that the server keeps to. */
export type RecordKind = keyof typeof flows.kinds;

export const flowOf = (kind: RecordKind): Flow => kinds[kind];
export const actionOf = (kind: RecordKind, name: string): FlowAction | undefined => kinds[kind].actions.find((action) => action.name === name);

/** Paths of the kinds in the API: "roadmap-row" → "/roadmap-rows". */
export const PATHS = {
  roadmap: '/roadmaps', 'roadmap-row': '/roadmap-rows', event: '/events', registration: '/registrations', 'survey-answer': '/survey-answers',
  indicator: '/indicators', campaign: '/campaigns', form: '/forms', note: '/notes', case: '/cases', recommendation: '/recommendations', advice: '/advice',
  'catalogue-measure': '/catalogue-measures', measure: '/measures', observation: '/observations', recheck: '/rechecks', template: '/templates', 'effect-report': '/effect-reports',
} as const satisfies Record<RecordKind, string>;

/** Pages where a record of the kind is looked at. */
export const PAGES: Partial<Record<RecordKind, string>> = {
  roadmap: '/roadmap', 'roadmap-row': '/roadmap/rows', event: '/events', indicator: '/indicators', campaign: '/monitoring/campaigns', form: '/monitoring/forms',
  note: '/notes', case: '/cases', recommendation: '/recommendations', measure: '/measures',
  observation: '/observations', recheck: '/rechecks',
};

/** Kinds that are looked at on one page together. */
const TOGETHER: Partial<Record<RecordKind, string>> = {
  advice: '/recommendations/base', 'catalogue-measure': '/measures/catalogue', template: '/recommendations/templates', 'effect-report': '/effect',
};

/** Address of the page of a record. */
export function pageOf(kind: string, id: number): string | null {
  const page = PAGES[kind as RecordKind];
  return page ? `${page}/${id}` : (TOGETHER[kind as RecordKind] ?? null);
}
