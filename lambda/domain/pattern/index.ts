/**
 * The event pattern language of Amazon EventBridge, with the semantics of AWS's own matcher, Event Ruler.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @see https://github.com/aws/event-ruler
 */
export { compilePattern } from './compile.ts';
export { matches } from './match.ts';
export { EVERYTHING, fieldsUnder, type Pattern, withoutField } from './pattern.ts';
