import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from '@decimalturn/toml-patch';
import { describe, expect, test } from 'vitest';
import { entryFor } from '../../src/clients/index.js';
import { serversIn, withEntry, withoutEntry } from '../../src/clients/document.js';
import { Refusal } from '../../src/clients/refusal.js';
import { CLIENTS } from '../../src/clients/table.js';

const entry = { command: '/a b/node', args: ['/x/dist/main.js', '--sandbox'], env: { A: '1' } };
const jsonc = { format: 'jsonc', key: 'servers' } as const;
const json = { format: 'json', key: 'servers' } as const;
const toml = { format: 'toml', key: 'mcp_servers' } as const;
const GIGAHOST = { command: 'node', args: ['main.js'] };

describe.for(CLIENTS)('$name', client => {
  const value = entryFor(client, entry);
  const parse = (text: string): unknown =>
    client.format === 'toml'
      ? JSON.parse(JSON.stringify(parseToml(text)))
      : client.format === 'json'
        ? JSON.parse(text)
        : parseJsonc(text);

  test('an entry stands where the client looks for it, in a file that was empty', () => {
    expect(parse(withEntry(client, '', 'gigahost', value))).toEqual({ [client.key]: { gigahost: value } });
  });

  test('all else of a file stays, also line breaks of Windows and a byte order mark', () => {
    const lines =
      client.format === 'toml'
        ? [
            '# mine',
            'model = "x" # why',
            '',
            `[${client.key}.docs]`,
            "command = 'docs'",
            'args = [',
            '  "-y",',
            ']',
            '',
          ]
        : [
            '{',
            '    "zoom": 1.50,',
            `    "${client.key}": {`,
            '        "docs": { "command": "docs" }',
            '    },',
            '    "last": []',
            '}',
            '',
          ];
    for (const text of [lines.join('\n'), `\uFEFF${lines.join('\r\n')}`]) {
      const after = withEntry(client, text, 'gigahost', value);
      expect(serversIn(client, after)).toMatchObject({ docs: { command: 'docs' }, gigahost: value });
      for (const line of lines.filter(held => !held.includes('"docs": {'))) expect(after).toContain(line);
      expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
      expect(
        after
          .split('\n')
          .slice(0, -1)
          .every(line => line.endsWith('\r') === text.includes('\r')),
      ).toBe(true);
      expect(withoutEntry(client, after, 'gigahost')).toBe(text);
    }
  });
});

test.for<[string, string, string]>([
  [
    'comments speak of what is before them',
    '{\n\t"a": 1 // one\n}\n',
    '{\n\t"a": 1, // one\n\t"servers": {\n\t\t"g": {}\n\t}\n}\n',
  ],
  [
    'a comma after the last value is kept up',
    '{\n  "a": 1,\n  // end\n}',
    '{\n  "a": 1,\n  "servers": {\n    "g": {}\n  },\n  // end\n}',
  ],
  [
    'a comment in an empty table stays',
    '{\n  "servers": {\n    // none\n  }\n}',
    '{\n  "servers": {\n    // none\n    "g": {}\n  }\n}',
  ],
  ['a file on one line stays on it', '{"servers":{"b":{}}}', '{"servers":{"b":{}, "g": {}}}'],
  ['a file of comments only', '// hello\n', '// hello\n{\n  "servers": {\n    "g": {}\n  }\n}\n'],
  [
    'an entry is replaced where it stands',
    '{\n  "servers": {\n    "g": {"x": 1}, // mine\n    "b": {}\n  }\n}',
    '{\n  "servers": {\n    "g": {}, // mine\n    "b": {}\n  }\n}',
  ],
])('%s', ([, before, after]) => {
  expect(withEntry(jsonc, before, 'g', {})).toBe(after);
});

