const WHAT_TO_DO = ' What to do: ';

/** What the description of an alarm says. */
export interface AlarmDescription {
  /** How severe it is, and what it means. */
  readonly meaning: string;
  /** Where the runbook says what to do. Absent: it does not say, or another version wrote it. */
  readonly runbookUrl?: string;
}

/** The description that the stack gives to an alarm. */
export function formatAlarmDescription({ meaning, runbookUrl }: Required<AlarmDescription>): string {
  return `${meaning}${WHAT_TO_DO}${runbookUrl}`;
}

/** What a description says that {@link formatAlarmDescription} wrote; of any other text: the text as its meaning. */
export function parseAlarmDescription(text: string): AlarmDescription {
  const start = text.lastIndexOf(WHAT_TO_DO);
  const runbookUrl = text.slice(start + WHAT_TO_DO.length);
  if (start === -1 || !/^https?:\/\/\S+$/.test(runbookUrl)) return { meaning: text };
  return { meaning: text.slice(0, start), runbookUrl };
}
