import { isSecretName } from './untyped.js';

/**
 * The values in a reply that the contract marks as secret (`x-secret-fields`: `data[].srv_vnc_token`,
 * `meta.root_passwd`), also those that nothing decodes. A marked object gives all texts in it. All of `data`, where that
 * is marked, also holds ordinary words, names and whole files: it gives what is called a secret, or they would vanish
 * from all that is said later.
 */
export function secretsIn(body: unknown, paths: readonly string[]): string[] {
  return paths.flatMap(path => {
    if (path.startsWith('request.')) return [];
    if (path === 'data') return namedIn(body);
    const steps = path.split('.').flatMap(step => (step.endsWith('[]') ? [step.slice(0, -2), '[]'] : [step]));
    return steps
      .reduce<unknown[]>((places, step) => places.flatMap(place => follow(place, step)), [body])
      .flatMap(place => (typeof place === 'string' || typeof place === 'number' ? [String(place)] : textsIn(place)));
  });
}

/** The values of a body that are sent as secrets (`request.password`): Gigahost may quote them in a refusal. */
export const secretsSent = (body: unknown, paths: readonly string[]): string[] =>
  secretsIn(
    body,
    paths.flatMap(path => (path.startsWith('request.') ? [path.slice('request.'.length)] : [])),
  );

function follow(place: unknown, step: string): unknown[] {
  if (step === '[]') return Array.isArray(place) ? (place as unknown[]) : [];
  if (typeof place !== 'object' || place === null) return [];
  const value = (place as Record<string, unknown>)[step];
  return value === undefined || value === null ? [] : [value];
}

/** Plain numbers in a marked object are ids and times, not secrets. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\d*$/.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]: [string, unknown]) => {
    if (!isSecretName(name)) return namedIn(entry);
    return typeof entry === 'string' || typeof entry === 'number' ? [String(entry)] : textsIn(entry);
  });
}
