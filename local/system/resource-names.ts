import type { DeployedResources } from '../../lambda/aws/deployment.ts';

/** The names of what runs in the local system. It has no alarms. */
export const RESOURCES = {
  functions: {
    ContactEvents: 'contact-events',
    RuleMessages: 'rule-messages',
    Dispatch: 'dispatch',
    PolicyChanges: 'policy-changes',
    Sweep: 'sweep',
  },
  rules: ['ContactEvents', 'ParameterChanges', 'RuleEvents'],
  schedule: 'Sweep',
} as const satisfies DeployedResources;
