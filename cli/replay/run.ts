import { inOrder, merged } from '../../sim/replay/in-order.ts';
import { type Recorded, readEntry } from '../../sim/replay/recorded.ts';
import { replay } from '../../sim/replay/replay.ts';
import { isIn, type Part, Survey } from '../../sim/replay/survey.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { createProgress, type Progress } from '../progress.ts';
import { entriesOf } from './entries.ts';
import { readPolicySets } from './policy-sets.ts';
import { problemsText, replayText } from './print.ts';
import { openSource, type TextSource } from './source.ts';

export interface ReplayOptions {
  readonly policies: readonly string[];
  readonly settings?: string;
  /** Milliseconds since the epoch, as `to`. */
  readonly from?: number;
  readonly to?: number;
  readonly instance?: string;
  readonly region?: string;
  readonly tierTag?: string;
  readonly top: number;
  readonly json?: boolean;
}

/** The tag that tells tiers apart, where it occurs and no other is asked for. */
const USUAL_TIER_TAG = 'tier';

/** `escalator replay`: what policy sets would have changed in what was recorded. */
export async function runReplay(files: readonly string[], options: ReplayOptions, io: Io): Promise<ExitCode> {
  if (files.filter((file) => file === '-').length > 1)
    throw new UsageError('Stdin (-) can be read only once.');
  const sets = await readPolicySets(options.policies, options.settings, io.cwd);
  const sources = await Promise.all(files.map((file) => openSource(file, io)));
  const progress = createProgress(io);
  try {
    const survey = await surveyOf(sources, partOf(options), progress);
    if (survey.events === 0) throw new UsageError(nothingFound(survey, files));
    const region = options.region ?? survey.region ?? '';
    const tierTag = options.tierTag ?? (survey.tagNames.has(USUAL_TIER_TAG) ? USUAL_TIER_TAG : undefined);
    const total = survey.events + survey.messages;
    const result = await replay({
      recorded: merged(
        sources.map((source, index) => inOrder(recordedIn(source, survey.part), survey.disorderMs(index))),
      ),
      survey,
      files: sources.map(({ name }) => name),
      sets,
      region,
      ...(tierTag === undefined ? {} : { tierTag }),
      onTaken: (taken) => progress.show(`Replayed ${Math.floor((taken / total) * 100)} % of ${total} events`),
    });
    progress.end();
    io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : replayText(result, options.top));
    io.err(problemsText(result.recording));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

function partOf({ from, to, instance }: ReplayOptions): Part {
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError('--from must be before --to.');
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(instance === undefined ? {} : { instanceId: instance }),
  };
}

/** Goes through everything once: what is there, and how far it is out of order. */
async function surveyOf(sources: readonly TextSource[], part: Part, progress: Progress): Promise<Survey> {
  const survey = new Survey(part);
  for (const [index, source] of sources.entries()) {
    for await (const placed of entriesOf(source)) {
      const reading =
        'entry' in placed ? readEntry(placed.entry) : { kind: 'problem' as const, message: placed.problem };
      survey.add(reading, placed.where, index);
      progress.show(`Read ${survey.entries} entries`);
    }
  }
  return survey;
}

async function* recordedIn(source: TextSource, part: Part): AsyncGenerator<Recorded> {
  for await (const placed of entriesOf(source)) {
    const reading = 'entry' in placed ? readEntry(placed.entry) : undefined;
    if (reading?.kind === 'recorded' && isIn(reading.recorded, part)) yield reading.recorded;
  }
}

function nothingFound(survey: Survey, files: readonly string[]): string {
  const names = files.map((file) => (file === '-' ? 'stdin' : file)).join(', ');
  const expected =
    'Expected contact events as EventBridge delivers them, {"detail-type":"Amazon Connect Contact Event",…}, one JSON ' +
    'object a line or in a JSON list.';
  if (survey.entries === 0) return `${names} ${files.length === 1 ? 'is' : 'are'} empty. ${expected}`;
  const [first] = survey.examples;
  const found = [
    ...(survey.problems > 0 ? [`${survey.problems} that cannot be used`] : []),
    ...(survey.notTold > 0 ? [`${survey.notTold} of types that change nothing, such as INITIATED`] : []),
    ...(survey.messages > 0 ? [`${survey.messages} rule messages`] : []),
    ...(survey.leftOut > 0 ? [`${survey.leftOut} outside of --from, --to and --instance`] : []),
  ];
  return (
    `${names} ${files.length === 1 ? 'has' : 'have'} no contact event to replay: of ${survey.entries} ` +
    `${survey.entries === 1 ? 'entry' : 'entries'}, ${found.join(', ')}.` +
    `${first ? `\n  ${first.where}: ${first.message}` : ''}\n${expected}`
  );
}
