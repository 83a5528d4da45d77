import * as z from 'zod/mini';

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

/** Says since when and why calls are paused, as far as the text of the parameter says so. */
export function describePause(text: string): string {
  const record = parsePauseRecord(text);
  return record
    ? `since ${record.at}, by ${record.who}: ${record.reason}`
    : 'its text does not say who paused them';
}

function parsePauseRecord(text: string): PauseRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
