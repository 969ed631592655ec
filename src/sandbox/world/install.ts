import { randomPassword } from '../random.js';
import type { Install } from './server-record.js';

interface InstallPlan {
  osId: string;
  startedAt: number;
  doneAt: number;
  withSshKey: boolean;
  hostname: string;
}

/** An install with a fresh root password, which is empty when an SSH key goes in instead. */
export function newInstall(plan: InstallPlan): Install {
  const { osId, startedAt, doneAt, withSshKey, hostname } = plan;
  const rootPassword = withSshKey ? '' : randomPassword();
  // The real post-install script is not recorded; only that it can echo the password is known.
  const credentials = withSshKey
    ? 'install -m 600 /cdrom/authorized_keys ~root/.ssh/'
    : `echo 'root:${rootPassword}' | chpasswd`;
  return {
    osId,
    startedAt,
    doneAt,
    withSshKey,
    rootPassword,
    postScript: `hostnamectl set-hostname ${hostname}; ${credentials}`,
  };
}
