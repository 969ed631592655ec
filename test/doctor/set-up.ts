import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { expect } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { BIN } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';

const Status = z.enum(['ok', 'warning', 'problem', 'skipped']);
/** What `doctor --json` is documented to print. */
export const Report = z.strictObject({
  version: z.literal(1),
  program: z.string().regex(/^\d+\.\d+\.\d+/),
  status: Status,
  problems: z.number().int().nonnegative(),
  warnings: z.number().int().nonnegative(),
  first: z.string().min(1).nullable(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      status: Status,
      findings: z
        .array(
          z.strictObject({
            status: Status,
            code: z.string(),
            says: z.string().min(1),
            does: z.string().min(1).nullable(),
          }),
        )
        .min(1),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** A machine of a person with everything in order: a key in a file of theirs, and no assistant. */
export interface SetUp extends AsyncDisposable {
  readonly home: string;
  readonly gigahost: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file in the home, for its owner alone; returns its path. */
  put(path: string, text: string, mode?: number): Promise<string>;
  /** Installs Cursor, with an entry that starts that: the bin, where none is given. */
  cursor(entry?: object): Promise<string>;
}

export async function setUp(options: SandboxOptions = {}): Promise<SetUp> {
  const home = await mkdtemp(join(tmpdir(), 'gigahost doctor-'));
  const gigahost = await startSandbox(options);
  const put = async (path: string, text: string, mode = 0o600): Promise<string> => {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode });
    await chmod(file, mode);
    return file;
  };
  const cursor = (entry: object = { command: process.execPath, args: [BIN] }): Promise<string> =>
    put('.cursor/mcp.json', JSON.stringify({ mcpServers: { gigahost: entry } }));
  const key = await put('key', `${gigahost.apiKey}\n`);
  return {
    home,
    gigahost,
    env: { HOME: home, GIGAHOST_BASE_URL: gigahost.url, GIGAHOST_API_KEY_FILE: key },
    put,
    cursor,
    async [Symbol.asyncDispose]() {
      await gigahost.close();
      await rm(home, { recursive: true });
    },
  };
}

/** What a set-up is run with, over that of one in order; undefined takes a variable away. */
export interface Broken {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
  /** What must not be said beside the credentials of the sandbox. */
  readonly secrets?: readonly string[];
}

/**
 * Runs doctor with --json, and checks what holds for every set-up: no secret is said, only reads are sent, and the files
 * are as they were.
 */
export async function doctor(on: SetUp, { env = {}, args = [], secrets = [] }: Broken = {}): Promise<Diagnosis> {
  const all = Object.entries({ ...on.env, ...env }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const before = await contentsOf(on.home);
  const { code, stdout, stderr } = await spawnBin(['doctor', '--json', ...args], Object.fromEntries(all)).ended;
  for (const secret of [on.gigahost.apiKey, ...secrets]) expect(stdout + stderr).not.toContain(secret);
  expect(on.gigahost.requests.filter(({ method, path }) => method !== 'GET' && path !== '/authenticate')).toEqual([]);
  expect(await contentsOf(on.home)).toEqual(before);
  const report = Report.parse(JSON.parse(stdout));
  expect(code).toBe(report.problems > 0 ? 1 : 0);
  return { code, stderr, report };
}

export interface Diagnosis {
  readonly code: number | null;
  readonly stderr: string;
  readonly report: Report;
}

/** Every finding with its check. */
export const findingsOf = ({ checks }: Report) =>
  checks.flatMap(({ id, findings }) => findings.map(finding => ({ check: id, ...finding })));

/** That the Node which runs the tests gets no more fixes is nothing of the set-up. */
export const faultsOf = (report: Report) =>
  findingsOf(report).filter(
    ({ status, code }) => (status === 'problem' || status === 'warning') && code !== 'nodeEnded',
  );

async function contentsOf(folder: string): Promise<readonly (readonly [string, number, string])[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.sort().map(async name => {
      const path = join(folder, name);
      const { mode } = await stat(path);
      return [name, mode, (await stat(path)).isFile() ? await readFile(path, 'utf8') : ''] as const;
    }),
  );
}
