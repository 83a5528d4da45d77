import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { entryOf } from '../domain/outgoing-events/entry.ts';
import type { ConfigurationEvent, OutgoingEvent } from '../domain/outgoing-events/outgoing-event.ts';
import type { EventBus } from '../flow/ports.ts';

/** The default event bus of the account and Region. */
export class DefaultEventBus implements EventBus {
  readonly #client: EventBridgeClient;

  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  async send(
    events: readonly (OutgoingEvent | ConfigurationEvent)[],
  ): Promise<readonly (string | undefined)[]> {
    const { Entries: results } = await this.#client.send(
      new PutEventsCommand({
        Entries: events.map(entryOf).map(({ source, detailType, detail, resources, time }) => ({
          Source: source,
          DetailType: detailType,
          Detail: detail,
          Resources: [...resources],
          Time: time,
        })),
      }),
    );
    return events.map((_, index) => {
      const result = results?.[index];
      if (!result) return 'The answer has no entry for the event.';
      return result.ErrorCode === undefined ? undefined : `${result.ErrorCode}: ${result.ErrorMessage ?? ''}`;
    });
  }
}
