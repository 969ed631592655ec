import { quotedFlag, seconds, type WireRecord } from '../wire.js';
import type { Account, Contact } from '../world/records.js';
import type { OpenOrder } from '../world/shop.js';
import type { World } from '../world/world.js';

/** The account. API keys get the contacts without their secrets. */
export function accountRecord(world: World, withSecrets: boolean): WireRecord {
  const { account } = world;
  return {
    ...postal(account),
    cust_billing_email2: '',
    cust_newsletter: false,
    cust_incident: true,
    cust_bandwidth_notification: true,
    cust_email_on_login: '0',
    cust_notify_service_renewal: 1,
    cust_partner: '0',
    sshkeys: account.sshKeys.map(key => ({
      key_id: key.id,
      key_name: key.name,
      key_added: seconds(key.addedAt),
      key_data: key.data,
    })),
    passkeys: account.passkeys.map(passkey => ({
      passkey_id: passkey.id,
      passkey_name: passkey.name,
      created_at: seconds(passkey.createdAt),
      last_used: passkey.lastUsedAt === null ? null : seconds(passkey.lastUsedAt),
    })),
    contacts: account.contacts.map(contact => contactRow(contact, withSecrets)),
    orders: orderRows(world),
  };
}

/** The older alias of the account, whose fields sit at the top level. */
export const legacyAccount = ({ account }: World): WireRecord => ({
  success: true,
  ...postal(account),
  cust_contacts: account.contacts.map(contact => ({
    contact_id: contact.id,
    contact_name: contact.name,
    contact_email: contact.username,
    contact_phone: '',
    contact_address: '',
    contact_zip: '',
    contact_city: '',
    contact_username: contact.username,
    contact_admin: quotedFlag(contact.accessLevel === 'admin'),
  })),
});

const postal = (account: Account): WireRecord => ({
  cust_id: account.id,
  cust_name: account.name,
  cust_company_no: account.companyNumber,
  cust_address: account.address,
  cust_address2: '',
  cust_province: account.province,
  cust_zipcode: account.zip,
  cust_city: account.city,
  cust_country: account.country,
  cust_phone: account.phone,
  cust_email: account.email,
  cust_billing_email: account.billingEmail,
});

const contactRow = (contact: Contact, withSecrets: boolean): WireRecord => ({
  contact_id: contact.id,
  contact_name: contact.name,
  contact_username: contact.username,
  contact_access_level: contact.accessLevel,
  contact_2fa: quotedFlag(contact.twoFactorSecret !== null),
  ...(withSecrets && { contact_2fa_secret: contact.twoFactorSecret ?? '', api_key: contact.legacyApiKey }),
});

const orderRows = (world: World): WireRecord[] => [
  ...world.servers.flatMap(server =>
    server.order === null
      ? []
      : {
          order_id: server.order.id,
          order_number: server.order.number,
          order_status: server.order.status,
          order_billing_cycle: server.order.billing === 'hourly' ? 'hourly' : 'monthly',
          products: [
            {
              op_id: server.order.id,
              srv_id: server.id,
              product_id: server.packageId,
              product_name: server.productName,
              srv_name: server.name,
            },
          ],
        },
  ),
  ...world.shop.openOrders.map(openOrderRow),
];

/** An order that has no machine yet. */
const openOrderRow = ({ order, plan, hostname }: OpenOrder): WireRecord => ({
  order_id: order.id,
  order_number: order.number,
  order_status: order.status,
  order_billing_cycle: order.billing === 'hourly' ? 'hourly' : 'monthly',
  products: [
    {
      op_id: order.id,
      srv_id: '0',
      product_id: plan.product.id,
      product_name: plan.product.name,
      srv_name: hostname,
    },
  ],
});
