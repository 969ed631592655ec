import type { Prompt } from './prompt.js';
import { operatingSystems, planNames, regionNames } from './values.js';

export const newServer: Prompt = {
  name: 'new-server',
  title: 'Order a new server',
  description:
    'Choose a plan, order it, follow the installation, set names and DNS. Costs money, and asks you before it does.',
  arguments: {
    plan: { description: 'Plan to order; empty to choose from a list with prices', complete: planNames },
    region: { description: 'Where it is to stand', complete: regionNames },
    os: { description: 'Operating system, such as debian-13', complete: operatingSystems },
    name: { description: 'Its host name, such as web03.example.no' },
  },
  needs: ['list_server_plans', 'deploy_server', 'get_deployment'],
  uses: [
    'list_operating_systems',
    'list_ssh_keys',
    'get_server',
    'rename_server',
    'list_dns_zones',
    'list_dns_records',
    'set_dns_records',
    'set_reverse_dns',
  ],
  text: ({ plan, region, os, name }) => {
    const wishes = [plan && `plan ${plan}`, region && `region ${region}`, os && `system ${os}`, name && `name ${name}`];
    const chosen = wishes.filter(Boolean).join(', ');
    return `Help me order a new server${chosen ? `: ${chosen}` : ''}.

1. list_server_plans with in_stock=true${region ? ` and region=${region}` : ''}. ${plan ? `Show me size and price of ${plan}; if it is not there, say so and show me the two nearest.` : 'Ask what the server is for, then show me at most five that suit, with size, region and price by the hour and the month.'} Say whether prices are with VAT.
2. Ask me for what is still open, all at once: ${plan ? '' : 'plan, '}region where there is a choice, system (list_operating_systems), host name, SSH keys (list_ssh_keys), billing (hourly unless I say otherwise), backups (they add to the price).
3. deploy_server with plan, host_names, os, region, ssh_keys, billing. Show me its whole plan with the price; I confirm it myself. Sold out: ask me whether to take another plan or region, or the waitlist.
4. get_deployment until it is ready. Never order again while the outcome is unknown: that would be a second server.
5. get_server: check size, system and addresses. rename_server if it is not called what I asked for.
6. If the host name lies in a zone of list_dns_zones, look with list_dns_records whether the name is taken. If not, offer an A and an AAAA record with the server’s addresses, and set them with set_dns_records once I agree. Then set_reverse_dns of the IPv4 address to the same name.

End with name, addresses, system, what it costs, how to sign in, and where the root password is (I open it, not you).`;
  },
};
