/**
 * What is said to people, by where it is said. What tools answer is for a model and stays in English. Every other
 * language is a file of this shape beside this one.
 */
export const en = {
  /** The field of a form, or the line at a terminal, that says yes. */
  yes: {
    tick: 'Yes, do it',
    type: (name: string) => `Type ${name} to confirm`,
    /** What is typed at a terminal where there is nothing to tick. */
    word: 'yes',
    typeWord: 'Do it? Type yes',
  },
  ask: {
    orNothing: 'or nothing',
    or: ' or ',
    unseen: 'not shown',
  },
};

export type Messages = typeof en;
