import { seededRandom } from '../../sim/random.ts';
import { agentsOf } from '../../sim/scenario/index.ts';
import type { LocalCentreOptions } from '../centre/local-centre.ts';
import type { DemoArrivals } from './arrivals.ts';
import { INSTANCE, QUIET_QUEUE } from './centre-config.ts';
import type { DemoSetup } from './demo-setup.ts';
import type { DemoObserver } from './observer.ts';

type DemoCentreOptions = Omit<LocalCentreOptions, 'port' | 'prefix' | 'logDirectory'>;

/** The centre of a scenario, with the quotas that the settings say. */
export function demoCentreOptions(
  { scenario, policies }: Pick<DemoSetup, 'scenario' | 'policies'>,
  seed: number,
  observer: DemoObserver,
  arrivals: DemoArrivals,
): DemoCentreOptions {
  const { settings } = policies.configuration;
  return {
    instance: INSTANCE,
    queues: [...scenario.queues, { id: QUIET_QUEUE }],
    agents: agentsOf(scenario),
    random: seededRandom(seed + 1),
    afterContactWorkMs: scenario.afterContactWorkMs,
    ageAdjustment: settings.ageAdjustment,
    routingLagMs: settings.routingLagSeconds * 1_000,
    quotas: {
      UpdateContactRoutingData: { ratePerSecond: settings.updateRate, burst: settings.updateBurst },
      DescribeContact: { ratePerSecond: settings.describeRate, burst: settings.describeBurst },
    },
    onCall: observer.onConnectCall,
    onMetrics: observer.onMetrics,
    onCentreEvent: observer.onCentreEvent,
    onEventHandled: observer.onEventHandled,
    onMessage: observer.interventions.onMessage,
    onForeignEvent: observer.interventions.onForeignEvent,
    onDisconnected: arrivals.onDisconnected,
  };
}
