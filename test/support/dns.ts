import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, RECURSION_DESIRED, AUTHORITATIVE_ANSWER, type Answer } from 'dns-packet';

export interface DnsServer extends AsyncDisposable {
  /** For GIGAHOST_RESOLVER. */
  readonly address: string;
}

const NXDOMAIN = 3;

/** A name server on loopback that knows the addresses `lookup` gives, and NXDOMAIN for the rest. */
export async function startDns(lookup: (name: string) => readonly string[]): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    const addresses = lookup(question?.name ?? '');
    const answers = addresses.flatMap((data): Answer[] => {
      const type = data.includes(':') ? 'AAAA' : 'A';
      return type === question?.type ? [{ type, name: question.name, ttl: 60, data }] : [];
    });
    const flags = RECURSION_DESIRED | AUTHORITATIVE_ANSWER | (addresses.length === 0 ? NXDOMAIN : 0);
    socket.send(
      encode({ type: 'response', ...(id !== undefined && { id }), flags, questions, answers }),
      peer.port,
      peer.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}
