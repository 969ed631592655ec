// Every operation of Gigahost's API, and what carries it out.
import { load } from '../build.mjs';
import { code, table } from './table.mjs';

const { OPERATIONS } = await load('src/client/operations.ts');
const { TOOLS } = await load('src/tools/index.ts');
const { CLOSED, SIGNS_IN } = await load('src/tools/operations/registry.ts');

const operations = [...OPERATIONS.values()];
const named = (key, id) => TOOLS.filter(tool => tool[key]?.includes(id)).map(({ name }) => code(name));

function carriedOutBy({ id, effect }) {
  if (id in CLOSED) return `not offered: ${CLOSED[id]}`;
  if (id === SIGNS_IN) return 'the server itself, to sign in';
  const covering = named('covers', id);
  if (covering.length > 0) return covering.join(', ');
  const partly = named('partly', id);
  const way = code(effect === 'read' ? 'read_operation' : 'run_operation');
  return partly.length === 0 ? way : `${way}; in part ${partly.join(', ')}`;
}

const rowOf = ({ endpoint }) => [
  code(endpoint.id),
  endpoint.does,
  code(`${endpoint.method} ${endpoint.path}`),
  endpoint.effectOf ? `${endpoint.effect} *` : endpoint.effect,
  carriedOutBy(endpoint),
];

const groups = [...new Set(operations.map(({ group }) => group))];
const count = test => operations.filter(({ endpoint }) => test(endpoint)).length;
const covered = count(({ id }) => named('covers', id).length > 0);
const closed = Object.keys(CLOSED).length;

export const coverageParts = {
  counts: `Of ${operations.length} operations ${covered} have a tool, ${operations.length - covered - closed - 1} are called by name, one signs in, and ${closed} is not offered.`,
  coverage: groups
    .map(group => {
      const rows = operations.filter(operation => operation.group === group).map(rowOf);
      return `## ${group}\n\n${table(['operation', 'what it does', 'request', 'effect', 'carried out by'], rows)}`;
    })
    .join('\n\n'),
};
