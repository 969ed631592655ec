import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/catalogue.js';
import { annotationsOf, isGuarded } from '../src/guard/effects.js';
import { TOOLS } from '../src/tools/index.js';
import { whyOff, type Selection } from '../src/tools/select.js';

/** Names and arguments are fixed: assistants, scripts and habits rest on them. */
const PROMISED: Readonly<Record<string, string>> = {
  list_servers: 'query? status? limit? cursor?',
  get_server: 'server',
  get_power_state: 'server',
  reboot_server: 'server',
  power_on_server: 'server',
  power_off_server: 'server',
  rename_server: 'server name',
  open_console: 'server allowed_addresses',
  list_snapshots: 'server',
  create_snapshot: 'server name wait_seconds?',
  delete_snapshot: 'server snapshot',
  get_traffic_graph: 'server kind period',
  list_operating_systems: 'distribution? server?',
  reinstall_server: 'server os hostname? language? keyboard? timezone? wait_seconds?',
  set_reverse_dns: 'address target',
  list_isos: 'server',
  mount_iso: 'server iso',
  list_upgrades: 'server',
  upgrade_server: 'server package',
  order_ip_address: 'server routing',
  get_account: '',
  list_invoices: 'status? limit?',
  list_webhosting: 'cursor?',
  get_webhosting: 'hosting',
  list_mailboxes: 'hosting cursor?',
  create_mailbox: 'hosting address quota_mb?',
  list_hosting_files: 'hosting path? limit? cursor?',
  read_hosting_file: 'hosting path lines?',
  list_hosting_apps: 'hosting cursor?',
  list_hosting_backups: 'hosting cursor?',
  backup_webhosting: 'hosting wait_seconds?',
  list_users: 'cursor?',
  invite_user: 'name email access servers?',
  set_user_access: 'user access? add_servers? remove_servers?',
  delete_user: 'user',
  list_ssh_keys: 'cursor?',
  add_ssh_key: 'name public_key',
  delete_ssh_key: 'key',
  list_api_keys: 'cursor?',
  create_api_key: 'label permissions servers? zones? expires_in_days?',
  rotate_api_key: 'key',
  revoke_api_key: 'key',
  set_notifications: 'newsletter? incidents? bandwidth? login? renewal?',
  list_activity: 'query? limit? cursor?',
  list_clients: 'cursor?',
  list_agreements: 'cursor?',
  check_domain: 'domain',
  get_domain: 'domain',
  register_domain: 'domain org_number? email? first_name? last_name? zip_code? city? pid? nameservers?',
  transfer_domain: 'domain auth_code? keep_nameservers?',
  set_auto_renew: 'domain enabled',
  set_nameservers: 'domain nameservers',
  set_ds_records: 'domain records',
  set_registrant: 'domain org_number? email? first_name? last_name? zip_code? city? pid?',
  set_registrant_email: 'domain email? protect?',
  get_spending: 'by? months? server? cursor?',
  top_up_credit: 'amount currency?',
  list_server_plans: 'min_cores? min_ram_gb? min_disk_gb? max_price? region? in_stock? cursor?',
  deploy_server: 'plan host_names os? iso? region? ssh_keys? billing? backups? waitlist? wait_seconds?',
  get_deployment: 'deployment?',
  list_waitlist: 'cursor?',
  cancel_waitlist_entry: 'entry',
  cancel_server: 'server when?',
  move_ip_address: 'address server',
  get_bgp: 'cursor?',
  create_bgp_session: 'server asn? ip_versions? default_route? redundant?',
  delete_bgp_session: 'session',
  list_dns_zones: 'query? limit? cursor?',
  list_dns_records: 'zone name? type? query? limit? cursor?',
  set_dns_records: 'zone records keep_existing?',
  delete_dns_records: 'zone records',
  create_dns_zone: 'name default_records? zone_file?',
  delete_dns_zone: 'zone',
  export_dns_zone: 'zone',
  check_mail_dns: 'zone',
  list_redirects: 'zone',
  set_redirect: 'zone source target',
  set_dnssec: 'zone enabled',
  find_operation: 'query group?',
  read_operation: 'operation arguments?',
  run_operation: 'operation arguments?',
  list_changes: 'server? zone? tool? since? limit? cursor?',
  undo_change: 'change?',
  list_pending_changes: 'limit? cursor?',
  approve_change: 'id',
  withdraw_change: 'id',
};
/** Tools that ask for some of what they do: what they were asked for tells. */
const ASKING: readonly string[] = ['undo_change', 'set_dns_records', 'set_redirect', 'set_auto_renew'];
/** What `tools/list` may cost a model's context: name, description and input schema, in o200k tokens. */
const BUDGETS = { default: 5000, 'read-only': 2500, all: 12_000 } as const;

