import type { Prompt } from './prompt.js';
import { domainNames } from './values.js';

export const mailServerCheck: Prompt = {
  name: 'mail-server-check',
  title: 'Check a mail server',
  description:
    'MX, SPF, DKIM, DMARC and reverse DNS of a domain, with the exact records to change; sets them if you agree.',
  arguments: { zone: { description: 'Domain whose mail to check, such as example.no', complete: domainNames } },
  needs: ['check_mail_dns'],
  uses: ['list_dns_zones', 'list_dns_records', 'get_server', 'set_dns_records', 'set_reverse_dns', 'undo_change'],
  text: ({
    zone,
  }) => `Check whether the mail of ${zone ?? 'one of my domains'} is set up so that others accept it, and tell me what to change.${zone ? '' : ' Show me list_dns_zones first and ask which.'}

1. check_mail_dns${zone ? ` with zone=${zone}` : ''}: MX, SPF, DKIM, DMARC, PTR.
2. list_dns_records of the zone for what stands there now: type="MX", then type="TXT".
3. Forward and reverse must agree: each mail host has an A (and AAAA) record, that address has the mail host’s name as its reverse DNS, and nothing else. get_server with an address shows the reverse DNS of my own servers. What lies outside this account you cannot see: say so, do not guess.

Tell me what is wrong, worst first, and what receivers do because of it. For each change give the exact record as it is and as it would be: name, type, TTL, value. There is one SPF record: extend it, never add a second. A DKIM key comes from the mail server: ask me for it, never make one up. Where there is no DMARC yet, begin with p=none and a rua address that I name.

Then ask whether to set them, and set only what I agree to. set_dns_records replaces a whole set, so pass the values that stay too; other TXT values of the same name are such. Set the A record before set_reverse_dns. Then run check_mail_dns again. Resolvers may keep the old values for their TTL. undo_change takes a change back.`,
};
