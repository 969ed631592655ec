import type { Settings } from '../options.js';
import { randomHex } from '../random.js';
import { DAY } from '../times.js';
import type {
  AccountActivity,
  Dpa,
  Mail,
  PasskeyChallenge,
  PeopleRecords,
  SubClient,
  Verification,
} from './people-records.js';
import type { Account, ApiKey, Contact } from './records.js';

const LINK_MS = DAY;

/** The people around the account: what they did, their keys, sub-clients, agreements and e-mails. */
export class People {
  readonly activity: AccountActivity[];
  readonly apiKeys: ApiKey[];
  readonly clients: SubClient[];
  readonly dpas: Dpa[];
  /** E-mails sent, oldest first. */
  readonly outbox: Mail[] = [];
  readonly passkeyChallenges: PasskeyChallenge[] = [];
  #verifications: Verification[] = [];
  // A count of its own, so that a line in the log does not move the ids of everything else.
  #lastId = 60_000;

  constructor(
    private readonly settings: Settings,
    private readonly account: Account,
    records: PeopleRecords,
  ) {
    this.activity = records.activity;
    this.apiKeys = records.apiKeys;
    this.clients = records.clients;
    this.dpas = records.dpas;
    const owner = this.contactNamed(settings.username);
    if (owner) owner.password = settings.password;
  }

  nextId(): string {
    return String(++this.#lastId);
  }

  /** The contact with that id; the first of the account when none is given. */
  contact(id: string | undefined): Contact | undefined {
    return this.account.contacts.find(contact => id === undefined || contact.id === id);
  }

  contactNamed(username: string): Contact | undefined {
    const wanted = username.toLowerCase();
    return this.account.contacts.find(contact => contact.username.toLowerCase() === wanted);
  }

  log({ id, name, username }: Contact, text: string): void {
    this.activity.push({ id: this.nextId(), contact: { id, name, username }, text, at: this.settings.now() });
  }

  send(to: string, subject: string, content: { hash?: string; password?: string } = {}): void {
    this.outbox.push({ to, subject, at: this.settings.now(), ...content });
  }

  /** E-mails a link; an older one for the same purpose stops working. */
  sendLink(contact: Contact, purpose: Verification['purpose'], email: string, subject: string): void {
    const hash = randomHex(32);
    const expiresAt = this.settings.now() + LINK_MS;
    this.#verifications = this.#verifications.filter(
      other => other.purpose !== purpose || other.contactId !== contact.id,
    );
    this.#verifications.push({ purpose, contactId: contact.id, email, hash, expiresAt });
    this.send(email, subject, { hash });
  }

  /** What the hash from a link stands for, or null. Using it ends it. */
  redeem(hash: unknown, purpose: Verification['purpose']): { contact: Contact; email: string } | null {
    const found = this.#verifications.find(link => link.hash === hash && link.purpose === purpose);
    this.#verifications = this.#verifications.filter(link => link !== found);
    if (!found || found.expiresAt <= this.settings.now()) return null;
    const contact = this.contact(found.contactId);
    return contact ? { contact, email: found.email } : null;
  }

  /** Keys that work as a credential now. */
  get activeKeys(): ApiKey[] {
    const now = this.settings.now();
    return this.apiKeys.filter(
      ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now),
    );
  }

  issueKey(wanted: Pick<ApiKey, 'label' | 'permissions'> & Partial<Pick<ApiKey, 'contactId' | 'expiresAt'>>): ApiKey {
    const key: ApiKey = {
      id: this.nextId(),
      secret: newKeySecret(),
      contactId: this.contact(undefined)?.id ?? '0',
      createdAt: this.settings.now(),
      expiresAt: null,
      lastUsedAt: null,
      lastUsedIp: null,
      revokedAt: null,
      uses: [],
      ...wanted,
    };
    this.apiKeys.push(key);
    return key;
  }
}

export const newKeySecret = (): string => `flux_live_${randomHex(64)}`;
