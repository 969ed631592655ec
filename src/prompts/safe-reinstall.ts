import type { Prompt } from './prompt.js';
import { operatingSystems, serverNames } from './values.js';

export const safeReinstall: Prompt = {
  name: 'safe-reinstall',
  title: 'Reinstall a server safely',
  description: 'Look, snapshot, reinstall, follow and check. Erases the server, and asks you before it does.',
  arguments: {
    server: { description: 'The server: name, id or address', complete: serverNames },
    os: { description: 'Operating system to install, such as debian-13', complete: operatingSystems },
  },
  needs: ['get_server', 'list_snapshots', 'create_snapshot', 'reinstall_server'],
  uses: ['list_servers', 'list_operating_systems', 'list_ssh_keys', 'set_reverse_dns'],
  text: ({
    server,
    os,
  }) => `Reinstall ${server ? `my server ${server}` : 'one of my servers'}${os ? ` with ${os}` : ''}. Everything on it will be erased, so take it step by step.${server ? '' : ' Show me list_servers first and ask which.'}

1. get_server: tell me its system, disks and state, and note each address with its reverse DNS. Stop if something is under way on it (installing, upgrading, being built), or if it is cancelled. You cannot see what runs on it: ask me what does, who uses it, and whether its data is saved elsewhere. Wait for my answer.
2. list_operating_systems with that server: ${os ? `does ${os} fit?` : 'ask me which.'} list_ssh_keys: ask me which key to install; the old ones are lost.
3. create_snapshot, called before-reinstall and the date. Go on only when list_snapshots says completed. If there can be none, as on dedicated servers, stop and ask me. Remind me that only Gigahost’s panel or support can restore one.
4. reinstall_server with server, os, ssh_key and the hostname it has. Show me its whole plan; I confirm it myself.
5. Follow it with get_server until it is running. If it takes long, or the outcome is unknown, keep looking: starting again begins anew.
6. Compare addresses and reverse DNS with step 1; set_reverse_dns puts back what an IPv4 address lost.

End with what it ran and runs now, where the root password is (I open it, not you), the snapshot, and what is mine to do: its SSH host key is new, and backups and monitoring have to be set up again. Keep the snapshot.`,
};
