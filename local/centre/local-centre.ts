import { MalformedEventError, parseContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { type AgentSpec, ContactCentre, type ContactEventEnvelope, type InstanceSpec, type QueueSpec } from '../../sim/centre/index.ts';
import { type ConnectCallRecord, createConnectService } from '../connect/index.ts';
import type { RequestLogEntry } from '../endpoint/request-log.ts';
import type { EventBus, EventEnvelope } from '../events/event-bus.ts';
import { type LocalSystem, startLocalSystem } from '../system/system.ts';
import type { HandlerModules } from '../system/system-functions.ts';
import { type CentreDriver, driveCentre } from './centre-driver.ts';

export interface LocalCentreOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly instance: InstanceSpec;
  readonly queues: readonly QueueSpec[];
  readonly agents: readonly AgentSpec[];
  /** Numbers from 0 up to, but not including, 1. */
  readonly random: () => number;
  /** SSM path of the policies and settings. */
  readonly prefix: string;
  readonly logDirectory: string;
  /** Default: the sources under `lambda/`. */
  readonly handlers?: HandlerModules;
  /** Told of each call that Connect got. */
  readonly onCall?: (call: ConnectCallRecord) => void;
  /** Told of each event that the centre publishes. */
  readonly onPublished?: (event: ContactEventEnvelope) => void;
  /** Told of each contact event that contact-events has dealt with. */
  readonly onEventHandled?: (event: EventEnvelope) => void;
  /** Told of each request to the endpoint that was answered. */
  readonly onResponse?: (exchange: RequestLogEntry) => void;
}

/** The system with a contact centre behind its Connect, on one machine. */
export interface LocalCentre {
  readonly system: LocalSystem;
  readonly centre: ContactCentre;
  readonly driver: CentreDriver;
  stop(): Promise<void>;
}

/** Starts the endpoint, the functions and the centre. The clock must be installed before. */
export async function startLocalCentre(options: LocalCentreOptions): Promise<LocalCentre> {
  const own = new Set<string>();
  let bus: EventBus | undefined;
  let driver: CentreDriver | undefined;
  const centre = new ContactCentre({
    instance: options.instance,
    queues: options.queues,
    agents: options.agents,
    random: options.random,
    publish(event) {
      own.add(event.id);
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
    ...(options.handlers ? { handlers: options.handlers } : {}),
    ...(options.onEventHandled ? { onContactEventHandled: options.onEventHandled } : {}),
    ...(options.onResponse ? { onResponse: options.onResponse } : {}),
    connect(systemBus) {
      bus = systemBus;
      return createConnectService({
        centre,
        clock: Date.now,
        onCall(call) {
          options.onCall?.(call);
          // The change takes effect later, which may now be the next thing to happen.
          setImmediate(() => driver?.reschedule());
        },
      });
    },
  });
  driver = driveCentre(centre);
  system.bus.addRule({
    name: 'LocalConnect',
    pattern: { source: ['aws.connect'], 'detail-type': [{ suffix: 'Contact Event' }] },
    target: async (event) => {
      if (own.delete(event.id)) return;
      adoptContact(event, centre);
      driver?.reschedule();
    },
  });
  return {
    system,
    centre,
    driver,
    async stop() {
      driver?.stop();
      await system.stop();
    },
  };
}

/** A contact event that was put by hand introduces its contact to the centre, or tells what became of it. */
function adoptContact(event: EventEnvelope, centre: ContactCentre): void {
  try {
    centre.adopt(Date.now(), parseContactEvent(event).facts);
  } catch (error) {
    // contact-events meets the same event and says what is wrong with it.
    if (!(error instanceof MalformedEventError)) throw error;
  }
}
