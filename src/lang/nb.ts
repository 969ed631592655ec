import type { Messages } from './en.js';

/** Bokmål. */
export const nb: Messages = {
  yes: {
    tick: 'Ja, gjør det',
    type: name => `Skriv ${name} for å bekrefte`,
    word: 'ja',
    typeWord: 'Skal det gjøres? Skriv ja',
  },
  ask: {
    orNothing: 'eller ingenting',
    or: ' eller ',
    unseen: 'vises ikke',
  },
};
