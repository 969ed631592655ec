import { absoluteName } from '../dns/names.js';
import { isExternal } from '../dns/zone.js';
import { localTime, quotedFlag, seconds, type WireRecord } from '../wire.js';
import type { Redirect, Registrant, Zone } from '../world/dns-records.js';
import type { World } from '../world/world.js';

/** A zone of the list. */
export function zoneRow(world: World, zone: Zone): WireRecord {
  return {
    zone_id: zone.id,
    cust_id: world.account.id,
    zone_name: zone.name,
    zone_name_display: zone.displayName,
    zone_type: zone.type,
    zone_active: '1',
    zone_protected: quotedFlag(zone.registration !== null),
    ...domainFields(world, zone),
    external_dns: quotedFlag(isExternal(zone)),
    record_count: zone.records.length,
    zone_updated: seconds(zone.updatedAt),
  };
}

function domainFields(world: World, { registration }: Zone): WireRecord {
  const none = { domain_registrar: null, domain_status: null, domain_expiry_date: null, domain_auto_renew: null };
  if (registration === null) return { zone_is_registered: '0', ...none };
  // How a transfer under way is listed is not on record.
  if (registration.arrivesAt > world.now()) return { zone_is_registered: '0', ...none, domain_status: 'pending' };
  return {
    zone_is_registered: '1',
    domain_registrar: 'norid',
    domain_status: 'active',
    domain_expiry_date: localTime(registration.expiresAt),
    domain_auto_renew: quotedFlag(registration.autoRenew),
  };
}

export const redirectRow = (zone: Zone, redirect: Redirect): WireRecord => ({
  domain: absoluteName(redirect.source, zone.name),
  source: redirect.source,
  target_url: redirect.targetUrl,
  enabled: true,
  created_at: localTime(redirect.createdAt),
});

export const registrantRecord = (registrant: Registrant): WireRecord => ({
  contact_id: registrant.handle,
  name: registrant.name,
  organization: registrant.organization,
  email: registrant.email,
  address: registrant.address,
  city: registrant.city,
  postal_code: `NO-${registrant.zip}`,
  country_code: 'NO',
  identity: registrant.identity,
  identity_type: registrant.type === 'organization' ? 'organizationNumber' : 'localIdentity',
  type: registrant.type,
});
