import { isObject } from '../json.ts';
import { lazy } from '../lazy.ts';
import { closestMatch } from './suggestion.ts';

/** Words that people write for what a step sets; with a duration, for its time. */
const ACTIONS: readonly string[] = ['then', 'do', 'action', 'actions', 'apply', 'change'];

/** Words that people write for keys, in lower case without hyphens and the like, each with the keys that may be meant. */
const OTHER_WORDS = lazy(
  (): ReadonlyMap<string, readonly string[]> =>
    new Map(
      Object.entries({
        // Steps, and what they set.
        at: ['after'],
        wait: ['after'],
        waited: ['after'],
        waiting: ['after'],
        delay: ['after'],
        time: ['after', 'hours'],
        minutes: ['after'],
        seconds: ['after'],
        if: ['when', 'match'],
        where: ['when', 'match'],
        condition: ['when', 'match'],
        conditions: ['when', 'match'],
        filter: ['when', 'match'],
        within: ['by', 'target'],
        before: ['by'],
        deadline: ['by', 'target'],
        start: ['from'],
        interval: ['every'],
        repeat: ['every'],
        after: ['steps'],
        by: ['steps'],
        set: ['steps'],
        from: ['steps'],
        every: ['steps'],
        when: ['match'],
        until: ['upTo'],
        to: ['upTo'],
        cap: ['upTo'],
        increment: ['add'],
        prio: ['priority', 'precedence'],
        priority: ['precedence', 'set'],
        age: ['set', 'steps'],
        route: ['set', 'steps'],
        routingcriteria: ['set', 'steps'],
        boost: ['age'],
        agents: ['route'],
        skills: ['route'],
        routing: ['route'],
        criteria: ['route', 'match'],
        step: ['add'],
        max: ['upTo'],
        limit: ['upTo'],
        // Policies.
        order: ['precedence'],
        rank: ['precedence'],
        weight: ['precedence'],
        percent: ['rollout'],
        percentage: ['rollout'],
        enabled: ['mode'],
        disabled: ['mode'],
        active: ['mode'],
        state: ['mode'],
        status: ['mode'],
        dryrun: ['mode'],
        pattern: ['match'],
        schedule: ['during', 'hours', 'in'],
        calendar: ['during', 'in'],
        hours: ['during', 'in'],
        businesshours: ['during', 'hours'],
        openinghours: ['during', 'hours'],
        measure: ['clock'],
        sla: ['target'],
        goal: ['target'],
        rules: ['steps'],
        stages: ['steps'],
        ramp: ['steps'],
        ignore: ['accept'],
        suppress: ['accept'],
        comment: ['description'],
        note: ['description'],
        title: ['description'],
        // Hours.
        zone: ['timezone'],
        tz: ['timezone'],
        days: ['hours'],
        open: ['hours'],
        opening: ['hours'],
        times: ['hours'],
        holidays: ['except'],
        exceptions: ['except'],
        closed: ['except'],
        dates: ['except'],
        // Conditions, and the load of a queue.
        begin: ['when'],
        unless: ['until'],
        end: ['until'],
        stop: ['until'],
        contacts: ['waiting'],
        contactsinqueue: ['waiting'],
        size: ['waiting'],
        length: ['waiting'],
        oldest: ['oldestSeconds'],
        oldestcontactage: ['oldestSeconds'],
        staffed: ['agentsStaffed'],
        // Settings.
        rate: ['updateRate'],
        burst: ['updateBurst'],
        share: ['updateShare'],
        lag: ['routingLag'],
        stopped: ['pause'],
        lists: ['agents'],
      }),
    ),
);

/**
 * The known key that was probably meant by an unknown one: another word for it, or one that is spelt similarly. Undefined
 * if there is none, or the object has that key already.
 *
 * @param object - the object that has the key. Default: one without any of the known keys.
 */
export function meantKey(key: string, known: readonly string[], object?: unknown): string | undefined {
  const isFree = (candidate: string) => !(isObject(object) && Object.hasOwn(object, candidate));
  const word = key.toLowerCase().replaceAll(/[-_\s]/g, '');
  const action = isObject(object) && !isObject(object[key]) ? 'after' : 'set';
  const words = OTHER_WORDS().get(word) ?? [];
  const inKnown = [...(ACTIONS.includes(word) ? [action] : []), ...words].filter((one) =>
    known.includes(one),
  );
  if (inKnown.length > 0) return inKnown.find(isFree);
  const similar = closestMatch(key, known);
  return similar !== undefined && isFree(similar) ? similar : undefined;
}
