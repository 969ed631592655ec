import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const FILE = new URL('../../contract/gigahost.openapi.yaml', import.meta.url);
const contract = parse(readFileSync(FILE, 'utf8')) as { paths: Record<string, Record<string, unknown>> };
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false }).addSchema(contract, 'contract');
const compiled = new Map<string, ValidateFunction>();

/** What the contract finds wrong with the body of a successful reply; empty when it fits. */
export function faultsIn(method: string, path: string, body: unknown, status = 200): string[] {
  const template = templateOf(method, path);
  const pointer = [template, method.toLowerCase(), 'responses', String(status), 'content', 'application/json', 'schema']
    .map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const fits = compiled.get(pointer) ?? ajv.compile({ $ref: `contract#/paths/${pointer}` });
  compiled.set(pointer, fits);
  return fits(body) ? [] : (fits.errors ?? []).map(error => `${error.instancePath} ${error.message ?? ''}`);
}

function templateOf(method: string, path: string): string {
  const segments = path.replace(/\?.*/, '').split('/').filter(Boolean);
  const found = Object.entries(contract.paths).find(([template, operations]) => {
    const parts = template.split('/').filter(Boolean);
    const alike = parts.every((part, index) => part.startsWith('{') || part === segments[index]);
    return alike && parts.length === segments.length && method.toLowerCase() in operations;
  });
  if (!found) throw new Error(`The contract has no ${method} ${path}.`);
  return found[0];
}
