import type { Prompt } from './prompt.js';

export const monthlyCosts: Prompt = {
  name: 'monthly-costs',
  title: 'Monthly costs',
  description: 'What each server and domain costs a month, what is due, and what seems idle. Buys and cancels nothing.',
  arguments: {},
  needs: ['get_spending'],
  uses: ['list_invoices', 'list_servers', 'get_server', 'get_traffic_graph', 'list_dns_zones', 'list_webhosting'],
  text: () => `Tell me what I pay Gigahost a month, for what, and what of it may not be needed. Only look: buy, upgrade, cancel and change nothing.

1. get_spending with by="service", to its last page: each service, how it is billed, what it costs a month and when it is due. Then by="month" with months=6: which way it goes.
2. list_invoices with status="unpaid": number, due date, amount, days overdue, and how much credit there is.
3. list_dns_zones: the domains registered here, when they expire and whether they renew by themselves. list_webhosting: packages, and when they renew. No tool tells the price of a domain; take it from what was invoiced, or say that it is not known.
4. list_servers, then get_server for those that are down, and for the three most expensive: a server that is off is billed all the same. Where little traffic was used, get_traffic_graph with period="month". Little traffic is a hint, not proof: a database or a standby is quiet, so ask me.

Give me one total a month first, then a table: service, product, billing, a month, next date. Prices of services are without VAT and invoices with it: say which, and never add the two, nor amounts of different currencies. Then what is due, in order of date. Then what may be idle, with what ending it would save, as questions to me.`,
};
