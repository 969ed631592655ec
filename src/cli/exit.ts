/** Exit codes: as asked; a tool answered with an error; the command line or the configuration is wrong. */
export const EXIT = { ok: 0, toolError: 1, usage: 2 } as const;
