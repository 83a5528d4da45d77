import { isScalar, parseDocument } from 'yaml';
import { edited } from './text-edit.ts';

/** The text of a policy with `mode: observe`: it changes nothing, and what it would have set is recorded. */
export function observing(text: string): string {
  const document = parseDocument(text, { merge: true });
  const mode: unknown = document.get('mode', true);
  if (isScalar(mode) && mode.range) {
    return edited(text, [{ from: mode.range[0], to: mode.range[1], text: 'observe' }]);
  }
  const isBlock = /^[A-Za-z]/m.test(text) && !text.trimStart().startsWith('{');
  if (isBlock && mode === undefined) return `${text.trimEnd()}\nmode: observe\n`;
  document.set('mode', 'observe');
  return String(document);
}
