import type { Schemas } from '../../api/client';

type Language = 'ru' | 'en';
export interface Offer { name: string; insert: string; words: string; kind: 'variable' | 'function' }

/** Everything that a formula may name, with words. */
export function offersOf(list: Schemas['VariableList'], language: Language): Offer[] {
  return [
    ...list.functions.map((one): Offer => ({ name: one.call, insert: `${one.code}(`, words: one[language], kind: 'function' })),
    ...list.items.map((one): Offer => ({ name: one.code, insert: one.code, words: one[language], kind: 'variable' })),
  ];
}

/** The piece of a word before the caret: letters of any alphabet, figures, underscores. */
export function wordBefore(text: string, caret: number): { from: number; word: string } {
  const found = /[\p{L}_][\p{L}\d_]*$/u.exec(text.slice(0, caret));
  return found ? { from: found.index, word: found[0] } : { from: caret, word: '' };
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

function rank(offer: Offer, word: string): number {
  const name = plain(offer.name);
  const words = plain(offer.words);
  if (name.startsWith(word)) return 0;
  if (name.includes(word)) return 1;
  if (words.split(/\s+/).some((one) => one.startsWith(word))) return 2;
  return words.includes(word) ? 3 : -1;
}

/** Offers that fit what was typed: by name, or by what they mean. */
export function fitting(offers: Offer[], word: string, most = 12): Offer[] {
  const wanted = plain(word);
  if (wanted === '') return offers.slice(0, most);
  return offers.map((offer) => ({ offer, at: rank(offer, wanted) })).filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at).slice(0, most).map(({ offer }) => offer);
}

/** The place of a fault in the text of a browser: the server counts characters, a browser units of UTF-16. */
export function pieceOf(text: string, offset: number, length: number): { from: number; to: number } {
  const letters = [...text];
  const from = letters.slice(0, offset).join('').length;
  const piece = letters.slice(offset, offset + length).join('');
  return { from, to: from + Math.max(piece.length, 0) };
}
