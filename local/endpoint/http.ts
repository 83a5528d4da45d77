/** An HTTP request, read whole. */
export interface LocalRequest {
  method: string;
  /** Without the query, percent-encoded as it came. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
}

/** An HTTP response, whole. */
export interface LocalResponse {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** What stands behind the local endpoint for one AWS service. A promise that is never kept is no answer at all. */
export type LocalService = (request: LocalRequest) => LocalResponse | Promise<LocalResponse>;