test.for<[string, string, string]>([
  [
    'first',
    '{\n  "servers": {\n    "g": {}, // ours\n    "b": {}\n  }\n}',
    '{\n  "servers": { // ours\n    "b": {}\n  }\n}',
  ],
  [
    'last, with what is said of its neighbour',
    '{\n  "servers": {\n    "b": {}, // b\n    "g": {}\n  }\n}',
    '{\n  "servers": {\n    "b": {} // b\n  }\n}',
  ],
  [
    'last, before a comma',
    '{\n  "servers": {\n    "b": {},\n    "g": {},\n  }\n}',
    '{\n  "servers": {\n    "b": {},\n  }\n}',
  ],
  ['on one line', '{"servers":{"g":{},"b":{}}}', '{"servers":{"b":{}}}'],
])('an entry is taken out: %s', ([, before, after]) => {
  expect(withoutEntry(jsonc, before, 'g')).toBe(after);
});

test('TOML: what a person wrote in an entry of ours, and around it, stays', () => {
  const before =
    '[mcp_servers.g] # ours\ncommand = "old"\nargs = ["x"] # them\nstartup_timeout_sec = 20\n\n[tui]\ntheme = "a"\n';
  expect(withEntry(toml, before, 'g', { ...GIGAHOST, startup_timeout_sec: 20 })).toBe(
    before.replace('"old"', '"node"').replace('["x"]', '["main.js"]'),
  );
});

test.for(['mcp_servers = { b = { command = "x" } }\n', 'mcp_servers.b.command = "x" # so\nmodel = "y"\n'])(
  'TOML: servers that are spelled out without a header (%j) get one more of the kind',
  before => {
    const after = withEntry(toml, before, 'g', GIGAHOST);
    expect(serversIn(toml, after)).toEqual({ b: { command: 'x' }, g: GIGAHOST });
    expect(after).not.toContain('[mcp_servers');
    expect(withoutEntry(toml, after, 'g')).toBe(before);
  },
);

const refusal = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.why;
    throw error;
  }
  return undefined;
};

test.for([
  [jsonc, '{\n  "a": 1\n  "b": 2\n}', { kind: 'unparsable', line: 3, column: 3 }],
  [jsonc, '{\r\n  "a": }\r\n', { kind: 'unparsable', line: 2, column: 8 }],
  [json, '{\n  // no comments here\n}', { kind: 'unparsable', line: 2, column: 3 }],
  [json, '{ "a": 1, }', { kind: 'unparsable', line: 1 }],
  [toml, 'a = 1\nb = \n', { kind: 'unparsable', line: 2 }],
  [toml, '[a]\n[a]\n', { kind: 'unparsable', line: 2 }],
  [jsonc, '[]', { kind: 'no table', key: undefined }],
  [jsonc, '{ "servers": [] }', { kind: 'no table', key: 'servers' }],
  [jsonc, '{ "servers": null }', { kind: 'no table', key: 'servers' }],
  [toml, 'mcp_servers = 1', { kind: 'no table', key: 'mcp_servers' }],
  [jsonc, '{ "servers": { "x": {} }, "servers": {} }', { kind: 'not editable' }],
] as const)('%j is not touched where it holds %j', ([client, text, why]) => {
  expect(refusal(() => withEntry(client, text, 'g', GIGAHOST))).toMatchObject(why);
});

test('TOML: comments about what comes next stay when an entry goes, and the rest is as before it came', () => {
  const before = 'model = "o3" # m\nf = 1.0\n';
  const behind = "\n# my other server\n# and more of it\n[mcp_servers.other]\ncommand = 'x' # y\n";
  const ours = '\n[mcp_servers.g] # g\n# a\ncommand = "x"\nargs = [\n  "[mcp_servers.no]",\n] # b\n';
  for (const tables of [ours, `${ours}\n[mcp_servers.g.env]\nA = "1"\n`])
    for (const eol of ['\n', '\r\n'])
      expect(withoutEntry(toml, `${before}${tables}${behind}`.replaceAll('\n', eol), 'g')).toBe(
        `${before}${behind}`.replaceAll('\n', eol),
      );
  for (const text of [before, `${before}\n# tail\n`, `${before}${behind}`, '# only\n']) {
    const after = withEntry(toml, text, 'g', { command: 'x', env: { A: '1' } });
    expect(withoutEntry(toml, after, 'g')).toBe(text);
  }
});
