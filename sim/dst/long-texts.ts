import type { Random } from '../random.ts';
import type { ContactScript, ScriptedEvent } from './contact-script.ts';
import type { Schedule } from './schedule.ts';

const OVERRIDES = 12;
const SIGNALS = 90;

/** The longest routing criteria that Connect takes, in number of steps, branches and conditions. */
const CRITERIA = { steps: 5, branches: 3, conditions: 8 };

/** The script with overrides and signals that are as long, and as many, as anybody can send. */
export function withLongTexts(script: ContactScript, random: Random, { scriptMs }: Schedule): ContactScript {
  const { instanceId, arrivesAtMs, arrival } = script;
  const key = { instanceId, contactId: arrival.contactId };
  const laterMs = () => arrivesAtMs + random() * (scriptMs - arrivesAtMs);
  const overrides = Array.from({ length: OVERRIDES }, (_, index): ScriptedEvent => {
    const body = { type: 'override', ...key, set: { route: longRoute(index) }, actor: 'a'.repeat(500) };
    return { kind: 'message', atMs: laterMs(), body, isOverride: true };
  });
  const signals = Array.from({ length: SIGNALS }, (_, index): ScriptedEvent => {
    const body = { type: 'signal', ...key, signal: `${'s'.repeat(250)}${index}` };
    return { kind: 'message', atMs: laterMs(), body };
  });
  const events = [...script.events, ...overrides, ...signals];
  return { ...script, events: events.sort((a, b) => a.atMs - b.atMs) };
}

function longRoute(override: number): string[] {
  return Array.from({ length: CRITERIA.steps }, (_, step) => {
    const branches = Array.from({ length: CRITERIA.branches }, (_, branch) =>
      Array.from({ length: CRITERIA.conditions }, (_, condition) => {
        const value = `${'v'.repeat(50)}${override}x${step}x${branch}x${condition}`;
        return `${'n'.repeat(60)}:${value} >= 1`;
      }).join(' and '),
    );
    return `${branches.join(' or ')}${step < CRITERIA.steps - 1 ? ' for 30s' : ''}`;
  });
}
