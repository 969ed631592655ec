// The tables of tools, resources and prompts.
import { load } from '../build.mjs';
import { code, table } from './table.mjs';

const { catalogue } = await load('src/catalogue.ts');
const { TOOLSETS, DEFAULT_TOOLSETS } = await load('src/toolsets.ts');
const { tools, resources, prompts } = await catalogue();

const argumentsOf = ({ properties = {}, required = [] }) =>
  Object.keys(properties)
    .filter(name => name !== 'confirmation_code')
    .map(name => code(required.includes(name) ? name : `${name}?`))
    .join(', ');

const ASKS = { disrupt: 'a yes', destroy: 'the name typed', purchase: 'the name typed' };
/** Some ask only where what is asked for takes something away. */
const asks = ({ effect, inputSchema }) =>
  ASKS[effect] ?? (inputSchema.properties?.confirmation_code ? 'a yes, where something goes or changes' : '');

const toolTable = set =>
  table(
    ['tool', 'what it does', 'arguments', 'effect', 'asks for'],
    tools
      .filter(({ toolset }) => toolset === set)
      .map(tool => [
        code(tool.name),
        `${tool.description}${tool.fourEyes ? ' Only with `--four-eyes`.' : ''}`,
        argumentsOf(tool.inputSchema),
        tool.effect,
        asks(tool),
      ]),
  );

export const catalogueParts = {
  tools: TOOLSETS.filter(set => tools.some(tool => tool.toolset === set))
    .map(set => `### ${set}${DEFAULT_TOOLSETS.includes(set) ? '' : ' (off by default)'}\n\n${toolTable(set)}`)
    .join('\n\n'),
  resources: table(
    ['resource', 'what it holds'],
    resources.map(({ uri, description }) => [code(uri), description]),
  ),
  prompts: table(
    ['prompt', 'what it does', 'arguments', 'where these can be called'],
    prompts.map(({ name, description, arguments: args, needs }) => [
      code(name),
      description,
      args.map(argument => code(`${argument.name}?`)).join(', '),
      needs.map(code).join(', '),
    ]),
  ),
};
