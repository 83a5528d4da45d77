export { scenarioJsonSchema } from './json-schema.ts';
export { type ParsedScenario, parseScenario } from './parse.ts';
export type { Scenario } from './scenario.ts';
