import type { FormRule } from 'antd';

/** The second field repeats the first. */
export const same = (field: string | (string | number)[], words: string): FormRule => ({ getFieldValue }) => ({
  validator: (_, value) => (!value || value === getFieldValue(field) ? Promise.resolve() : Promise.reject(new Error(words))),
});
