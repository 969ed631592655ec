import type { ApiKey } from './records.js';
import type { World } from './world.js';

const REQUEST_BYTES = 4 * 1024;
const RESPONSE_BYTES = 16 * 1024;
const USES_KEPT = 500;
const SECRET_NAME = /passw|secret|token|hash|private|api_?key|^(code|current|new)$/i;

export interface Use {
  readonly ip: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: string;
}

/** Notes a call in the usage log of the key it was made with. */
export function recordUse(world: World, key: ApiKey, use: Use): void {
  const { ip, method, path, query, status } = use;
  const request = cut(use.body === undefined ? '' : JSON.stringify(use.body, mask), REQUEST_BYTES);
  const response = cut(use.answer, RESPONSE_BYTES);
  key.lastUsedAt = world.now();
  key.lastUsedIp = ip;
  key.uses.push({
    id: world.people.nextId(),
    at: world.now(),
    ip,
    method,
    path,
    query,
    requestBody: request.text,
    status,
    responseBody: response.text,
    truncated: request.cut || response.cut,
  });
  if (key.uses.length > USES_KEPT) key.uses.shift();
}

const mask = (name: string, value: unknown): unknown => (SECRET_NAME.test(name) ? '***' : value);

function cut(text: string, limit: number): { text: string; cut: boolean } {
  const bytes = Buffer.from(text);
  return { text: bytes.subarray(0, limit).toString(), cut: bytes.length > limit };
}
