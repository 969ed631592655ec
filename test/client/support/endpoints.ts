import { readdir } from 'node:fs/promises';
import type { Endpoint } from '../../../src/client/endpoint.js';

const CLIENT = new URL('../../../src/client/', import.meta.url);

/** Every endpoint that any module of the client exports. */
export async function declaredEndpoints(): Promise<Endpoint[]> {
  const files = (await readdir(CLIENT, { recursive: true })).filter(file => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(file => import(new URL(file, CLIENT).pathname) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap(module => Object.values(module)).filter(isEndpoint);
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'id' in value && 'path' in value && 'decode' in value;
}
