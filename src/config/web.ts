import { ConfigError, unfit } from './error.js';
import type { Kind } from './kind.js';
import { wordList } from './lists.js';

/** `memory`, or where a Redis is. What is wrong is not repeated: an address may hold a password. */
export const storeAddress: Kind<string> = {
  placeholder: 'address',
  schema: { type: 'string', pattern: '^(memory$|rediss?://[^/])' },
  fromText: store,
  fromJson: store,
};

function store(value: unknown, name: string): string {
  const isRedis = typeof value === 'string' && URL.canParse(value) && /^rediss?:\/\/[^/]/.test(value);
  if (typeof value === 'string' && (value === 'memory' || isRedis)) return value;
  throw new ConfigError(
    `${name} must be memory, or the address of a Redis such as redis://127.0.0.1:6379 or rediss://….`,
  );
}

const words = wordList('origins', ['https://chat.example.no']);

/** Web origins: scheme, host and port, and nothing behind. */
export const origins: Kind<readonly string[]> = {
  ...words,
  fromText: (text, name) => eachOrigin(words.fromText(text, name), name),
  fromJson: (value, name) => eachOrigin(words.fromJson(value, name), name),
};

function eachOrigin(list: readonly string[], name: string): readonly string[] {
  return list.map(word => {
    const origin = URL.canParse(word) ? new URL(word).origin : 'null';
    if (origin === 'null' || ![origin, `${origin}/`].includes(word.toLowerCase()))
      throw unfit(name, word, 'it must name origins, such as https://chat.example.no');
    return origin;
  });
}
