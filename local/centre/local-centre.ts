import { MalformedEventError, parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { defined } from '../../lambda/domain/json.ts';
import { type CentreDriver, driveCentre } from '../../sim/centre/drive-centre.ts';
import {
  type AgentSpec,
  ContactCentre,
  type ContactEventEnvelope,
  type InstanceSpec,
  type QueueSpec,
} from '../../sim/centre/index.ts';
import { type ConnectCallRecord, createConnectService, type MetricsRecord } from '../connect/index.ts';
import type { RequestLogEntry } from '../endpoint/request-log.ts';
import type { EventBus, EventEnvelope } from '../events/event-bus.ts';
import { type LocalSystem, startLocalSystem } from '../system/system.ts';
import type { HandlerModules } from '../system/system-functions.ts';
import { CLOCK_SCHEDULER } from './clock-scheduler.ts';

export interface LocalCentreOptions {
  /** TCP port on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly instance: InstanceSpec;
  readonly queues: readonly QueueSpec[];
  readonly agents: readonly AgentSpec[];
  /** Returns numbers from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** SSM path of the policies and settings. */
  readonly prefix: string;
  readonly logDirectory: string;
  /** Default: the sources under `lambda/`. */
  readonly handlers?: HandlerModules;
  /** Called with each call of the Connect API. */
  readonly onCall?: (call: ConnectCallRecord) => void;
  /** Called with each answer of GetCurrentMetricData. */
  readonly onMetrics?: (read: MetricsRecord) => void;
  /** Called with each event that the centre publishes. */
  readonly onPublished?: (event: ContactEventEnvelope) => void;
  /** Called with each contact event that contact-events has handled successfully. */
  readonly onEventHandled?: (event: EventEnvelope) => void;
  /** Called with each request to the endpoint after its response is sent. */
  readonly onResponse?: (entry: RequestLogEntry) => void;
}

/** The local system with a simulated contact centre as its Amazon Connect. */
export interface LocalCentre {
  readonly system: LocalSystem;
  readonly centre: ContactCentre;
  readonly driver: CentreDriver;
  /** Stops the centre, and the system as {@link LocalSystem.stop} does. */
  stop(isAbandoned?: boolean): Promise<void>;
}

/** Starts the endpoint, the functions and the centre. For scaled time, install the clock first. */
export async function startLocalCentre(options: LocalCentreOptions): Promise<LocalCentre> {
  const publishedIds = new Set<string>();
  let bus: EventBus | undefined;
  let driver: CentreDriver | undefined;
  const centre = new ContactCentre({
    instance: options.instance,
    queues: options.queues,
    agents: options.agents,
    random: options.random,
    publish(event) {
      publishedIds.add(event.id);
      options.onPublished?.(event);
      bus?.put(event);
    },
  });
  const system = await startLocalSystem({
    port: options.port,
    region: options.instance.region,
    account: options.instance.account,
    instanceIds: [options.instance.id],
    prefix: options.prefix,
    logDirectory: options.logDirectory,
    handlers: options.handlers,
    onContactEventHandled: options.onEventHandled,
    onResponse: options.onResponse,
    connect(systemBus) {
      bus = systemBus;
      return createConnectService({
        centre,
        agents: options.agents,
        clock: Date.now,
        ...defined({ onMetrics: options.onMetrics }),
        onCall(call) {
          options.onCall?.(call);
          // The update takes effect after the routing lag, which may be the centre's next event now.
          setImmediate(() => driver?.reschedule());
        },
      });
    },
  });
  driver = driveCentre(centre, CLOCK_SCHEDULER);
  system.bus.addRule({
    name: 'LocalConnect',
    pattern: { source: ['aws.connect'], 'detail-type': [{ suffix: 'Contact Event' }] },
    target: async (event) => {
      if (publishedIds.delete(event.id)) return;
      adoptContact(event, centre);
      driver?.reschedule();
    },
  });
  return {
    system,
    centre,
    driver,
    async stop(isAbandoned) {
      driver?.stop();
      await system.stop(isAbandoned);
    },
  };
}

/** Adds the contact of an event from outside the centre, or updates it. */
function adoptContact(event: EventEnvelope, centre: ContactCentre): void {
  try {
    centre.adopt(Date.now(), parseContactEvent(event).facts);
  } catch (error) {
    // contact-events gets the same event and reports its error.
    if (!(error instanceof MalformedEventError)) throw error;
  }
}
