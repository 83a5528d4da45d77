export { cobham, cobhamMultiServer } from './cobham.ts';
export { erlangA } from './erlang-a.ts';
export { erlangC } from './erlang-c.ts';
