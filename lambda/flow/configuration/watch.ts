import { actingSettings } from '../../domain/configuration/acting-settings.ts';
import type { CompilerPorts } from './ports.ts';
import { publishConfiguration } from './publish.ts';

/**
 * What the sweep does for the configuration: compiles it in case a change was not processed, and reports what is
 * refused and whether calls are stopped now. The report comes from what is in force, also while SSM cannot be read.
 *
 * @throws what compiling throws, after the report.
 */
export async function watchConfiguration(ports: CompilerPorts): Promise<void> {
  const [compiling] = await Promise.allSettled([publishConfiguration(ports)]);
  const inForce = await ports.published.load();
  ports.telemetry.configurationState(inForce?.compiled?.refused ?? [], actingSettings(inForce).stopped);
  if (compiling.status === 'rejected') throw compiling.reason;
}
