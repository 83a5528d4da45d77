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

/** The files of code that are deployed, without their ending, with a function that has each. */
export const CODE_FILES = {
  'contact-events': 'contact-events',
  'rule-messages': 'rule-messages',
  dispatch: 'dispatch',
  'policy-changes': 'policy-changes',
  sweep: 'sweep',
  'build-policies': 'contact-events',
} as const satisfies Readonly<Record<string, HandlerName>>;

export type CodeFile = keyof typeof CODE_FILES;
