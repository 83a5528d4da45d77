import * as z from 'zod/mini';
import { describeValue } from '../../lambda/domain/validation/problem.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import type { Snapshot } from './parameter-store.ts';
import { isEncrypted } from './stored.ts';

/** What `escalator pause` writes: who stopped the calls, when, and why. */
export interface PauseRecord {
  readonly who: string;
  /** A time in ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

const recordSchema = z.object({ who: z.string(), at: z.string(), reason: z.string() });

/** The record as the text of a parameter. SSM refuses a text with `{{`, which a reason may contain. */
export function formatPauseRecord({ who, at, reason }: PauseRecord): string {
  return JSON.stringify({ who, at, reason }).replaceAll('{{', '{\\u007b');
}

/** A sentence about the pause, and one about each parameter that the system takes for it, with a line end each. */
export function formatPauses({
  pause,
  otherPauses,
  misnomers,
}: Pick<Snapshot, 'pause' | 'otherPauses' | 'misnomers'>): string {
  return [
    ...(pause === undefined
      ? []
      : [`Calls are paused ${describePause(pause)} (escalator resume ends it).\n`]),
    ...otherPauses.map(
      (name) =>
        `Calls are paused by ${name}, which is nearly the name of the pause. To end it: ` +
        `aws ssm delete-parameter --name ${name}\n`,
    ),
    ...misnomers.map(
      (name) =>
        `${name} pauses nothing: nobody reads a parameter of that name. To stop calls: escalator pause. ` +
        `To remove it: aws ssm delete-parameter --name ${name}\n`,
    ),
  ].join('');
}

/** Says since when and why calls are paused, as far as the parameter says so; it follows "are paused". */
export function describePause({ text, type }: NonNullable<Snapshot['pause']>): string {
  if (isEncrypted({ type })) return 'by a SecureString, whose text is encrypted';
  const record = parsePauseRecord(text);
  return record
    ? visibleLine(`since ${record.at}, by ${record.who}: ${record.reason}`)
    : `by somebody who is not named in its text: ${describeValue(text)}`;
}

/** @param value - the text of the parameter, or what it holds. @returns undefined for what no command wrote. */
export function parsePauseRecord(value: unknown): PauseRecord | undefined {
  try {
    return recordSchema.safeParse(typeof value === 'string' ? JSON.parse(value) : value).data;
  } catch {
    return undefined;
  }
}