const { tools, resources, prompts } = await catalogue();
const argumentsOf = (tool: (typeof tools)[number]) =>
  Object.entries((tool.inputSchema['properties'] ?? {}) as Record<string, Record<string, unknown>>);

test('every promised tool is there with its arguments', () => {
  for (const [name, promised] of Object.entries(PROMISED)) {
    const tool = tools.find(candidate => candidate.name === name);
    const names = argumentsOf(tool ?? expect.fail(`${name} is missing`)).map(([argument]) => argument);
    expect(names, name).toEqual(
      expect.arrayContaining(promised.split(' ').flatMap(word => (word ? [word.replace('?', '')] : []))),
    );
  }
});

test('every name is used once', () => {
  const names = [...tools, ...resources, ...prompts].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('a tool lives in a file of its name', async () => {
  const files = await readdir('src/tools', { recursive: true });
  expect(files.map(file => basename(file, '.ts').replaceAll('-', '_'))).toEqual(
    expect.arrayContaining(TOOLS.map(tool => tool.name)),
  );
});

describe.for(tools)('$name', tool => {
  test('can be chosen by its words', () => {
    expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(tool.title).toMatch(/^[A-Z].{3,40}$/);
    expect(tool.description).toMatch(/^[A-Z].{20,200}\.$/);
  });

  test('says what each argument is', () => {
    for (const [argument, schema] of argumentsOf(tool)) {
      expect(argument).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(schema['description'], argument).toMatch(/^\S.{1,100}$/);
    }
  });

  test('takes no unknown argument and no choice of shapes', () => {
    expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(JSON.stringify(tool.inputSchema)).not.toMatch(/"(anyOf|oneOf|allOf|\$ref|not)"/);
  });

  test('declares an open output, so that one more field breaks no client', () => {
    expect(tool.outputSchema).toMatchObject({ type: 'object', additionalProperties: true });
    expect(JSON.stringify(tool.outputSchema)).not.toMatch(/"additionalProperties":(false|\{\})/);
  });

  test('hints what its effect says, and asks a person where it must', () => {
    expect(tool.annotations).toEqual({ title: tool.title, ...annotationsOf(tool.effect) });
    expect(argumentsOf(tool).some(([name]) => name === 'confirmation_code')).toBe(
      isGuarded(tool.effect) || ASKING.includes(tool.name),
    );
  });

  test('looks to clients as it did', async () => {
    const { effect: _effect, toolset: _toolset, relays: _relays, ...seen } = tool;
    await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(`surface/tools/${tool.name}.json`);
  });
});

test('resources look to clients as they did', async () => {
  await expect(`${JSON.stringify(resources, null, 2)}\n`).toMatchFileSnapshot('surface/resources.json');
});

test('prompts look to clients as they did', async () => {
  await expect(`${JSON.stringify(prompts, null, 2)}\n`).toMatchFileSnapshot('surface/prompts.json');
});

const NO_CHOICE = { readOnly: false, toolsets: undefined, tools: [], excludeTools: [] } as const;
const listed = (selection: Partial<Selection>) =>
  tools.filter(tool => whyOff(tool, [{ ...NO_CHOICE, ...selection }]) === undefined);
const SETS = {
  default: listed({}),
  'read-only': listed({ readOnly: true }),
  all: listed({ toolsets: 'all', approvals: true }),
} as const;

test('what approves changes is listed only where changes have to be approved', () => {
  const names = ({ default: all }: { default: typeof tools }) => all.map(({ name }) => name);
  const added = names({ default: listed({ approvals: true }) }).filter(name => !names(SETS).includes(name));
  expect(added).toEqual(['list_pending_changes', 'approve_change', 'withdraw_change']);
});

test.for(['default', 'read-only', 'all'] as const)(
  'the %s list of tools costs a context no more than its budget',
  set => {
    const tokens = SETS[set].map(
      ({ name, description, inputSchema }) => encode(JSON.stringify({ name, description, inputSchema })).length,
    );
    expect(tokens.reduce((sum, count) => sum + count, 0)).toBeLessThan(BUDGETS[set]);
  },
);
