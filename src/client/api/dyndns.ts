import * as z from 'zod';
import { defineEndpoint } from '../endpoint.js';

const WORDS: Readonly<Record<string, string>> = {
  good: 'updated',
  nochg: 'unchanged',
  nohost: 'refused: no such host name in this account',
  notfqdn: 'refused: not a full host name',
  badauth: 'refused: user name or password',
  dnserr: 'failed: a fault of the name servers',
  badagent: 'refused: the address is not valid',
};

/** A GET that writes. Failure is in the text, one line per host name (wire note 12). */
export const updateDynDns = defineEndpoint({
  id: 'updateDynDns',
  does: 'point the host names at the address',
  method: 'GET',
  path: '/dns/dyndns',
  effect: 'update',
  /** Replaces the addresses that are there, which takes a yes by every other way. */
  effectOf: () => 'disrupt',
  repeatable: true,
  secrets: ['header.Authorization'],
  basic: true,
  replies: 'text',
  query: z
    .object({
      hostname: z.string().min(3).describe('one or several full host names, separated by commas'),
      myip: z.string().optional().describe('IPv4 address'),
      myipv6: z.string().optional().describe('IPv6 address'),
    })
    .refine(
      ({ myip, myipv6 }) => Boolean(myip ?? myipv6),
      'needs myip or myipv6: without an address Gigahost takes that of this machine',
    ),
  decode: reply =>
    String(reply.data)
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => {
        const [word = '', address] = line.trim().split(/\s+/);
        return { result: WORDS[word] ?? `refused: ${word}`, address: address ?? null };
      }),
});
