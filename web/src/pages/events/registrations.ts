import { $api, type Schemas } from '../../api/client';

export type Registration = Schemas['Registration'];

/** Who was invited to an event and who takes part, as far as the person may see. */
export function useRegistrations(event: number, limit: number, offset: number) {
  return $api.useQuery('get', '/registrations', { params: { query: { member: 'event', value: String(event), limit, offset, sort: 'unit' } } }, { placeholderData: (old) => old });
}
