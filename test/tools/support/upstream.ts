import { expect } from 'vitest';
import type { Misbehaviour, Sandbox } from '../../../src/sandbox/index.js';
import type { Connected, ToolAnswer } from '../../support/connect.js';

/** The requests that change something at Gigahost, whatever their verb, oldest first. */
export const changesOf = ({ requests }: Pick<Sandbox, 'requests'>): string[] =>
  requests
    .filter(({ method, path }) => method !== 'GET' || /\/(reboot|power\/(on|off))$/.test(path))
    .filter(({ path }) => path !== '/authenticate')
    .map(({ method, path }) => `${method} ${path}`);

/** Lets the first few requests of a kind through and breaks every later one. */
export function breakAfter(sandbox: Sandbox, good: number, rule: Omit<Misbehaviour, 'times'>): void {
  if (good > 0) sandbox.misbehave({ ...rule, times: good, fault: { kind: 'delay', ms: 0 } });
  sandbox.misbehave({ ...rule, times: Infinity });
}

/** A clock that runs that many times too fast. */
export function fastClock(times: number): () => number {
  const start = Date.now();
  return () => start + (Date.now() - start) * times;
}

/** Two servers with one name: web02 becomes a second web01. */
export function nameTwice({ world }: Sandbox): void {
  world.server('web02').name = 'web01';
}

type Case = readonly [args: Record<string, unknown>, says: RegExp];

/** Each call ends as an error in words that name what would be right; nobody was asked and nothing but reads was sent. */
export async function expectRefusals(mcp: Connected, tool: string, cases: readonly Case[]): Promise<void> {
  for (const [args, says] of cases) {
    const answer = await mcp.call(tool, args);
    expect(answer.text, JSON.stringify(args)).toMatch(says);
    expect(answer.isError, answer.text).toBe(true);
    expect(answer.structured).toEqual({});
  }
  expect(mcp.questions).toEqual([]);
  expect(changesOf(mcp.sandbox)).toEqual([]);
}

/** The same for arguments that are wrong on their face: not even a read is sent, and the text lists what the tool takes. */
export async function expectBadArguments(mcp: Connected, tool: string, cases: readonly Case[]): Promise<void> {
  const before = mcp.sandbox.requests.length;
  await expectRefusals(mcp, tool, cases);
  const { text } = await mcp.call(tool, { nonsense: 1 });
  expect(text).toMatch(
    new RegExp(`^${tool} was not called: .*unknown argument "nonsense".* It takes .*Nothing changed\\.$`),
  );
  expect(mcp.sandbox.requests).toHaveLength(before);
}

/** Every piece of text a client could show: the answer's text, its structured content, and its other blocks. */
export const everythingIn = ({ content, structured }: ToolAnswer): string => JSON.stringify([content, structured]);
