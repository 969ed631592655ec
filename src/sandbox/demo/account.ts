import { randomHex } from '../random.js';
import type { Account, Contact } from '../world/records.js';
import { DAY, HOUR } from '../times.js';

/** The customer, its people and their keys. */
export const account = (now: number): Account => ({
  id: '19998',
  name: 'Fjordkaffe AS',
  companyNumber: '999999999',
  address: 'Kaiveien 4',
  address2: '',
  zip: '3211',
  city: 'Sandefjord',
  province: 'Vestfold',
  country: 'NO',
  phone: '+47 99 99 99 99',
  email: 'demo@example.no',
  billingEmail: 'faktura@example.no',
  billingEmail2: '',
  partner: true,
  notifications: { newsletter: false, incident: true, bandwidth: true, login: false, renewal: true },
  credit: 50_000,
  sshKeys: [
    {
      id: '51',
      name: 'ingrid laptop',
      addedAt: now - 400 * DAY,
      data: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3yZ0nQ8yq1m0x0mB5o3sC2d9kqv4JX1fWmVtQyB7aE ingrid@example.no',
    },
    {
      id: '52',
      name: 'deploy',
      addedAt: now - 90 * DAY,
      data: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFq8m2uJt5yRk1dYb7wXn0gVh6sLc3eAoP4iKz9TrM2C deploy@build01.example.no',
    },
  ],
  passkeys: [
    { id: '21', name: 'YubiKey 5C', createdAt: now - 380 * DAY, lastUsedAt: now - 3 * HOUR },
    { id: '22', name: 'Telefon', createdAt: now - 20 * DAY, lastUsedAt: null },
  ],
  contacts: [
    contact('31', 'Ingrid Nes', 'demo@example.no', 'admin', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'),
    contact('32', 'Jonas Lie', 'jonas@example.no', 'user', null),
    {
      ...contact('33', 'Drift', 'drift@example.no', 'server', null),
      servers: [
        { id: '71', objectId: '18101' },
        { id: '72', objectId: '18102' },
      ],
    },
  ],
});

const contact = (
  id: string,
  name: string,
  username: string,
  accessLevel: Contact['accessLevel'],
  twoFactorSecret: string | null,
): Contact => ({
  id,
  name,
  username,
  accessLevel,
  active: true,
  language: 'no',
  password: null,
  twoFactorSecret,
  pendingTwoFactorSecret: null,
  legacyApiKey: randomHex(40),
  servers: [],
});
