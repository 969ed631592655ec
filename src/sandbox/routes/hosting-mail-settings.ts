import { dkimState, spamFilterSettings } from '../encode/hosting-mail.js';
import { done, invalidData, ok, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { publishDkim } from '../world/hosting-dns.js';
import type { HostingAccount, SpamFilter } from '../world/hosting-records.js';
import { hostingRoute } from './hosting-route.js';

export const hostingMailSettingRoutes: Route[] = [
  hostingRoute('GET', '/email-catch-all', ({ catchAll }) => ok({ catch: catchAll.action, value: catchAll.value })),
  hostingRoute('PUT', '/email-catch-all', setCatchAll),
  hostingRoute('GET', '/email-dkim', account => ok({ dkim: dkimState(account) })),
  hostingRoute('PUT', '/email-dkim', setDkim),
  hostingRoute('GET', '/spamfilter', ({ spamFilter }) => ok({ spamfilter: spamFilterSettings(spamFilter) })),
  hostingRoute('PUT', '/spamfilter', setSpamFilter),
];

// The words are those of DirectAdmin, whose field names these are; the documentation does not list any.
function setCatchAll(account: HostingAccount, { body }: Call): Reply {
  const { catch: action, value = '' } = body;
  if (action === 'address') {
    if (typeof value !== 'string' || !value.includes('@')) return invalidData();
    account.catchAll = { action, value };
  } else if (action === ':fail:' || action === ':blackhole:') {
    account.catchAll = { action, value: '' };
  } else {
    return invalidData();
  }
  return done('Catch-all has been updated.', []);
}

function setDkim(account: HostingAccount, { world, body: { enable } }: Call): Reply {
  if (typeof enable !== 'boolean') return invalidData();
  account.dkim.enabled = enable;
  publishDkim(world, account);
  return done(enable ? 'DKIM has been enabled.' : 'DKIM has been disabled.', []);
}

// What each field does with a value; false when the value is none for it. Fields left out keep theirs.
const SPAM_FIELDS: Record<string, (filter: SpamFilter, value: unknown) => boolean> = {
  where: textInto('where'),
  required_hits: numberInto('requiredHits'),
  high_score: numberInto('highScore'),
  subject_tag: textInto('subjectTag'),
  blacklist_from: textInto('blacklist'),
  whitelist_from: textInto('whitelist'),
  high_score_block: (filter, value) => {
    filter.highScoreBlock = value === 'yes';
    return value === 'yes' || value === 'no';
  },
  rewrite_subject: (filter, value) => {
    filter.rewriteSubject = value === true;
    return typeof value === 'boolean';
  },
};

function setSpamFilter(account: HostingAccount, { body }: Call): Reply {
  const changed = { ...account.spamFilter };
  for (const [field, apply] of Object.entries(SPAM_FIELDS))
    if (body[field] !== undefined && !apply(changed, body[field])) return invalidData();
  account.spamFilter = changed;
  return done('Spam filter has been updated.', []);
}

function textInto(key: 'where' | 'subjectTag' | 'blacklist' | 'whitelist') {
  return (filter: SpamFilter, value: unknown): boolean => {
    if (typeof value !== 'string') return false;
    filter[key] = value;
    return true;
  };
}

function numberInto(key: 'requiredHits' | 'highScore') {
  return (filter: SpamFilter, value: unknown): boolean => {
    if (typeof value !== 'number') return false;
    filter[key] = value;
    return true;
  };
}
