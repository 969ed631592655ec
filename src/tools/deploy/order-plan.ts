import { listDeployIsos } from '../../client/api/catalogue.js';
import { InputError } from '../../inventory/input-error.js';
import { isMore, moneyWords, plus } from '../../inventory/money.js';
import { offerName, regionName, type Offer, type Place, type Shop } from '../../inventory/offers.js';
import type { BillingPeriod, Price } from '../../inventory/price.js';
import { misfit } from '../../inventory/systems.js';
import { theOne } from '../../inventory/the-one.js';
import type { ToolContext } from '../tool.js';

/** What is put onto new servers: the field of the order that says it, and its words. */
export interface Contents {
  readonly body: { readonly os_id: string } | { readonly iso_id: string } | { readonly rescue: 1 };
  readonly words: string;
}

/** @throws {InputError} when there is no such system, or it does not fit. */
export async function contentsOf(
  { client, inventory, signal }: Pick<ToolContext, 'client' | 'inventory' | 'signal'>,
  { os, iso }: { readonly os?: string | undefined; readonly iso?: string | undefined },
  offer: Offer,
): Promise<Contents> {
  if ((os === undefined) === (iso === undefined))
    throw new InputError('Say what to put on it: os (such as debian-13, or rescue) or iso, one of the two.');
  if (iso !== undefined) {
    const isos = await client.call(listDeployIsos, {}, { signal });
    const image = theOne(iso, isos, {
      nouns: ['uploaded ISO image', 'uploaded ISO images'],
      idOf: ({ id }) => id,
      namesOf: ({ name }) => [name],
    });
    return { body: { iso_id: image.id }, words: `the ISO image ${image.name ?? image.id}` };
  }
  if (os?.toLowerCase() === 'rescue') return { body: { rescue: 1 }, words: 'the rescue system' };
  const system = await inventory.systems.resolve(os ?? '');
  const type = offer.kind === 'vps' ? 'vps' : 'dedicated';
  const problem = misfit(system, { type, ramGb: offer.ramGb, name: offerName(offer) });
  if (problem) throw new InputError(`${problem}.`);
  return { body: { os_id: system.id }, words: system.name };
}

/** @throws {InputError} when the plan is not sold so, or not now. */
export function mustBeSold(offer: Offer, place: Place, period: BillingPeriod, waitlist: string | undefined): void {
  const { product } = offer;
  const name = offerName(offer);
  if (product.price_id === null)
    throw new InputError(`${name} is an auction without a price of its own: it is taken in the Gigahost panel.`);
  if (period === 'hourly' && product.hourly === false)
    throw new InputError(`${name} is not sold by the hour. Choose billing: monthly, quarterly or annual.`);
  if (period !== 'hourly' && product.recurring === false)
    throw new InputError(`${name} is sold by the hour only. Choose billing: hourly.`);
  if (place.inStock === false && waitlist === undefined)
    throw new InputError(
      `${name} is sold out in ${regionName(place)}. ${
        product.waitlist
          ? 'waitlist="reserve" orders it for when there is one (billed then), waitlist="notify" only asks for an e-mail.'
          : 'There is no waiting list for it.'
      } list_server_plans with in_stock=true shows what can be had now.`,
    );
  if (place.inStock === false && product.waitlist === false)
    throw new InputError(`${name} is sold out in ${regionName(place)}, and there is no waiting list for it.`);
  if (place.inStock === true && waitlist === 'notify')
    throw new InputError(
      `${name} is in stock in ${regionName(place)}: with waitlist it would be ordered at once. Leave waitlist out to order it.`,
    );
}

export interface Ordering {
  readonly offer: Offer;
  readonly place: Place;
  readonly price: Price;
  readonly period: BillingPeriod;
  readonly hostNames: readonly string[];
  readonly contents: Contents;
  readonly keys: readonly { readonly id: string; readonly words: string }[];
  readonly backups: boolean;
  readonly waitlist: 'reserve' | 'notify' | undefined;
}

