import * as z from 'zod';
import { emailAddress } from '../../client/fields.js';
import type { Ask, Filled } from '../../guard/asks.js';
import { organizationOf, type Organization } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { NewName } from '../params.js';
import type { ToolContext } from '../tool.js';

/** Checked by refinement, as what a schema prints of it is paid for twice in every list. */
const checked = (isRight: (value: string) => boolean, problem: string) =>
  z.string().trim().refine(isRight, problem).optional();

const line = checked(
  value => NewName.safeParse(value).success,
  'must be one line of at most 100 characters, and not empty',
);

/** Whom a domain is registered to. */
export const APPLICANT = {
  org_number: checked(value => /^\d{9}$/.test(value), 'is not an organisation number of nine digits').describe(
    'Nine digits; without it, a person registers',
  ),
  email: checked(
    value => value.length < 254 && emailAddress.safeParse(value).success,
    'is not an e-mail address such as ola@example.no',
  ).describe('Of the registrant'),
  first_name: line.describe('Of the person applying'),
  last_name: line.describe('Of the person applying'),
  zip_code: checked(value => /^\d{4}$/.test(value), 'is not a postal code of four digits').describe('Postal code'),
  city: line.describe('City of that code'),
  pid: checked(
    value => /^N\.PRI\.\d{8}$/.test(value),
    'is not a personal id of the registry such as N.PRI.12345678',
  ).describe('Persons: N.PRI.…'),
};

type Given = { readonly [K in keyof typeof APPLICANT]?: string | undefined };

/** What is never kept, and never said again. */
export const PERSONAL = ['email', 'first_name', 'last_name', 'zip_code', 'city', 'pid'] as const;
type Personal = (typeof PERSONAL)[number];

/** The organisation that is to have the domain, looked up; null where it is to be a person. */
export async function applicantOf(
  { client, signal }: Pick<ToolContext, 'client' | 'signal'>,
  given: Given,
): Promise<Organization | null> {
  if (given.org_number === undefined) return null;
  if (given.pid !== undefined) throw new InputError('Either org_number or pid: an organisation or a person.');
  return organizationOf(client, given.org_number, { signal });
}

/** What the applicant has to give. The register of organisations knows where one is. */
export function applicantAsks(organization: Organization | null): readonly Ask[] {
  const ask = (name: Personal, title: string, rest: Partial<Ask> = {}): Ask => ({
    name,
    title,
    kind: 'text',
    required: true,
    ...rest,
  });
  return [
    ask('email', 'E-mail address of the registrant', { kind: 'email' }),
    ask('first_name', 'First name of who applies'),
    ask('last_name', 'Last name of who applies'),
    ask('zip_code', 'Postal code', unlessKnown(organization?.zip_code)),
    ask('city', 'City', unlessKnown(organization?.city)),
    ...(organization
      ? []
      : [ask('pid', 'Personal id at the registry', { description: 'N.PRI.12345678, from pid.norid.no' })]),
  ];
}

const unlessKnown = (registered: string | null | undefined): Partial<Ask> =>
  registered ? { required: false, description: `${registered} when left empty` } : {};

/** The organisation as the register has it; of a person, nothing. */
export const applicantWords = (organization: Organization | null): string =>
  organization
    ? `${organization.name} (organisation ${organization.number}${place(organization)})`
    : 'a person, by their personal id at the registry';

const place = ({ address, zip_code, city }: Organization): string =>
  [address, [zip_code, city].filter(Boolean).join(' ')]
    .filter(Boolean)
    .map(part => `, ${part}`)
    .join('');

/** The applicant as Gigahost is sent it. The name is that of whoever applies, also for an organisation. */
export function applicantBody(organization: Organization | null, filled: Filled) {
  const of = (name: Personal): string => filled[name] ?? '';
  const shared = {
    email: of('email'),
    applicant_name: `${of('first_name')} ${of('last_name')}`,
    zip_code: of('zip_code') || (organization?.zip_code ?? ''),
    city: of('city') || (organization?.city ?? ''),
  };
  return organization
    ? {
        ...shared,
        registrant_type: 'organization' as const,
        org_number: organization.number,
        company_name: organization.name,
      }
    : { ...shared, registrant_type: 'person' as const, pid: of('pid') };
}
