import type { Messages } from '../../lang/index.js';
import { StoreError } from '../../store/index.js';
import { revealed, type Secrets } from './delivery.js';
import { html } from './html.js';
import { pageReply, type PageReply } from './page-reply.js';

/** What pages say, in the language of whoever opens them. */
export type PageWords = Messages['page'];

/** A page that shows nothing but why. */
export const refusedPage = (
  words: PageWords,
  why: keyof PageWords['refused'],
  status: number,
  headers?: Readonly<Record<string, string>>,
): PageReply => {
  const [title = '', text = ''] = words.refused[why];
  return sentence(words, status, title, text, headers);
};

const sentence = (
  { language }: PageWords,
  status: number,
  title: string,
  text: string,
  headers?: Readonly<Record<string, string>>,
): PageReply => pageReply(language, status, title, html`<p>${text}</p>`, headers);

/** A page in place of one that the store would not give now. */
export const orLater = (words: PageWords, answer: Promise<PageReply>): Promise<PageReply> =>
  answer.catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    return refusedPage(words, 'later', 503, { 'Retry-After': '60' });
  });

/** The page before it is opened: a button, so that a link preview opens nothing. */
export const closedPage = (words: PageWords, title: string, leftMs: number): PageReply =>
  pageReply(
    words.language,
    200,
    title,
    html`<p>${words.show.ready}</p>
      <form method="post"><button>${words.show.button}</button></form>
      <p>${words.show.left(minutes(words, leftMs))}</p>`,
  );

export const openPage = ({ language, show }: PageWords, title: string, secrets: Secrets): PageReply =>
  pageReply(
    language,
    200,
    title,
    html`<dl>
        ${revealed(secrets).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>
                <code>${value}</code><button type="button" data-done="${show.copied}" hidden>${show.copy}</button>
              </dd>`,
        )}
      </dl>
      <p>${show.keep}</p>`,
  );

/** `openedAt` in ms since 1970; undefined where nobody opened it in time. */
export const gonePage = (words: PageWords, title: string, openedAt: number | undefined): PageReply =>
  sentence(words, 410, title, openedAt === undefined ? words.show.unopened : words.show.opened(minuteOf(openedAt)));

/** The page that takes a secret in. `problem` says what was wrong with what was sent. */
export const entryPage = (
  words: PageWords,
  status: number,
  title: string,
  leftMs: number,
  problem?: string,
): PageReply =>
  pageReply(
    words.language,
    status,
    title,
    html`<p>${words.enter.where}</p>
      ${problem === undefined ? [] : [html`<p role="alert"><strong>${problem}</strong></p>`]}
      <form method="post" autocomplete="off">
        <label for="secret">${title}</label>
        <input id="secret" name="secret" type="password" required autofocus autocomplete="off" spellcheck="false" />
        <button>${words.enter.button}</button>
      </form>
      <p>${words.enter.left(minutes(words, leftMs))}</p>`,
  );

export const enteredPage = (words: PageWords, title: string): PageReply =>
  sentence(words, 200, title, words.enter.done);

/** `enteredAt` in ms since 1970; undefined where nobody filled it in in time. */
export const lateEntryPage = (words: PageWords, title: string, enteredAt: number | undefined): PageReply =>
  sentence(words, 410, title, enteredAt === undefined ? words.enter.unfilled : words.enter.filled(minuteOf(enteredAt)));

const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const minutes = (words: PageWords, ms: number): string => words.minutes(Math.ceil(ms / 60_000));
