export const LEVELS = ['no_data', 'none', 'attention', 'signs', 'strong'] as const;
export type Level = (typeof LEVELS)[number];
export const FAMILIES = ['level', 'threshold', 'roster', 'pattern', 'time'] as const;
export type Family = (typeof FAMILIES)[number];

/** Does the level ask for a look? */
export const speaks = (level: unknown): boolean => level === 'attention' || level === 'signs' || level === 'strong';
export const rankOf = (level: unknown): number => LEVELS.indexOf(level as Level);

/** The picture that tells of a family where none of its checks stands out. */
export const PLAIN: Record<Family, string> = { level: 'level', threshold: 'bunching', roster: 'absence', pattern: 'profile', time: 'agree' };
