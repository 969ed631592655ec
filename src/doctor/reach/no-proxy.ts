import type { Proxy } from '../../client/route.js';

/**
 * Whether requests to an address go through the proxy: what `NO_PROXY` names, and what is under that, does not. To the
 * letter what undici does, which tells nobody.
 */
export function goesThrough({ noProxy }: Proxy, url: URL): boolean {
  const host = url.host.replace(/:\d*$/, '').toLowerCase();
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (noProxy === '*') return false;
  return !noProxy
    .split(/[,\s]/)
    .filter(Boolean)
    .some(entry => {
      const [, named = entry, ofPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const name = named.replace(/^\*?\./, '').toLowerCase();
      return (ofPort === undefined || Number(ofPort) === port) && (host === name || host.endsWith(`.${name}`));
    });
}
