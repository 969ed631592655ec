import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Check, Finding } from '../check.js';
import { goesThrough } from '../reach/no-proxy.js';
import type { Api, Situation } from '../situation.js';

export const proxy: Check = {
  id: 'proxy',
  patienceMs: 60_000,
  async look(situation) {
    const { api, say } = situation;
    if (!api) return [say('skipped', 'sandbox')];
    return [await wayOf(api, situation), ...(await casOf(api, situation))];
  },
};

async function wayOf({ baseUrl, route, reached }: Api, { env, say }: Situation): Promise<Finding> {
  const url = new URL(baseUrl);
  if (!route.proxy) {
    const idle = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'].find(name => env[name]);
    const isNear = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
    return idle && !isNear ? say('warning', 'proxyIdle', idle) : say('ok', 'noProxy');
  }
  const { host, username } = route.proxy.url;
  if (!goesThrough(route.proxy, url)) return say('ok', 'proxyPassedBy', host, url.hostname);
  const found = await reached();
  if (found.kind !== 'failed' || found.step !== 'proxy') return say('ok', 'proxyUsed', host);
  if (found.code === '407') return say('problem', username ? 'proxyLogin' : 'proxyWantsLogin', host);
  return /^\d+$/.test(found.code)
    ? say('problem', 'proxyRefuses', host, found.code)
    : say('problem', 'proxyDown', host, found.code);
}

/** Of the CAs that are trusted besides: one that Node cannot use ends every connection, or is left out silently. */
async function casOf({ route }: Api, { env, say }: Situation): Promise<readonly Finding[]> {
  const ours = (route.ca ?? []).flatMap(text => (isCertificate(text) ? [] : [say('problem', 'caBroken')]));
  const file = env['NODE_EXTRA_CA_CERTS'];
  if (!file) return ours;
  const text = await readFile(file, 'utf8').catch(() => '');
  return isCertificate(text) ? ours : [...ours, say('warning', 'nodeCaBroken')];
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}
