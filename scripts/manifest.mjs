// The manifest of the bundle: what a host shows before it installs, asks the person, and starts.
import { readFile } from 'node:fs/promises';
import { CREDENTIALS, PACKAGE, sentence, SETTINGS, TITLE } from './about.mjs';
import { load } from './build.mjs';

/** The oldest that holds all that is used here: a host refuses a version that it does not know. */
const MANIFEST_VERSION = '0.3';

/** What a person is asked when they install it, in this order; everything else has a default that serves them. */
const ASKED = {
  api_key: { title: 'Gigahost API key', about: { ...CREDENTIALS.apiKey, otherwise: undefined }, sensitive: true },
  sandbox: { title: 'Sandbox', about: SETTINGS.sandbox },
  read_only: { title: 'Read only', about: SETTINGS.readOnly },
  only_servers: { title: 'Only these servers', about: SETTINGS.onlyServers },
  only_zones: { title: 'Only these zones', about: SETTINGS.onlyZones },
  toolsets: { title: 'Toolsets', about: SETTINGS.toolsets },
  max_spend: { title: 'Most that may be spent in a day', about: SETTINGS.maxSpend },
  lang: { title: 'Language', about: SETTINGS.lang },
};

export async function manifest() {
  const { catalogue } = await load('src/catalogue.ts');
  const { DEFAULT_TOOLSETS } = await load('src/toolsets.ts');
  const { tools, prompts = [] } = await catalogue();
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, introduction] = /^# .*\n\n([^]*?)\n\n/.exec(readme);
  return {
    manifest_version: MANIFEST_VERSION,
    name: PACKAGE.name,
    display_name: TITLE,
    version: PACKAGE.version,
    description: PACKAGE.description,
    long_description: `${introduction.replaceAll('\n', ' ')}\n\nThis project is not Gigahost's own and is not endorsed by Gigahost.`,
    author: { name: PACKAGE.author },
    license: PACKAGE.license,
    keywords: PACKAGE.keywords,
    icon: 'icon.png',
    server: {
      type: 'node',
      entry_point: 'dist/main.js',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/dist/main.js'],
        env: Object.fromEntries(
          Object.entries(ASKED).map(([name, { about }]) => [about.env, `\${user_config.${name}}`]),
        ),
      },
    },
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: PACKAGE.engines.node } },
    user_config: Object.fromEntries(Object.entries(ASKED).map(question)),
    tools: tools
      .filter(({ toolset, fourEyes }) => DEFAULT_TOOLSETS.includes(toolset) && !fourEyes)
      .map(({ name, description }) => ({ name, description })),
    // Toolsets chooses others.
    tools_generated: true,
    ...(prompts.length > 0 && { prompts_generated: true }),
  };
}

/** Without a default, a host hands over the placeholder itself for what was left empty. */
function question([name, { title, about, sensitive }]) {
  const isBoolean = about.kind?.schema.type === 'boolean';
  return [
    name,
    {
      type: isBoolean ? 'boolean' : 'string',
      title,
      description: sentence(about),
      required: false,
      default: isBoolean ? about.default : '',
      ...(sensitive && { sensitive }),
    },
  ];
}
