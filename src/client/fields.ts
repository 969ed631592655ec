import * as z from 'zod';

/** A flag in a body that goes as a number (wire note 16). */
export const zeroOrOne = z.literal([0, 1]);

/** An e-mail address. Checked by refinement: the usual pattern would be long, and Gigahost has the last word. */
export const emailAddress = z
  .string()
  .refine(value => /^[^\s\p{C}@]+@[^\s\p{C}@]+$/u.test(value), 'is not an e-mail address such as ola@example.no');
