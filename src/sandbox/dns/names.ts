const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A full host name in lower case and without the final dot; null for what is none. */
export function hostName(text: string): string | null {
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  return labels.length > 1 && name.length <= 253 && labels.every(label => LABEL.test(label)) ? name : null;
}

/** A name relative to its zone in lower case, with "@" for the apex; null for what is none. */
export function relativeName(text: string): string | null {
  const name = text.trim().toLowerCase();
  if (name === '' || name === '@') return '@';
  const labels = name.split('.');
  if (labels[0] === '*') labels.shift();
  return name.length <= 253 && labels.every(label => LABEL.test(label)) ? name : null;
}

/** The host name of a relative name. */
export const absoluteName = (name: string, zone: string): string => (name === '@' ? zone : `${name}.${zone}`);

/** The name a host has within a zone; null when it lies outside. */
export function relativeTo(zone: string, host: string): string | null {
  if (host === zone) return '@';
  return host.endsWith(`.${zone}`) ? host.slice(0, -zone.length - 1) : null;
}
