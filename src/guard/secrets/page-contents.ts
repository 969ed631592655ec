import { StoreError } from '../../store/index.js';
import { revealed, type Secrets } from './delivery.js';
import { html } from './html.js';
import { pageReply, type PageReply } from './page-reply.js';

/** What a page says instead of showing anything. */
export const sentence = (
  status: number,
  title: string,
  text: string,
  headers?: Readonly<Record<string, string>>,
): PageReply => pageReply(status, title, html`<p>${text}</p>`, headers);

/** A page in place of one that the store would not give now. */
export const orLater = (answer: Promise<PageReply>): Promise<PageReply> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    return sentence(503, 'Not now', 'What keeps this page cannot be reached. Try again in a minute.', {
      'Retry-After': '60',
    });
  });

/** The page before it is opened: a button, so that a link preview opens nothing. */
export const closedPage = (title: string, leftMs: number): PageReply =>
  pageReply(
    200,
    title,
    html`<p>This is shown once, so have the place ready where you keep it.</p>
      <form method="post"><button>Show it</button></form>
      <p>Unopened, the page is gone in ${minutes(leftMs)}.</p>`,
  );

export const openPage = (title: string, secrets: Secrets): PageReply =>
  pageReply(
    200,
    title,
    html`<dl>
        ${revealed(secrets).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd><code>${value}</code><button type="button" hidden>Copy</button></dd>`,
        )}
      </dl>
      <p>Keep it now: this page cannot be opened again.</p>`,
  );

/** `openedAt` in ms since 1970; undefined where nobody opened it in time. */
export const gonePage = (title: string, openedAt: number | undefined): PageReply =>
  sentence(
    410,
    title,
    openedAt === undefined
      ? 'This page lasted ten minutes and is gone. Nobody opened it.'
      : `This page opens once and was opened at ${minuteOf(openedAt)}. If that was not you, somebody else knows what was on it.`,
  );

/** The page that takes a secret in. `problem` says what was wrong with what was sent. */
export const entryPage = (status: number, title: string, leftMs: number, problem?: string): PageReply =>
  pageReply(
    status,
    title,
    html`<p>It goes to the server on this machine and from there to Gigahost, not into the conversation.</p>
      ${problem === undefined ? [] : [html`<p role="alert"><strong>That ${problem}.</strong></p>`]}
      <form method="post" autocomplete="off">
        <label for="secret">${title}</label>
        <input id="secret" name="secret" type="password" required autofocus autocomplete="off" spellcheck="false" />
        <button>Hand it over</button>
      </form>
      <p>This page takes it once, and is gone in ${minutes(leftMs)}.</p>`,
  );

export const enteredPage = (title: string): PageReply =>
  sentence(200, title, 'It is there. Go back to the assistant; this page can be closed.');

/** `enteredAt` in ms since 1970; undefined where nobody filled it in in time. */
export const lateEntryPage = (title: string, enteredAt: number | undefined): PageReply =>
  sentence(
    410,
    title,
    enteredAt === undefined
      ? 'This page lasted ten minutes and is gone. Nobody filled it in.'
      : `This page was filled in at ${minuteOf(enteredAt)}. If that was not you, tell whoever sent you here.`,
  );

const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const minutes = (ms: number): string => {
  const count = Math.ceil(ms / 60_000);
  return count === 1 ? 'a minute' : `${count} minutes`;
};
