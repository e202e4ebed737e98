export type ToastKind = 'success' | 'error' | 'warning' | 'info';
export interface Toast { kind: ToastKind; text: string; seconds: number }

const waiting: Toast[] = [];
let show: ((toast: Toast) => void) | null = null;
let call: () => void = () => undefined;

function say(kind: ToastKind, text: string, seconds: number): void {
  const toast = { kind, text, seconds };
  if (show) show(toast);
  else { waiting.push(toast); call(); }
}

/** Short words at the top of the page, read out by screen readers. They are shown by app/Toaster, loaded at the first one. */
export const toast = {
  success: (text: string) => say('success', text, 3),
  info: (text: string) => say('info', text, 4),
  warning: (text: string) => say('warning', text, 6),
  error: (text: string) => say('error', text, 8),
};

/** For the frame alone: `wake` is called at the first toast, `take` hands over those that wait. */
export const toasts = {
  wake(fn: () => void) { call = fn; if (waiting.length > 0) fn(); },
  take(fn: ((toast: Toast) => void) | null) { show = fn; if (fn) waiting.splice(0).forEach(fn); },
};
