import { openAsks, type Ask, type Link, type Links, type Sight } from '../guard/asks.js';
import { isGuarded } from '../guard/effects.js';
import { digest, wordsOf, type Plan } from '../guard/plan.js';
import { Secret } from '../client/secret.js';
import { InputError } from '../inventory/input-error.js';
import type { Caller, Outcome, Session } from './run.js';

/** A call whose plan may ask for secrets. */
interface Asking {
  readonly tool: string;
  readonly effect: Parameters<typeof isGuarded>[0];
  readonly args: unknown;
  /** The arguments that may give them. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly check: (ask: Ask, value: string) => string | undefined;
}

type Secrets = Readonly<Record<string, Secret>>;

/** `ready`: all of them are there, perhaps after a wait; `take` gives them, once. Else the call ends another way. */
export type Gathered =
  | { readonly kind: 'ready'; readonly waited: boolean; readonly take: () => Promise<Secrets> }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'no'; readonly status: 'declined' | 'dismissed'; readonly words: string };

/**
 * Has the person give each secret that no argument gives: typed on a page of its own or at the terminal, never through
 * the conversation. What they enter is kept for this caller and these arguments until it is used, or for ten minutes.
 */
export async function gatherSecrets(
  plan: Plan,
  { tool, effect, args, given, check }: Asking,
  { session, caller }: { readonly session: Session; readonly caller: Caller },
): Promise<Gathered> {
  const asks = openAsks(plan.asks, given).filter(({ kind }) => kind === 'secret');
  const typed = new Map<string, Secret>();
  const keyOf = ({ name }: Ask): string => digest(['secret', tool, args, session.principal, name]);
  let waited = false;
  // Nothing that is entered could be used: the question that follows reaches nobody.
  const isIdle = session.confirm === 'elicit' && caller.reach.kind === 'none' && isGuarded(effect);
  for (const ask of isIdle ? [] : asks) {
    if (await session.entry.has(keyOf(ask))) continue;
    waited = true;
    const ended = await enter(ask);
    if (ended) return ended;
  }
  return {
    kind: 'ready',
    waited,
    async take() {
      const inArguments = (plan.asks ?? []).flatMap(({ name, kind }) => {
        const value = given[name];
        return kind === 'secret' && typeof value === 'string' ? [[name, new Secret(value)] as const] : [];
      });
      const entered: [string, Secret][] = [];
      for (const ask of asks) {
        const secret = typed.get(ask.name) ?? (await session.entry.take(keyOf(ask)));
        if (!secret)
          throw new InputError(
            `${ask.title}: what the person entered was used already, or is older than ten minutes. Call ${tool} again, and they are asked for it.`,
          );
        session.scrubber.add(secret.reveal());
        // The node that took it in may not have known how to look at it.
        const problem = check(ask, secret.reveal());
        if (problem !== undefined)
          throw new InputError(
            `${ask.title}: what the person entered ${problem}. Call ${tool} again, and they are asked for it once more.`,
          );
        entered.push([ask.name, secret]);
      }
      return Object.fromEntries([...inArguments, ...entered]);
    },
  };

  /** Undefined once it is there. */
  async function enter(ask: Ask): Promise<Exclude<Gathered, { kind: 'ready' }> | undefined> {
    const { links } = caller;
    if (links.kind === 'type') {
      const value = (await links.ask(`${plan.what}. ${ask.title}`)) ?? '';
      const problem = value === '' ? 'is missing' : check(ask, value);
      if (problem !== undefined) throw new InputError(`${ask.title}: ${ask.name} ${problem}.`);
      typed.set(ask.name, new Secret(value));
      return undefined;
    }
    const key = keyOf(ask);
    const url = await session.entry.pageFor(key, {
      title: `${ask.title}: ${plan.what}`,
      check: value => check(ask, value),
    });
    const message = `${plan.what}. This needs: ${ask.title}. Type it in on this page; it does not pass through the conversation.`;
    const seen = await show(links, ask, { url, message });
    if (seen === 'to be shown')
      return { kind: 'outcome', outcome: { kind: 'link', name: ask.name, link: { url, message } } };
    if (seen === 'declined' || seen === 'dismissed') return { kind: 'no', status: seen, words: REFUSED[seen] };
    if (seen === 'seen' && links.kind !== 'none') {
      await caller.progress(`Waiting until the page for ${ask.title} is filled in`);
      const patience = AbortSignal.timeout(Math.min(links.waitMs, caller.patienceSeconds * 1000));
      const entered = await session.entry.entered(key, AbortSignal.any([caller.signal, patience]));
      caller.signal.throwIfAborted();
      if (entered) return undefined;
    }
    return { kind: 'outcome', outcome: linkAnswer(tool, plan, ask, url) };
  }
}

/** What came of showing the page: `none` where this client has no way to. */
async function show(
  links: Exclude<Links, { kind: 'type' }>,
  { name }: Ask,
  link: Link,
): Promise<Sight | 'none' | 'to be shown'> {
  switch (links.kind) {
    case 'wait':
      return links.show(link);
    case 'return':
      return links.answered(name) ?? 'to be shown';
    case 'none':
      return 'none';
  }
}

const REFUSED = {
  declined: 'The person did not want to give it. Nothing changed. Do not ask again unless they bring it up.',
  dismissed:
    'The page was not opened. Nothing changed. Ask the person whether they still want this before calling again.',
} as const;

function linkAnswer(tool: string, plan: Plan, { title }: Ask, url: string): Outcome {
  const words = wordsOf(plan);
  return {
    kind: 'answer',
    said: `NOTHING CHANGED YET. This needs: ${title}. It must not pass through the conversation.\n\n${words}\n\nGive the person this link, which opens on the machine this server runs on and is good for ten minutes: ${url}\nOnce they say that they filled it in, call ${tool} again with the same arguments.`,
    structured: { status: 'confirmation_required', plan: words, fill_in_at: url },
    attachments: [],
  };
}
