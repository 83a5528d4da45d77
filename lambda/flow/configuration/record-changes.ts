import { isMeantAsPause, isOfFamily, SETTINGS } from '../../domain/configuration/parameter-name.ts';
import { defined } from '../../domain/json.ts';
import type { ConfiguredLine } from '../../domain/outgoing-events/lines.ts';
import type { Clock } from '../ports.ts';
import type {
  CompilerPorts,
  Parameter,
  ParameterAuthor,
  ReportedConfiguration,
  UnreportedChange,
} from './ports.ts';

/** Parameters whose authors one look asks for, at most: SSM grants few requests. The next look goes on. */
const MAX_QUESTIONS = 30;

/** Changes that wait to be reported, at most. Others are recorded once these are reported. */
const MAX_UNREPORTED = 500;

const MAX_TRIES = 3;

/** What recording changes needs from outside. */
export type RecordChangesPorts = Pick<CompilerPorts, 'parameters' | 'reported'> & {
  readonly clock: Pick<Clock, 'now'>;
};

/**
 * Records who wrote the parameters that changed since the last look, as SSM reports it, for the sweep to report: also
 * where a parameter is deleted before the sweep, and SSM forgets its authors.
 *
 * @param parameters - as the compiler read them.
 * @throws what SSM or DynamoDB answers. What was not recorded then, the next look finds.
 */
export async function recordChanges(
  parameters: readonly Parameter[],
  ports: RecordChangesPorts,
): Promise<void> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const { reported: before, revision } = (await ports.reported.load()) ?? NOTHING;
    const { after, failures } = await changesSince(before, parameters, ports);
    // Somebody else may have recorded the same meanwhile: then another look finds less to do.
    const isSaved = after === before || (await ports.reported.save(after, revision));
    if (failures.length > 0) throw failures[0];
    if (isSaved) return;
  }
}

/** What is known before the first look. */
const NOTHING = { reported: { versions: {}, unreported: [] } as ReportedConfiguration, revision: 0 };

/** Adds the changes between what was recorded and the parameters as they are. */
async function changesSince(
  before: ReportedConfiguration,
  parameters: readonly Parameter[],
  { parameters: source, clock }: RecordChangesPorts,
): Promise<{ readonly after: ReportedConfiguration; readonly failures: readonly unknown[] }> {
  const versions = new Map(Object.entries(before.versions));
  const unreported: UnreportedChange[] = [...before.unreported];
  const failures: unknown[] = [];
  const add = (line: ConfiguredLine) => unreported.push({ id: idOf(line), line });
  let questions = 0;
  // One after the other: SSM grants few requests.
  for (const { name, version, modifiedAt } of parameters.filter(isRead)) {
    const known = versions.get(name);
    if (known?.version === version && known.modifiedAt === modifiedAt) continue;
    if (questions === MAX_QUESTIONS || unreported.length >= MAX_UNREPORTED) break;
    questions += 1;
    try {
      const authors = await source.authors(name);
      const current = { version, ...defined({ modifiedAt }) };
      const fresh = authors.filter((one) => isAfter(one, known) && !isAfter(one, current));
      // Where nothing was ever recorded, only what is in force now is of interest.
      const reported = before === NOTHING.reported ? fresh.slice(-1) : fresh;
      for (const one of reported.length > 0 ? reported : [current]) add(writtenLine(name, one));
      versions.set(name, current);
    } catch (error) {
      failures.push(error);
      break;
    }
  }
  const names = new Set(parameters.map(({ name }) => name));
  for (const [parameter, { version }] of Object.entries(before.versions)) {
    if (names.has(parameter)) continue;
    add({ parameter, change: 'deleted', parameterVersion: version, at: isoTime(clock.now()) });
    versions.delete(parameter);
  }
  const isSame = unreported.length === before.unreported.length;
  return { after: isSame ? before : { versions: Object.fromEntries(versions), unreported }, failures };
}

/** The parameters that decide something. */
function isRead({ name }: Parameter): boolean {
  return isOfFamily(name) || name === SETTINGS || isMeantAsPause(name);
}

/** By the time: the versions of a parameter that was deleted and created again begin anew. */
function isAfter(
  one: Pick<ParameterAuthor, 'version' | 'modifiedAt'>,
  other: Pick<ParameterAuthor, 'version' | 'modifiedAt'> | undefined,
): boolean {
  if (!other) return true;
  const [at, otherAt] = [one.modifiedAt ?? 0, other.modifiedAt ?? 0];
  return at === otherAt ? one.version > other.version : at > otherAt;
}

function writtenLine(
  parameter: string,
  { version, modifiedAt, modifiedBy }: ParameterAuthor,
): ConfiguredLine {
  const at = modifiedAt === undefined ? undefined : isoTime(modifiedAt);
  return { parameter, change: 'written', parameterVersion: version, ...defined({ modifiedBy, at }) };
}

function idOf({ parameter, change, parameterVersion, at = '' }: ConfiguredLine): string {
  return ['configured', parameter, change, parameterVersion, at].join('/');
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
