export { accumulatingPriority, accumulatingPriorityMultiServer } from './accumulating-priority.ts';
export { cobham, cobhamMultiServer } from './cobham.ts';
export { erlangA } from './erlang-a.ts';
export { erlangC } from './erlang-c.ts';
export { generalPatience } from './general-patience.ts';
