/** An answer that is given instead of what was asked for. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One sentence for whoever reads it. */
  readonly message: string;
  /** What it is counted under; absent where it is not the request that is at fault. */
  readonly reason?: Rejection;
}

/** Why a request was not taken. There are no others, so that they can be counted. */
export type Rejection = 'host' | 'origin' | 'auth' | 'rate' | 'concurrency' | 'subscriptions' | 'stopping';

/** What refuses MCP requests, as the protocol says it. */
export const asJsonRpc = ({ message }: Refusal): string =>
  JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