/** What follows from an order, a line each. */
export function orderLines(order: Ordering, shop: Shop): string[] {
  const { offer, keys, contents, place, waitlist, hostNames } = order;
  const size = [
    offer.cores && `${offer.cores} core${offer.cores === 1 ? '' : 's'}`,
    offer.ramGb && `${offer.ramGb} GB of memory`,
    offer.disks,
    offer.gpus,
  ];
  return [
    `${hostNames.length > 1 ? 'Each' : 'It'} has ${size.filter(Boolean).join(', ')}, in ${regionName(place)}, and gets ${contents.words}${order.backups ? ', with backups' : ''}.`,
    ...priceLines(order, shop),
    ...(place.inStock === false ? waitLines(order) : []),
    ...(place.inStock === null ? ['Gigahost does not say whether it is in stock.'] : []),
    ...(place.inStock !== false && waitlist ? ['It is in stock, so the waiting list does not come into it.'] : []),
    keys.length > 0
      ? `SSH keys: ${keys.map(({ words }) => words).join(', ')}.`
      : 'iso_id' in contents.body
        ? 'It starts from the image: open_console shows its screen.'
        : 'No SSH key goes in: the user is told where the root password is.',
    ...(offer.product.choices.length > 0 ? ['What can be chosen for it stays at its default.'] : []),
    ...eligibilityLines(order, shop),
  ];
}

function priceLines({ price, period, hostNames }: Ordering, { vatPercent }: Shop): string[] {
  const { currency, hourly, monthly, setup, discountPercent, first } = price;
  const money = (amount: string | null) =>
    amount === null ? 'an amount Gigahost does not state' : `${amount} ${currency}`;
  const vat = vatPercent > 0 ? `with ${vatPercent}% VAT` : 'without VAT';
  const many = hostNames.length > 1;
  const total = first && moneyWords(first);
  const fee = setup ? ` The setup fee is ${money(setup)}${many ? ' each' : ''}.` : '';
  if (period === 'hourly')
    return [
      `It costs ${money(hourly)} an hour${many ? ' each' : ''}, at most ${money(monthly)} a month (${vat}), until cancel_server ends it.${fee}`,
      ...(total ? [`${many ? 'Their' : 'Its'} month at most, ${total}, is what counts towards a spending limit.`] : []),
    ];
  const discount = discountPercent > 0 ? ` less ${discountPercent}% for the year` : '';
  return [
    `It costs ${money(monthly)} a month${many ? ' each' : ''}${discount} (${vat}), paid ${AHEAD[period]} ahead, and goes on until cancel_server ends it.${fee}`,
    ...(total ? [`The first term costs ${total}${many ? ' for all of them' : ''}.`] : []),
  ];
}

const AHEAD: Readonly<Record<Exclude<BillingPeriod, 'hourly'>, string>> = {
  monthly: 'a month',
  quarterly: 'three months',
  annual: 'a year',
};

const waitLines = ({ waitlist, place }: Ordering): string[] => [
  `It is sold out in ${regionName(place)}.`,
  waitlist === 'reserve'
    ? 'The order waits: as soon as there is one, Gigahost bills and builds it without asking again. cancel_waitlist_entry takes it off.'
    : 'Gigahost only sends an e-mail when there is one. If one comes in at this very moment, it is ordered at once.',
];

/** What the account may be refused for. */
function eligibilityLines({ period, offer, hostNames }: Ordering, { eligibility: standing }: Shop): string[] {
  if (!standing) return [];
  const currency = standing.hourly_currency ?? 'NOK';
  const lines = [`The account has ${standing.credit_nok ?? '0.00'} NOK of credit.`];
  if (standing.verified === false)
    lines.push('The account is not verified yet: Gigahost may refuse or hold the order.');
  if (period !== 'hourly') {
    if (standing.has_method === false)
      lines.push('No card or PayPal is on file: it is paid from the credit or by invoice.');
    return lines;
  }
  if (standing.pays_afterwards) return [...lines, 'Hourly servers are billed afterwards.'];
  const { hourly_allowance: allowance, hourly_usage: usage } = standing;
  if (allowance === null || usage === null) return lines;
  const wanted = plus(usage, plus(offer.product.rate_monthly).times(hostNames.length).toFixed()).toFixed(2);
  return [
    ...lines,
    `Hourly servers must be covered by credit for a month: with this it is ${wanted} of ${allowance} ${currency}.${
      isMore(wanted, allowance)
        ? ' Gigahost is going to refuse it: top_up_credit first, or choose another billing.'
        : ''
    }`,
  ];
}
