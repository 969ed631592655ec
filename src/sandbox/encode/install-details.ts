import { quotedFlag, seconds, type WireRecord } from '../wire.js';
import type { Install } from '../world/server-record.js';

/** What a record tells about a running install, secrets included. */
export const installDetails = (install: Install): WireRecord => ({
  root_password: install.rootPassword,
  sshkey: quotedFlag(install.withSshKey),
  date_started: seconds(install.startedAt),
  prov_post: install.postScript,
});
