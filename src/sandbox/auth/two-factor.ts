import { createHmac } from 'node:crypto';
import type { World } from '../world/world.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** Whether that is the current code: the one the sandbox was told, or else what an authenticator makes of the secret. */
export function codeFits(world: World, secret: string, code: unknown): boolean {
  const { twoFactorCode } = world.settings;
  if (twoFactorCode !== null) return String(code) === twoFactorCode();
  const step = Math.floor(world.now() / STEP_MS);
  return [step, step - 1].some(at => String(code) === codeAt(secret, at));
}

/** A six-digit code as in RFC 6238. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => parseInt(byte, 2)));
}
