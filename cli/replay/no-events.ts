import type { RecordingScan } from '../../sim/replay/recording-scan.ts';
import { formatTime, plural } from '../format.ts';
import { formatProblem } from './format.ts';

/**
 * Why a recording is of no use, and what it should have.
 *
 * @param purpose - such as `to replay`.
 */
export function formatNoEvents(scan: RecordingScan, files: readonly string[], purpose: string): string {
  const names = files.map((file) => (file === '-' ? 'stdin' : file)).join(', ');
  const isSingle = files.length === 1;
  const expected =
    'Expected contact events as EventBridge delivers them, {"detail-type":"Amazon Connect Contact Event",…}, ' +
    'one JSON object per line or in a JSON list.';
  if (scan.entries === 0) return `${names} ${isSingle ? 'is' : 'are'} empty. ${expected}`;
  // A problem that says what was found, or how to convert it, before one that does not.
  const isBare = ({ message }: { message: string }) => message.endsWith('one JSON object per line.');
  const [example] = scan.problemExamples.toSorted((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const counts = [
    ...(scan.problems > 0 ? [`${scan.problems} not readable`] : []),
    ...(scan.ignored > 0 ? [`${scan.ignored} of types that change nothing, such as INITIATED`] : []),
    ...(scan.messages > 0 ? [plural(scan.messages, 'rule message')] : []),
    ...(scan.excluded > 0 ? [formatExcluded(scan)] : []),
  ];
  return (
    `${names} ${isSingle ? 'has' : 'have'} no contact event ${purpose}: of ` +
    `${plural(scan.entries, 'entry', 'entries')}, ${counts.join(', ')}.` +
    `${example ? `\n  ${formatProblem({ ...example, count: 1 })}` : ''}\n${expected}`
  );
}

/** How many entries the options leave out, and what these have instead. */
function formatExcluded({
  part,
  excluded,
  excludedFrom,
  excludedTo,
  excludedInstances,
}: RecordingScan): string {
  const isTimeGiven = part.from !== undefined || part.to !== undefined;
  const given = [
    ...(part.from === undefined ? [] : ['--from']),
    ...(part.to === undefined ? [] : ['--to']),
    ...(part.instanceId === undefined ? [] : ['--instance-id']),
  ];
  const has = [
    ...(isTimeGiven ? [`they are from ${formatTime(excludedFrom)} to ${formatTime(excludedTo)}`] : []),
    ...(part.instanceId === undefined
      ? []
      : [`their instances are ${[...excludedInstances].sort().join(', ')}`]),
  ];
  return `${excluded} excluded by ${given.join(' and ')} (${has.join('; ')})`;
}
