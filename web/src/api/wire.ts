// What the calls share: token against cross-site requests, language, and what to do when the session has ended.

type Listener = (online: boolean) => void;

let csrf = '';
let language = 'ru';
let askToSignIn: (() => Promise<boolean>) | null = null;
let online = true;
const listeners = new Set<Listener>();

export const wire = {
  get csrf() { return csrf; },
  setCsrf(value: string) { csrf = value; },
  get language() { return language; },
  setLanguage(value: string) { language = value; },
  /** ask: shows the sign-in over the page; true when the same person has signed in again. */
  onExpired(ask: (() => Promise<boolean>) | null) { askToSignIn = ask; },
  async signInAgain(): Promise<boolean> { return askToSignIn ? askToSignIn() : false; },
  get online() { return online; },
  setOnline(value: boolean) {
    if (online === value) return;
    online = value;
    listeners.forEach((tell) => tell(value));
  },
  onOnline(listener: Listener): () => void {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  },
};
