export { cobham, cobhamMultiServer, type PriorityClass } from './cobham.ts';
export { type ErlangA, type ErlangAFigures, erlangA } from './erlang-a.ts';
export { type ErlangC, type ErlangCFigures, erlangC } from './erlang-c.ts';
