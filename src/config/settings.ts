import { LANGUAGES } from '../lang/index.js';
import { DEFAULT_TOOLSETS, TOOLSETS } from '../toolsets.js';
import { address } from './address.js';
import { HTTP_SETTINGS } from './http-settings.js';
import { boolean, choice, dnsServer, path, pathOrOff, seconds, text, wholeNumber } from './kinds.js';
import { someOf, wordList } from './lists.js';
import { money } from './money.js';
import { setting, type Setting, type ValuesOf } from './setting.js';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting but the credentials, in reading order. Flags, pages and JSON schema are made of these. */
export const SETTINGS = {
  config: setting({
    kind: text('file', 'it must name a file'),
    flag: 'config',
    env: 'GIGAHOST_CONFIG',
    inFile: false,
    does: 'read settings from this JSON file',
    default: undefined,
    otherwise: 'no file is read',
  }),
  sandbox: setting({
    kind: boolean,
    flag: 'sandbox',
    env: 'GIGAHOST_SANDBOX',
    does: 'use an embedded demo account instead of Gigahost; nothing is real, nothing is kept',
    default: false,
  }),
  baseUrl: setting({
    kind: address,
    env: 'GIGAHOST_BASE_URL',
    does: 'API address; https, or http on loopback',
    default: 'https://api.gigahost.no/api/v0',
  }),
  caFile: setting({
    kind: path,
    env: 'GIGAHOST_CA_FILE',
    does: 'file with certificates of further CAs to trust, as PEM: for a proxy that opens TLS; an absolute path',
    default: undefined,
    otherwise: 'those that Node trusts (and `NODE_EXTRA_CA_CERTS`)',
  }),
  readOnly: setting({
    kind: boolean,
    flag: 'read-only',
    env: 'GIGAHOST_READ_ONLY',
    does: 'offer only tools that look; nothing can be changed',
    default: false,
  }),
  toolsets: setting({
    kind: someOf('names', TOOLSETS),
    flag: 'toolsets',
    env: 'GIGAHOST_TOOLSETS',
    does: `offer the tools of these sets: \`all\`, or some of ${TOOLSETS.map(name => `\`${name}\``).join(', ')}`,
    default: undefined,
    otherwise: DEFAULT_TOOLSETS.map(name => `\`${name}\``).join(', '),
  }),
  tools: setting({
    kind: wordList('names', ['list_servers', 'get_server']),
    flag: 'tools',
    env: 'GIGAHOST_TOOLS',
    does: 'offer these tools: alone, or beside the sets that are named',
    default: [],
    otherwise: 'those of the sets',
  }),
  excludeTools: setting({
    kind: wordList('names', ['reinstall_server', 'order_ip_address']),
    flag: 'exclude-tools',
    env: 'GIGAHOST_EXCLUDE_TOOLS',
    does: 'do not offer these tools, whatever else is said',
    default: [],
    otherwise: 'none',
  }),
  onlyServers: setting({
    kind: wordList('names', ['web*', '18103']),
    flag: 'only-servers',
    env: 'GIGAHOST_ONLY_SERVERS',
    does: 'see and touch only these servers: ids, or names in which `*` stands for any text',
    default: [],
    otherwise: 'all servers',
  }),
  onlyZones: setting({
    kind: wordList('names', ['fjordkaffe.no', '*.example']),
    flag: 'only-zones',
    env: 'GIGAHOST_ONLY_ZONES',
    does: 'see and touch only these DNS zones, domains and their web hosting: ids, or names in which `*` stands for any text',
    default: [],
    otherwise: 'all zones',
  }),
  maxTargets: setting({
    kind: wholeNumber,
    flag: 'max-targets',
    env: 'GIGAHOST_MAX_TARGETS',
    does: 'most things (DNS records, servers to order, files) that one change may touch',
    default: 10,
  }),
  confirm: setting({
    kind: choice('mode', ['auto', 'elicit']),
    flag: 'confirm',
    env: 'GIGAHOST_CONFIRM',
    does: '`auto`: ask the person, else hand out a code; `elicit`: refuse clients that cannot ask',
    default: 'auto',
  }),
  dangerouslySkipConfirmation: setting({
    kind: boolean,
    flag: 'dangerously-skip-confirmation',
    inFile: false,
    does: 'do at once whatever is asked for, also what erases or costs money; for automation with a gate of its own',
    default: false,
  }),
  maxSpend: setting({
    kind: money,
    flag: 'max-spend',
    env: 'GIGAHOST_MAX_SPEND',
    does: 'most that purchases may cost in 24 hours, such as `500 NOK`; an amount alone is in NOK',
    default: undefined,
    otherwise: 'no limit',
  }),
  maxSpendEach: setting({
    kind: money,
    flag: 'max-spend-each',
    env: 'GIGAHOST_MAX_SPEND_EACH',
    does: 'most that one purchase may cost, such as `200 NOK`',
    default: undefined,
    otherwise: 'no limit',
  }),
  secrets: setting({
    kind: choice('way', ['file', 'page']),
    flag: 'secrets',
    env: 'GIGAHOST_SECRETS',
    does: 'how passwords reach you: `file`, in the state directory; `page`, once, on a web page of this machine',
    default: undefined,
    otherwise: '`file`; with `http`, `page`',
  }),
  dangerouslyInlineSecrets: setting({
    kind: boolean,
    flag: 'dangerously-inline-secrets',
    inFile: false,
    does: 'put passwords into the answer, where the model and every log of the conversation see them',
    default: false,
  }),
  journal: setting({
    kind: pathOrOff,
    flag: 'journal',
    env: 'GIGAHOST_JOURNAL',
    does: 'where every change is recorded, as JSON Lines: an absolute path, or `off`',
    default: undefined,
    otherwise: '`journal.jsonl` in the state directory',
  }),
  stateDir: setting({
    kind: path,
    env: 'GIGAHOST_STATE_DIR',
    does: 'folder for tokens, kept credentials, handed-over secrets and the journal; an absolute path',
    default: undefined,
    otherwise:
      'the user’s own: `~/.local/state/gigahost-mcp`, on macOS `~/Library/Application Support/gigahost-mcp`, on Windows `%LOCALAPPDATA%\\gigahost-mcp\\Data`',
  }),
  files: setting({
    kind: path,
    flag: 'files',
    env: 'GIGAHOST_FILES',
    does: 'folder that files are saved into and uploaded from; an absolute path',
    default: undefined,
    otherwise: '`Downloads` in your home where there is one, else `files` in the state directory',
  }),
  maxFileMb: setting({
    kind: wholeNumber,
    flag: 'max-file-mb',
    env: 'GIGAHOST_MAX_FILE_MB',
    does: 'largest file that is saved or uploaded, in MB',
    default: 200,
  }),
  tokenCache: setting({
    kind: boolean,
    env: 'GIGAHOST_TOKEN_CACHE',
    does: 'keep session tokens between processes, in a file of mode 0600 in the state directory',
    default: true,
  }),
  keychain: setting({
    kind: choice('way', ['auto', 'off']),
    env: 'GIGAHOST_KEYCHAIN',
    does: 'where `gigahost-mcp login` keeps credentials: `auto`, in the system’s keychain, or where there is none in a file of mode 0600 in the state directory; `off`, in that file',
    default: 'auto',
  }),
  timeoutSeconds: setting({
    kind: seconds,
    env: 'GIGAHOST_TIMEOUT_SECONDS',
    does: 'time a read may take; changes get three times as long',
    default: 30,
  }),
  questionSeconds: setting({
    kind: seconds,
    env: 'GIGAHOST_QUESTION_SECONDS',
    does: 'time a question to a 2025-era client stays open before it becomes a code',
    default: 45,
  }),
  resolver: setting({
    kind: dnsServer,
    env: 'GIGAHOST_RESOLVER',
    does: 'DNS server (`address` or `address:port`) for the check of forward records',
    default: undefined,
    otherwise: 'the system’s',
  }),
  lang: setting({
    kind: choice('language', LANGUAGES),
    flag: 'lang',
    env: 'GIGAHOST_LANG',
    does: 'language of what is said to people (not of what tools answer to the assistant): `en`, or `nb` for Norwegian',
    default: 'en',
  }),
  logLevel: setting({
    kind: choice('level', LOG_LEVELS),
    flag: 'log-level',
    env: 'GIGAHOST_LOG_LEVEL',
    does: '`error`, `warn`, `info` or `debug`, on stderr',
    default: 'warn',
  }),
  ...HTTP_SETTINGS,
} as const;

export type Values = ValuesOf<typeof SETTINGS>;

/** The same, for what treats all alike. */
export const EVERY_SETTING: readonly (readonly [string, Setting])[] = Object.entries(SETTINGS);
