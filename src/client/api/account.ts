import * as z from 'zod';
import { defineEndpoint, fromData } from '../endpoint.js';
import { flagOrNull, idOrNull, list, secret, text, time } from '../wire.js';

const profile = {
  cust_id: idOrNull,
  cust_name: text,
  cust_company_no: text,
  cust_address: text,
  cust_address2: text,
  cust_zipcode: text,
  cust_city: text,
  cust_country: text,
  cust_phone: text,
  cust_email: text,
  cust_billing_email: text,
};
const Profile = z.looseObject(profile);
const toProfile = (w: z.output<typeof Profile>) => ({
  id: w.cust_id,
  name: w.cust_name,
  companyNumber: w.cust_company_no,
  address: [w.cust_address, w.cust_address2, [w.cust_zipcode, w.cust_city].filter(Boolean).join(' '), w.cust_country]
    .filter(Boolean)
    .join(', '),
  country: w.cust_country,
  phone: w.cust_phone,
  email: w.cust_email,
  billingEmail: w.cust_billing_email,
});

const AccountWire = Profile.extend({
  cust_newsletter: flagOrNull,
  cust_incident: flagOrNull,
  cust_bandwidth_notification: flagOrNull,
  cust_email_on_login: flagOrNull,
  cust_notify_service_renewal: flagOrNull,
  sshkeys: list(z.looseObject({ key_id: idOrNull, key_name: text, key_added: time, key_data: text })),
  passkeys: list(z.looseObject({ passkey_id: idOrNull, passkey_name: text, created_at: time, last_used: time })),
  contacts: list(
    z.looseObject({
      contact_id: idOrNull,
      contact_name: text,
      contact_username: text,
      contact_access_level: text,
      contact_2fa: flagOrNull,
      contact_2fa_secret: secret,
      api_key: secret,
    }),
  ),
  orders: list(
    z.looseObject({
      order_id: idOrNull,
      order_number: text,
      order_status: text,
      order_billing_cycle: text,
      products: list(z.looseObject({ srv_id: idOrNull, product_name: text, srv_name: text })),
    }),
  ),
}).transform(w => ({
  ...toProfile(w),
  notifications: {
    newsletter: w.cust_newsletter,
    incidents: w.cust_incident,
    bandwidth: w.cust_bandwidth_notification,
    login: w.cust_email_on_login,
    renewal: w.cust_notify_service_renewal,
  },
  sshKeys: w.sshkeys.map(key => ({
    id: key.key_id,
    name: key.key_name,
    addedAt: key.key_added,
    /** Type, base64 and comment: nothing secret. */
    publicKey: key.key_data,
  })),
  passkeys: w.passkeys.map(key => ({
    id: key.passkey_id,
    name: key.passkey_name,
    createdAt: key.created_at,
    lastUsedAt: key.last_used,
  })),
  users: w.contacts.map(user => ({
    id: user.contact_id,
    name: user.contact_name,
    login: user.contact_username,
    access: user.contact_access_level,
    twoFactor: user.contact_2fa,
  })),
  orders: w.orders.map(order => ({
    id: order.order_id,
    number: order.order_number,
    status: order.order_status?.toLowerCase() ?? null,
    cycle: order.order_billing_cycle,
    products: order.products.map(product => ({
      name: product.product_name,
      server: product.srv_name,
      serverId: product.srv_id,
    })),
  })),
}));
export type Account = z.output<typeof AccountWire>;

export const getAccount = defineEndpoint({
  id: 'getAccount',
  does: 'read the account',
  method: 'GET',
  path: '/account',
  effect: 'read',
  repeatable: true,
  secrets: ['data.contacts[].contact_2fa_secret', 'data.contacts[].api_key'],
  decode: fromData(AccountWire),
});

/** The older alias: no envelope, profile and contacts only. For credentials that may read nothing else. */
export const getLegacyAccount = defineEndpoint({
  id: 'getLegacyAccount',
  does: 'read the account',
  method: 'GET',
  path: '/my/account',
  effect: 'read',
  repeatable: true,
  secrets: [],
  bare: true,
  decode: fromData(
    Profile.extend({
      cust_contacts: list(z.looseObject({ contact_name: text, contact_username: text, contact_admin: flagOrNull })),
    }).transform(w => ({
      ...toProfile(w),
      users: w.cust_contacts.map(user => ({
        name: user.contact_name,
        login: user.contact_username,
        access: user.contact_admin ? 'admin' : 'user',
        twoFactor: null,
      })),
    })),
  ),
});
