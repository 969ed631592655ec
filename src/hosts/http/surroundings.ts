import type { IncomingMessage, ServerResponse } from 'node:http';
import { digest } from '../../guard/plan.js';
import { noFiles } from '../../guard/files.js';
import { createSecretDelivery, createSecretEntry } from '../../guard/secrets/index.js';
import { createEntries } from '../../guard/secrets/entries.js';
import { bodyOf, type Door } from '../../guard/secrets/loopback.js';
import { createPages } from '../../guard/secrets/pages.js';
import type { Ground } from '../ground.js';
import type { Surroundings } from '../session.js';

/** Where people who are not at this machine get and give secrets: on pages of this server. */
export interface HttpSurroundings {
  readonly ofSession: () => Surroundings;
  isPage(path: string): boolean;
  answerPage(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

export function surroundings({ config, store, messages }: Ground, own: URL): HttpSurroundings {
  const pages = createPages(store, messages.page);
  const entries = createEntries(store, messages.page, { pepper: digest(config.http.principals.held ?? null) });
  const door: Door = { open: () => Promise.resolve(own.href.replace(/\/$/, '')), close: () => Promise.resolve() };
  const entry = createSecretEntry(entries, door);
  const secrets = createSecretDelivery(config.secrets, config.stateDir, store, messages.page, { pages, door });
  return {
    // They are those of the server, and end with it.
    ofSession: () => ({
      secrets: { ...secrets, close: () => Promise.resolve() },
      entry: { ...entry, close: () => Promise.resolve() },
      files: noFiles,
      concurrentUpstream: config.http.concurrentUpstream,
    }),
    isPage: path => /^\/[se]\//.test(path),
    async answerPage(request, response) {
      const { method = '', url = '', headers } = request;
      const from = /^\/e\//.test(url) ? entries : pages;
      const {
        status,
        headers: sent,
        body,
      } = await from.answer({ method, path: url, headers, body: await bodyOf(request) }, headers.host ?? '');
      response.writeHead(status, sent).end(body);
    },
    async close() {
      await secrets.close();
      await entry.close();
    },
  };
}
