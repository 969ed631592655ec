import { connect, type Connected, type ConnectOptions } from '../../support/connect.js';

/** With the tools of domains, which are off unless they are chosen. */
export const connectDomains = (options: ConnectOptions = {}): Promise<Connected> =>
  connect({ ...options, args: ['--toolsets', 'domains,dns,changes', ...(options.args ?? [])] });

export const COMPANY = {
  org_number: '988888888',
  email: 'post@kaffekunden.example',
  first_name: 'Kari Anne',
  last_name: 'Berg',
};
export const PERSON = {
  email: 'kari@kaffekunden.example',
  first_name: 'Kari Anne',
  last_name: 'Berg',
  zip_code: '3210',
  city: 'Sandefjord',
  pid: 'N.PRI.87654321',
};

/** What a domain costs in the sandbox, for each that was billed. */
export const billed = ({ sandbox }: Pick<Connected, 'sandbox'>): number =>
  sandbox.world.invoices.filter(({ paid, net }) => !paid && net === 12_900).length;

export const registrationOf = ({ sandbox }: Pick<Connected, 'sandbox'>, domain: string) => {
  const { registration } = sandbox.world.dns.zone(domain);
  if (!registration) throw new Error(`${domain} is not registered`);
  return registration;
};
