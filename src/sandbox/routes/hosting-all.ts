import type { Route } from '../http/route.js';
import { hostingAppBackupRoutes } from './hosting-app-backups.js';
import { hostingAppRoutes } from './hosting-apps.js';
import { hostingAutoresponderRoutes } from './hosting-autoresponders.js';
import { hostingBackupRoutes } from './hosting-backups.js';
import { hostingCertificateRoutes } from './hosting-certificate.js';
import { hostingDatabaseRoutes } from './hosting-databases.js';
import { hostingDomainRoutes } from './hosting-domains.js';
import { hostingFileChangeRoutes } from './hosting-file-changes.js';
import { hostingFileRoutes } from './hosting-files.js';
import { hostingFtpRoutes } from './hosting-ftp.js';
import { hostingMailSettingRoutes } from './hosting-mail-settings.js';
import { hostingMailboxRoutes } from './hosting-mailboxes.js';
import { hostingRoutes } from './hosting.js';

/** Every operation of web hosting. */
export const allHostingRoutes: readonly Route[] = [
  ...hostingRoutes,
  ...hostingDomainRoutes,
  ...hostingMailboxRoutes,
  ...hostingAutoresponderRoutes,
  ...hostingMailSettingRoutes,
  ...hostingFtpRoutes,
  ...hostingDatabaseRoutes,
  ...hostingFileRoutes,
  ...hostingFileChangeRoutes,
  ...hostingAppRoutes,
  ...hostingAppBackupRoutes,
  ...hostingCertificateRoutes,
  ...hostingBackupRoutes,
];
