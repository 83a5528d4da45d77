import { actingSettings, type SettingsInForce } from '../../domain/configuration/acting-settings.ts';
import { type CompiledConfiguration, decidesTheSame } from '../../domain/configuration/compiled.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../domain/deployment-constants.ts';
import { defined, sameJson } from '../../domain/json.ts';
import { type CompiledState, compile, compileState } from './compile.ts';
import type { CompilerPorts, Parameter, PublishedConfiguration } from './ports.ts';
import { recordChanges } from './record-changes.ts';

const MAX_TRIES = 8;

/** Others kept publishing configurations at the same time. */
export class ContendedConfigurationError extends Error {
  override readonly name = 'ContendedConfigurationError';
}

/**
 * Reads all parameters, compiles the configuration, and publishes it if it changed. If handlers will decide otherwise,
 * all queued contacts are reconciled once every function has the new version. The message for that is sent before the
 * publication: a crash in between leaves a redundant message, never contacts that nobody looks at.
 *
 * Then it is recorded who changed which parameter: nothing that is published waits for that.
 *
 * What stops the calls is published first and by itself: it does not depend on whether the rest succeeds. Where SSM
 * cannot be read, nothing is published, and what is in force stays.
 *
 * @returns true if a new version was published.
 * @throws what SSM answers, HistoryUnreadableError, or ContendedConfigurationError.
 */
export async function publishConfiguration(ports: CompilerPorts): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    // A push of many policies has as many functions compile at once.
    if (attempt > 0) await ports.backOff(attempt);
    // Before SSM is read: if another function publishes in between, this publication fails.
    const before = await ports.published.load();
    const parameters = await ports.parameters.read();
    const compiledState = await compileState(parameters, before, ports);
    const state = defined({ settings: compiledState.settings.part, pause: compiledState.pause });
    // The histories of many policies take long, and anything may fail after this: an order to stop waits for nothing.
    if (before && stops(before, state)) {
      await ports.published.publishState(state, before.revision);
      continue;
    }
    let result: Awaited<ReturnType<typeof publishAll>>;
    try {
      result = await publishAll(parameters, before, compiledState, ports);
    } catch (error) {
      if (before) await publishState(state, before, ports.published);
      throw error;
    }
    if (result === 'conflict') continue;
    await recordChanges(parameters, ports);
    return result === 'published';
  }
  throw new ContendedConfigurationError(
    `Others published a configuration ${MAX_TRIES} times in a row. It is compiled again within a minute.`,
  );
}

/** Publishes the configuration, if it changed since `before`. */
async function publishAll(
  parameters: readonly Parameter[],
  before: PublishedConfiguration | undefined,
  state: CompiledState,
  ports: CompilerPorts,
): Promise<'unchanged' | 'conflict' | 'published'> {
  const compiled = await compile(parameters, before, state, ports);
  const isSameState = sameJson(stateOf(before), stateOf(compiled));
  if (before?.compiled && isSameState && sameJson(before.compiled, compiled)) return 'unchanged';
  const isSameDecisions = before?.compiled !== undefined && isDecidedSo(before, before.compiled, compiled);
  const publication = { revision: (before?.revision ?? 0) + 1, id: ports.newId() };
  if (!isSameDecisions) {
    await ports.outbox.sendWakeUps([
      {
        body: { type: 'reevaluate', configuration: publication },
        delaySeconds: CONFIGURATION_PROPAGATION_SECONDS,
      },
    ]);
  }
  const decisions = isSameDecisions && before ? before.decisions : publication;
  if (!(await ports.published.publish(compiled, before?.revision ?? 0, decisions))) return 'conflict';
  const known = new Set(before?.compiled?.refused.map(({ parameter, version }) => `${parameter}@${version}`));
  ports.telemetry.configurationPublished(
    publication.revision,
    compiled.refused.filter(({ parameter, version }) => !known.has(`${parameter}@${version}`)),
  );
  return 'published';
}

/**
 * Whether contacts are decided by this already: by what was compiled, and by the state, which may be published by itself
 * and have no contact looked at. A pause that ends before anything was compiled with it is such a state.
 */
function isDecidedSo(
  { settings, pause }: SettingsInForce,
  before: CompiledConfiguration,
  compiled: CompiledConfiguration,
): boolean {
  const { settings: _settings, pause: _pause, ...rest } = before;
  const inForce = { ...rest, ...defined({ settings, pause }) };
  return decidesTheSame(before, compiled) && decidesTheSame(inForce, compiled);
}

/** Whether a state stops the calls, which the one before did not. */
function stops(before: PublishedConfiguration, state: SettingsInForce): boolean {
  const isStopped = (one: SettingsInForce) => actingSettings(one).stopped !== undefined;
  return isStopped(state) && !isStopped(before);
}

function stateOf(of: SettingsInForce | undefined): SettingsInForce {
  return defined({ settings: of?.settings, pause: of?.pause });
}

/** A conflict is no harm: another function has published, and the sweep compiles again within a minute. */
async function publishState(
  state: SettingsInForce,
  before: PublishedConfiguration,
  published: CompilerPorts['published'],
): Promise<void> {
  if (!sameJson(state, stateOf(before))) await published.publishState(state, before.revision);
}
