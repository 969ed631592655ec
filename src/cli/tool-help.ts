import { describeTool } from '../tools/describe.js';
import { TOOLS } from '../tools/index.js';
import type { Tool } from '../tools/tool.js';
import type { Said } from '../words/blocks.js';

interface Argument {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly about: string;
}

/** All tools that one person can use, a line each. */
export const toolList = (): Said => [
  {
    columns: ['tool and arguments', 'what it does'],
    rows: TOOLS.filter(({ fourEyes }) => !fourEyes).map(tool => [usage(tool), tool.title]),
  },
  'gigahost-mcp call TOOL --help explains the arguments of one.',
];

/** What one tool does and takes. */
export function toolHelp(tool: Tool): Said {
  const rows = argumentsOf(tool).map(({ name, required, type, about }) => [name, required ? 'yes' : 'no', type, about]);
  return [
    `Usage: gigahost-mcp call ${usage(tool)}`,
    tool.description,
    rows.length > 0 && { columns: ['argument', 'required', 'type', 'meaning'], rows },
  ];
}

/** Near misses of a name nobody has, or every name. */
export function namesLike(name: string): string {
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(word => word.length > 2);
  const near = TOOLS.filter(tool => words.some(word => tool.name.includes(word)));
  return (near.length > 0 ? near : TOOLS).map(tool => tool.name).join(', ');
}

const usage = (tool: Tool): string =>
  [tool.name, ...argumentsOf(tool).map(({ name, required }) => (required ? `${name}=…` : `[${name}=…]`))].join(' ');

function argumentsOf(tool: Tool): Argument[] {
  const { inputSchema } = describeTool(tool);
  const required = (inputSchema['required'] ?? []) as readonly string[];
  const properties = (inputSchema['properties'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(properties)
    .filter(([name]) => name !== 'confirmation_code')
    .map(([name, { type, enum: choices, description, default: otherwise }]) => ({
      name,
      required: required.includes(name),
      type: Array.isArray(choices) ? choices.join(' or ') : String(type),
      about: [description, otherwise !== undefined && `Default: ${JSON.stringify(otherwise)}`]
        .filter(Boolean)
        .join('. '),
    }));
}
