import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { redisStore, type RedisOptions } from '../../src/store/redis.js';
import type { Store } from '../../src/store/index.js';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 10;

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`In ${PATIENCE_MS} ms it never was so: ${what}`);
    await wait(LOOK_EVERY_MS);
  }
}

/** A Redis of the test's own, on loopback, that keeps nothing on disk. */
export async function startRedis() {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let running: ChildProcess | undefined;
  const stores: Store[] = [];

  async function start(): Promise<void> {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    await once(child, 'spawn').catch((error: NodeJS.ErrnoException) => {
      throw new Error(
        `These tests need a real Redis, and redis-server cannot be started (${error.code}). Install it: apt-get install redis-server`,
      );
    });
    running = child;
    await until(() => answersPing(port), 'redis-server answers');
  }

  async function stop(): Promise<void> {
    if (!running) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
    running = undefined;
  }

  await start();
  return {
    url,
    /** One node's view of it. Closed with the Redis. */
    store(options?: RedisOptions): Store {
      const made = redisStore(url, options);
      stores.push(made);
      return made;
    },
    stop,
    /** The same port again, and nothing left of what was in it. */
    start,
    /** Keeps connections open and answers nothing. */
    freeze: () => running?.kill('SIGSTOP'),
    thaw: () => running?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      for (const store of stores) await store.close();
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A port on loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
