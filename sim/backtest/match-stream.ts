import type { ContactHistory } from '../calibration/contact-histories.ts';
import type { ScenarioStream } from '../scenario/scenario.ts';

/** What an event says of a contact, by which its stream is found. */
export type StreamContactView = Pick<ContactHistory, 'channel' | 'tags'> & { readonly queueId: string };

/**
 * Makes a function that finds the stream of a contact: the one of its queue and channel all of whose tags it has; of
 * several, the one with the most tags, then the first.
 */
export function createStreamMatcher(
  streams: readonly ScenarioStream[],
): (contact: StreamContactView) => ScenarioStream | undefined {
  const byPlace = Map.groupBy(streams, ({ contact: { queueId, channel } }) => placeOf(queueId, channel));
  for (const [place, some] of byPlace) {
    byPlace.set(
      place,
      some.toSorted((a, b) => tagsOf(b).length - tagsOf(a).length),
    );
  }
  return ({ queueId, channel, tags }) =>
    byPlace
      .get(placeOf(queueId, channel))
      ?.find((stream) => tagsOf(stream).every(([name, value]) => tags[name] === value));
}

function placeOf(queueId: string, channel: string): string {
  return `${channel} ${queueId}`;
}

function tagsOf({ contact }: ScenarioStream): [string, string][] {
  return Object.entries(contact.tags ?? {});
}
