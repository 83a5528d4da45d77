import { visibleLine } from '../../lambda/domain/visible-text.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { openStateReader, type ReadState, type ReadStateOptions } from '../state/read-state.ts';
import { type Rendered, watchState } from '../state/watch-state.ts';
import { formatList } from './format.ts';
import { reasonForNone, type Selection, selectContacts, unknownNames } from './select.ts';

export interface ListOptions extends ReadStateOptions, Selection {
  /** Tags that are shown, each in a column. Default: those that the policies in force name. */
  readonly tag?: readonly string[];
  /** Seconds between two looks. Undefined: one look. */
  readonly watch?: number;
  readonly json?: boolean;
}

/**
 * `escalator list`: who waits, in the order in which Connect will answer. Reads, and changes nothing.
 *
 * @throws UsageError when an option is not usable, AwsError when a request fails.
 */
export async function list(options: ListOptions, io: CommandIo): Promise<ExitCode> {
  const reader = await openStateReader(options, io);
  try {
    await watchState(reader, options, io, (read) => render(read, options, io));
  } finally {
    reader.close();
  }
  return EXIT.ok;
}

function render(read: ReadState, options: ListOptions, io: CommandIo): Rendered {
  const queues = selectContacts(read, options);
  const shown = queues.flatMap(({ contacts }) => contacts.map(({ contact }) => contact));
  const { state, context } = read;
  if (options.json) {
    const { at, isPartial, unreadable } = state;
    const listed = queues.map(({ line: { contacts: _all, ...line }, contacts, hidden }) => ({
      ...line,
      contacts: contacts.map(({ contact, ...rest }) => ({ ...contact, ...rest })),
      hidden,
    }));
    const document = { at, queues: listed, isPartial, unreadable };
    return { text: `${JSON.stringify(document, null, options.watch ? 0 : 2)}\n`, shown };
  }
  const tagNames = options.tag ?? context.policies.tagNames;
  const unknown = unknownNames(state, options);
  const reasons = queues.length > 0 || unknown.length > 0 ? unknown : [reasonForNone(state, options)];
  const text = [
    ...(queues.length > 0 ? [formatList(queues, state.at, tagNames, io.columns)] : []),
    ...reasons.map((reason) => `${visibleLine(reason)}\n`),
  ].join('');
  return { text: text + incompleteWords(state, options), shown };
}

/** What is missing of what waits. */
export function incompleteWords(
  { isPartial, unreadable }: Pick<ReadState['state'], 'isPartial' | 'unreadable'>,
  { maxContacts }: Pick<ReadStateOptions, 'maxContacts'>,
): string {
  return [
    ...(isPartial
      ? [
          `More contacts wait than the ${maxContacts} that were read, so places are not known: see --max-contacts.\n`,
        ]
      : []),
    ...(unreadable > 0
      ? [
          `${plural(unreadable, 'contact')} left out: another version wrote ${unreadable === 1 ? 'its record' : 'their records'}.\n`,
        ]
      : []),
  ].join('');
}
