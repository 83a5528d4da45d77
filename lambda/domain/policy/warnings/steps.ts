import { canonicalJson } from '../../json.ts';
import { DEFAULT_ROUTING, type Routing } from '../../routing/routing.ts';
import type { Settings } from '../../settings.ts';
import type { PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** What is odd about steps beside each other, and beside what a new contact has. */
export function stepWarnings(part: PartialPolicy, settings: Settings): Warning[] {
  return [...tooSoonWarnings(part, settings), ...neverRaisesWarnings(part), ...changesNothingWarnings(part)];
}

/** A change shows one routing lag after its call, so nothing can be in effect before. */
function tooSoonWarnings({ name, steps }: PartialPolicy, { routingLagSeconds }: Settings): Warning[] {
  return steps.flatMap(({ timing: when, seconds, sourceIndex: source }) =>
    when === 'by' && seconds < routingLagSeconds
      ? [
          {
            code: 'sooner-than-lag',
            policy: name,
            path: ['steps', source, 'by'],
            message: `It cannot be in effect by ${seconds} s: a change takes about ${routingLagSeconds} s to show in a queue. It is sent at once.`,
          },
        ]
      : [],
  );
}

/** Urgency only rises without `allowLower`, so what is less urgent than a new contact is not sent for one. */
function neverRaisesWarnings({ name, steps, allowLower }: PartialPolicy): Warning[] {
  if (allowLower) return [];
  const told = new Set<number>();
  return steps.flatMap(({ sourceIndex: source, set: { priority, ageSeconds } }) => {
    const lowersPriority = priority !== undefined && priority > DEFAULT_ROUTING.priority;
    const lowersAge = ageSeconds !== undefined && ageSeconds < DEFAULT_ROUTING.ageSeconds;
    if (told.has(source) || !(lowersPriority || lowersAge)) return [];
    told.add(source);
    const found = lowersPriority ? `Priority ${priority}` : 'A negative age';
    const begins = lowersPriority
      ? `priority ${DEFAULT_ROUTING.priority}`
      : `age ${DEFAULT_ROUTING.ageSeconds}`;
    return [
      {
        code: 'changes-nothing',
        policy: name,
        path: ['steps', source],
        message:
          `${found} changes nothing for a contact that begins with ${begins}, as each does unless a flow makes it ` +
          'less urgent: urgency only rises. Where lowering is meant, say "allowLower: true" in the policy.',
      },
    ];
  });
}

function changesNothingWarnings({ name, steps }: PartialPolicy): Warning[] {
  const warnings: Warning[] = [];
  let wanted: Routing = {};
  for (const { set, sourceIndex: source, condition } of steps) {
    const setsUrgency = set.priority !== undefined || set.ageSeconds !== undefined;
    const { priority, ageSeconds, ...others } = wanted;
    const next: Routing = { ...(setsUrgency ? others : wanted), ...set };
    if (canonicalJson(next) === canonicalJson(wanted)) {
      warnings.push({
        code: 'changes-nothing',
        policy: name,
        path: ['steps', source],
        message: 'It changes nothing: the step before it has set the same.',
      });
    }
    // A step that may be passed over says nothing about what the next one finds.
    if (!condition) wanted = next;
  }
  return warnings;
}
