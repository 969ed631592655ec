import type { Messages } from './en.js';

export type { Messages } from './en.js';

export const LANGUAGES = ['en', 'nb'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is said to people in that language, loaded when there is something to say. */
export async function messagesIn(language: Language): Promise<Messages> {
  switch (language) {
    case 'en':
      return (await import('./en.js')).en;
    case 'nb':
      return (await import('./nb.js')).nb;
  }
}
