/** The functions, by the folder of their handler under `lambda/`, with their names in properties. */
export const FUNCTION_NAMES = {
  'contact-events': 'contactEvents',
  'rule-messages': 'ruleMessages',
  dispatch: 'dispatch',
  'policy-changes': 'policyChanges',
  sweep: 'sweep',
} as const;

export type HandlerName = keyof typeof FUNCTION_NAMES;

export const HANDLER_NAMES = Object.keys(FUNCTION_NAMES) as readonly HandlerName[];
