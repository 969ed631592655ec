import { quotedSeconds, type WireRecord } from '../wire.js';
import type { AccountActivity } from '../world/people-records.js';

export const activityRow = ({ id, contact, text, at }: AccountActivity): WireRecord => ({
  log_id: id,
  contact_id: contact.id,
  contact_name: contact.name,
  contact_username: contact.username,
  log_timestamp: quotedSeconds(at),
  log_entry: text,
});
