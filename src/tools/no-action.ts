import type { Verdict } from '../guard/confirm.js';
import { wordsOf } from '../guard/plan.js';
import type { Outcome, Session } from './run.js';

/** What is answered where nothing was done: what the person is asked, or why not. */
export function withoutAction(
  name: string,
  verdict: Exclude<Verdict, { kind: 'go' }>,
  scrub: Session['scrubber']['scrub'],
): Outcome {
  switch (verdict.kind) {
    case 'ask':
      return verdict;
    case 'refused':
      return { kind: 'error', text: scrub(verdict.words), cause: 'failure' };
    case 'no':
      return { kind: 'answer', said: scrub(verdict.words), structured: { status: verdict.status }, attachments: [] };
    case 'missing': {
      const plan = wordsOf(verdict.plan);
      const missing = verdict.asks.filter(({ required }) => required);
      const listed = missing.map(({ name: argument, title }) => `${argument} (${title})`).join(', ');
      return {
        kind: 'answer',
        said: `NOTHING CHANGED YET. ${verdict.preface} This needs what only a person can give.\n\n${plan}\n\nShow this plan to the person and ask them for: ${listed}. Then call ${name} again with the same arguments and these. Do not make anything up.`,
        structured: { status: 'confirmation_required', plan, missing: missing.map(ask => ask.name) },
        attachments: [],
      };
    }
    case 'code': {
      const plan = wordsOf(verdict.plan);
      const text = `NOTHING CHANGED YET. ${verdict.preface} This needs a person's yes.\n\n${plan}\n\nShow this plan to the person and wait for their answer. Only if they agree, call ${name} again with the same arguments and confirmation_code="${verdict.code}" (valid for 10 minutes, once).`;
      return {
        kind: 'answer',
        said: text,
        structured: {
          status: 'confirmation_required',
          plan,
          confirmation_code: verdict.code,
          expires_at: verdict.expiresAt.toISOString(),
        },
        attachments: [],
      };
    }
  }
}
