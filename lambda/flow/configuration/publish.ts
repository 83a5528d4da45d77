import type { SettingsInForce } from '../../domain/configuration/build.ts';
import { decidesTheSame } from '../../domain/configuration/compiled.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../domain/deployment-constants.ts';
import { defined, sameJson } from '../../domain/json.ts';
import { compile, HistoryUnreadableError } from './compile.ts';
import type { CompilerPorts, PublishedConfiguration } from './ports.ts';

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
 * Where SSM cannot be read, nothing is published, and what is in force stays.
 *
 * @returns true if a new version was published.
 * @throws what SSM answers, HistoryUnreadableError, or ContendedConfigurationError.
 */
export async function publishConfiguration(ports: CompilerPorts): Promise<boolean> {
  const { parameters, published, outbox, telemetry } = ports;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    // Before SSM is read: if another function publishes in between, this publication fails.
    const before = await published.load();
    const compiled = await compile(await parameters.read(), before, ports).catch(async (error) => {
      if (before && error instanceof HistoryUnreadableError)
        await publishState(error.state, before, published);
      throw error;
    });
    if (before?.compiled && sameJson(before.compiled, compiled)) return false;
    const isSameDecisions = before?.compiled !== undefined && decidesTheSame(before.compiled, compiled);
    const publication = { revision: (before?.revision ?? 0) + 1, id: ports.newId() };
    if (!isSameDecisions) {
      await outbox.sendWakeUps([
        {
          body: { type: 'reevaluate', configuration: publication },
          delaySeconds: CONFIGURATION_PROPAGATION_SECONDS,
        },
      ]);
    }
    const decisions = isSameDecisions && before ? before.decisions : publication;
    if (!(await published.publish(compiled, before?.revision ?? 0, decisions))) continue;
    const known = new Set(
      before?.compiled?.refused.map(({ parameter, version }) => `${parameter}@${version}`),
    );
    telemetry.configurationPublished(
      publication.revision,
      compiled.refused.filter(({ parameter, version }) => !known.has(`${parameter}@${version}`)),
    );
    return true;
  }
  throw new ContendedConfigurationError(
    `Others published a configuration ${MAX_TRIES} times in a row. It is compiled again within a minute.`,
  );
}

/** A conflict is no harm: another function has published, and the sweep compiles again within a minute. */
async function publishState(
  state: SettingsInForce,
  { settings, pause, revision }: PublishedConfiguration,
  published: CompilerPorts['published'],
): Promise<void> {
  if (!sameJson(state, defined({ settings, pause }))) await published.publishState(state, revision);
}
