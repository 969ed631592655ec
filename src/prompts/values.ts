import { offerName, readShop, regionName, type Offer } from '../inventory/offers.js';
import { misfit } from '../inventory/systems.js';
import type { CompletionContext, Given } from './prompt.js';

/** What an argument can be completed to. */
type Values = (context: CompletionContext, given: Given) => Promise<readonly string[]>;

export const serverNames: Values = async ({ inventory, signal }) => [
  ...new Set((await inventory.list({ signal })).servers.map(({ name }) => name)),
];

/** Zones for reverse DNS left out. */
export const domainNames: Values = async ({ inventory, signal }) =>
  (await inventory.zones.list({ signal })).map(({ name }) => name).filter(name => !name.endsWith('.arpa'));

/** As reinstall_server takes them; only those that fit the server where that is known. */
export const operatingSystems: Values = async ({ inventory, signal }, { server }) => {
  const { servers } = server === undefined ? { servers: [] } : await inventory.list({ signal });
  const named = servers.find(({ id, name }) => isCalled(server, id, name));
  const systems = await inventory.systems.all();
  return systems.filter(system => !named || misfit(system, named) === undefined).map(({ slug }) => slug);
};

/** Those that can be ordered, sold out or not, in the order of the catalogue. */
export const planNames: Values = async context => (await orderable(context)).map(offerName);

/** Where the plan is sold; every region where none was chosen that exists. */
export const regionNames: Values = async (context, { plan }) => {
  const offers = await orderable(context);
  const chosen = offers.filter(offer => isCalled(plan, offer.product.id, offerName(offer)));
  return [...new Set((chosen.length > 0 ? chosen : offers).flatMap(({ places }) => places.map(regionName)))];
};

async function orderable({ client, signal }: CompletionContext): Promise<readonly Offer[]> {
  const { offers } = await readShop(client, { signal });
  return offers.filter(({ product, places }) => product.price_id !== null && places.length > 0);
}

const isCalled = (reference: string | undefined, id: string, name: string): boolean =>
  reference !== undefined && [id, name.toLowerCase()].includes(reference.toLowerCase());
