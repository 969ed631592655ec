import type { Tool } from '../tool.js';
import { backupWebhosting } from './backup-webhosting.js';
import { createMailbox } from './create-mailbox.js';
import { getWebhosting } from './get-webhosting.js';
import { listHostingApps } from './list-hosting-apps.js';
import { listHostingBackups } from './list-hosting-backups.js';
import { listHostingFiles } from './list-hosting-files.js';
import { listMailboxes } from './list-mailboxes.js';
import { listWebhosting } from './list-webhosting.js';
import { readHostingFile } from './read-hosting-file.js';

export const WEBHOSTING_TOOLS: readonly Tool[] = [
  listWebhosting,
  getWebhosting,
  listMailboxes,
  createMailbox,
  listHostingFiles,
  readHostingFile,
  listHostingApps,
  listHostingBackups,
  backupWebhosting,
];
