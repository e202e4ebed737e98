import { useEffect, useRef } from 'react';

/** Single keys of the whole frame; silent while something is typed or a dialog is open. */
export function useKeys(keys: Record<string, () => void>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]')) return;
      // The key in the Russian layout gives "." for "/" and "," for "?": the place on the keyboard counts as well.
      const key = event.code === 'Slash' ? (event.shiftKey ? '?' : '/') : event.key;
      const act = current.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
