import { storedText } from '../dns/text.js';
import { mx, newZone, record } from '../dns/zone.js';
import type { Zone } from '../world/dns-records.js';
import { DAY } from '../times.js';

// A public key of the usual 2048 bits, which makes the record longer than one chunk of 255 octets.
const DKIM_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0sEx+8nATUAMMZYBkqm8uHXMaMM3Y8U4D57LRI6imlZ9gQscxraEv1M665KKmpkMvHfY' +
  'mTg8aF9E/qSA/QQNpDXQ65pLaM647bHDWHQ/S8Ab0iqto5kw5ePAFwUxAPHf+zzlxWnMlmoElSWP657BS4YW1+K/lEvX7+Ccq/QprRZiG62/58ct' +
  'zJkhjJwu0TSda2KUcoZ+xOHrV1vhOQ8kfzuQ5nIOLIFz0Fym4N6wwFbBMHxOApNOhhZ1eiKcf01ar1HUp4PdIC+2MBvpi4Oy1Yjt8BTjeSMiQwgk' +
  'ZoeFz99vukTb1NzYJeXB2AQZRzKLmUXQbZ0MUPwCHuKSX9tulQIDAQAB';

/** The zone the shop, its mail and its API live in. */
export function fjordkaffe(now: number): Zone {
  const zone = newZone('3301', 'fjordkaffe.example', now - 210 * DAY);
  zone.updatedAt = now - 3 * DAY;
  zone.records.push(
    record('@', 'A', '192.0.2.10'),
    record('@', 'AAAA', '2001:db8:2::10'),
    record('www', 'CNAME', 'fjordkaffe.example.'),
    record('nettbutikk', 'ALIAS', 'web02.fjordkaffe.example.'),
    record('web01', 'A', '192.0.2.10'),
    record('web01', 'AAAA', '2001:db8:2::10'),
    record('web02', 'A', '192.0.2.11'),
    record('web02', 'AAAA', '2001:db8:2::11'),
    record('db01', 'A', '192.0.2.20'),
    record('backup01', 'A', '203.0.113.40'),
    record('mail01', 'A', '198.51.100.25'),
    record('mail01', 'AAAA', '2001:db8:51::25'),
    record('api', 'A', '192.0.2.10', 300),
    record('api', 'A', '192.0.2.11', 300),
    record('api', 'A', '192.0.2.30', 300),
    mx('@', 10, 'mail01.fjordkaffe.example'),
    mx('@', 20, 'backup01.fjordkaffe.example'),
    record('@', 'TXT', 'v=spf1 ip4:198.51.100.25 ip6:2001:db8:51::25 -all'),
    record('@', 'TXT', 'kasse-verifikasjon=3f7c1b90e2'),
    record('drift2026._domainkey', 'TXT', storedText(`v=DKIM1; k=rsa; p=${DKIM_KEY}`)),
    record('_dmarc', 'TXT', 'v=DMARC1; p=quarantine; rua=mailto:dmarc@fjordkaffe.example'),
    record('@', 'CAA', '0 issue "letsencrypt.org"'),
    record('@', 'CAA', '0 iodef "mailto:drift@fjordkaffe.example"'),
    record('_submissions._tcp', 'SRV', '0 1 465 mail01.fjordkaffe.example.'),
    record('_imaps._tcp', 'SRV', '0 1 993 mail01.fjordkaffe.example.'),
    record('lab', 'NS', 'ns1.example.no'),
    record('lab', 'NS', 'ns2.example.no'),
  );
  return zone;
}
