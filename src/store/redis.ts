import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type Connection } from './connection.js';
import { localListeners, localLocks } from './local.js';
import type { Store } from './store.js';

const PREFIX = 'gigahost-mcp:';
const LEASE_MS = 10_000;
/** How long to wait before looking again whether a lock is free, at least; at most three times that. */
const LOOK_AGAIN_MS = 25;
/** Who waits for a lock is known to for that long after each look. */
const WAITING_MS = 10 * LOOK_AGAIN_MS;

const COUNT = `
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {count, left}`;
/**
 * Takes a lock, or leaves word of who waits for it. A node that has just had it lets another that waits go first: with
 * enough to do of its own it would keep it for ever.
 */
const TAKE = `
local waiting = redis.call('GET', KEYS[2])
local yields = ARGV[4] == 'had it' and waiting and waiting ~= ARGV[3]
if not yields and redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[5])
return 0`;
/** A restart of Redis may have forgotten the lock: its holder takes it again, unless another was faster. */
const RENEW = `
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
if not holder then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return 0`;
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

export interface RedisOptions {
  /** How long a lock outlives the node that held it, in milliseconds. */
  readonly leaseMs?: number;
}

/** The store of many nodes, in a Redis 6.2 or later, or a Valkey. It connects on its own, and again when it has to. */
export function redisStore(url: string, { leaseMs = LEASE_MS }: RedisOptions = {}): Store {
  const listeners = localListeners();
  const heard = (message: string, channel: string): void => listeners.tell(channel.slice(PREFIX.length), message);
  const connection = connect(url, () => {
    const channels = listeners.channels();
    if (channels.length === 0) return;
    const tellAll = (): void => channels.forEach(channel => listeners.tell(channel, undefined));
    listen(channels).then(tellAll, () => undefined);
  });
  const { send } = connection;
  const listen = (channels: readonly string[]): Promise<void> =>
    send(client =>
      client.subscribe(
        channels.map(channel => PREFIX + channel),
        heard,
      ),
    );

  return {
    get: async key => (await send(client => client.get(PREFIX + key))) ?? undefined,
    async set(key, value, { ttlMs, ifAbsent = false }) {
      const expiration = { type: 'PX', value: ttlMs } as const;
      const options = ifAbsent ? { expiration, condition: 'NX' as const } : { expiration };
      return (await send(client => client.set(PREFIX + key, value, options))) !== null;
    },
    take: async key => (await send(client => client.getDel(PREFIX + key))) ?? undefined,
    async count(key, by, ttlMs) {
      const given = { keys: [PREFIX + key], arguments: [String(by), String(ttlMs)] };
      const [count = 0, leftMs = 0] = (await send(client => client.eval(COUNT, given))) as number[];
      return { count, leftMs };
    },
    lock: leasedLocks(connection, leaseMs),
    append: async (list, line) => void (await send(client => client.rPush(PREFIX + list, line))),
    lines: list => send(client => client.lRange(PREFIX + list, 0, -1)),
    publish: async (channel, message) => void (await send(client => client.publish(PREFIX + channel, message))),
    async subscribe(channel, listener) {
      const remove = listeners.add(channel, listener);
      await listen([channel]).catch(() => undefined);
      return () => {
        if (remove()) send(client => client.unsubscribe(PREFIX + channel)).catch(() => undefined);
      };
    },
    reachable: () =>
      send(client => client.ping()).then(
        () => true,
        () => false,
      ),
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

/**
 * Locks that are held for as long as they are renewed. Within this node callers take turns before one of them asks
 * Redis. Work whose lock was lost meanwhile goes on: what was sent to Gigahost cannot be called back.
 */
function leasedLocks({ send }: Pick<Connection, 'send'>, leaseMs: number): Store['lock'] {
  const local = localLocks();
  const node = randomUUID();
  return (name, work) =>
    local(name, async waitedHere => {
      const key = `${PREFIX}lock ${name}`;
      const holder = randomUUID();
      const mine = { keys: [key], arguments: [holder, String(leaseMs)] };
      const take = (before: string) => ({
        keys: [key, `${PREFIX}lock-wanted ${name}`],
        arguments: [holder, String(leaseMs), node, before, String(WAITING_MS)],
      });
      const release = (): Promise<unknown> => send(client => client.eval(RELEASE, mine)).catch(() => undefined);
      let waited = waitedHere;
      try {
        let before = waitedHere ? 'had it' : '';
        while ((await send(client => client.eval(TAKE, take(before)))) !== 1) {
          waited = true;
          before = '';
          await wait(LOOK_AGAIN_MS * (1 + 2 * Math.random()));
        }
      } catch (error) {
        // It may have been taken, and only the answer lost.
        void release();
        throw error;
      }
      const renewing = setInterval(() => {
        send(client => client.eval(RENEW, mine)).catch(() => undefined);
      }, leaseMs / 3).unref();
      try {
        return await work(waited);
      } finally {
        clearInterval(renewing);
        await release();
      }
    });
}
