import { bareFlag, quotedFlag, type WireRecord } from '../wire.js';
import type { Contact } from '../world/records.js';
import type { World } from '../world/world.js';
import { assignedRows, serverChoice, unassignedRows } from './assigned.js';

export const userDetail = ({ servers }: World, contact: Contact): WireRecord => ({
  contact_id: contact.id,
  contact_name: contact.name,
  contact_username: contact.username,
  contact_access_level: contact.accessLevel,
  contact_language: contact.language,
  contact_active: bareFlag(contact.active),
  contact_2fa: quotedFlag(contact.twoFactorSecret !== null),
  servers: assignedRows(contact.servers, servers, serverChoice),
  servers_unassigned: unassignedRows(contact.servers, servers, serverChoice),
});
