/** An HTTP request with its complete body. */
export interface LocalRequest {
  method: string;
  /** Without the query; still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
}

/** An HTTP response with its complete body. */
export interface LocalResponse {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/**
 * One AWS service of the local endpoint. A promise that never resolves simulates a request without a
 * response.
 */
export type LocalService = (request: LocalRequest) => LocalResponse | Promise<LocalResponse>;
