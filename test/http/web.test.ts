import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { answerWith } from '../../src/hosts/http/web.js';

/** Rejections that nobody took: each is one more line in the log of a server. */
const untaken: unknown[] = [];
const note = (error: unknown): void => void untaken.push(error);
process.on('unhandledRejection', note);
beforeEach(() => void untaken.splice(0));
afterAll(() => void process.off('unhandledRejection', note));

const EVENT = new TextEncoder().encode('data: 1\n\n');

/** A client of a server that answers with that stream; `over` tells what it fails with, or undefined. */
async function answered(body: ReadableStream<Uint8Array>) {
  let tell: (failure: unknown) => void;
  const over = new Promise(resolve => (tell = resolve));
  const answer = new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  const server = createServer((_, response) => {
    answerWith(answer, response).then(
      () => tell(undefined),
      (error: unknown) => {
        response.destroy();
        tell(error);
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return {
    socket,
    over,
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      server.closeAllConnections();
      await new Promise(closed => server.close(closed));
      await turn();
    },
  };
}

test('a stream that fails after it began is cut off, and its failure told once', async () => {
  const fault = new Error('the stream broke');
  let isBegun = false;
  {
    await using client = await answered(
      new ReadableStream<Uint8Array>({
        pull(stream) {
          if (isBegun) stream.error(fault);
          else stream.enqueue(EVENT);
          isBegun = true;
        },
      }),
    );
    const closed = once(client.socket.resume(), 'close');
    expect(await client.over).toBe(fault);
    await closed;
  }
  expect(untaken).toEqual([]);
});

test('what fails when a client has left is told once', async () => {
  const fault = new Error('it would not end');
  const cancel = () => Promise.reject(fault);
  {
    await using client = await answered(
      new ReadableStream<Uint8Array>({ start: stream => stream.enqueue(EVENT), cancel }),
    );
    await once(client.socket, 'data');
    client.socket.destroy();
    expect(await client.over).toBe(fault);
  }
  expect(untaken).toEqual([]);
});

test('a client that reads nothing has nothing piled up for it, and may leave', async () => {
  let [made, isCancelled] = [0, false];
  {
    await using client = await answered(
      new ReadableStream<Uint8Array>({
        pull(stream) {
          made += 1;
          stream.enqueue(new Uint8Array(1024 * 1024));
          // Without waiting for the client, this many would be made before anybody else had a turn.
          if (made === 1000) stream.close();
        },
        cancel: () => void (isCancelled = true),
      }),
    );
    await once(client.socket, 'readable');
    client.socket.destroy();
    expect(await client.over).toBeUndefined();
  }
  expect([made < 100, isCancelled, untaken]).toEqual([true, true, []]);
});
