export type Env = Readonly<Record<string, string | undefined>>;

/** What decides where programs keep their configuration. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Env;
  readonly home: string;
}

/** How a client starts a server. */
export interface Entry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Place {
  /** There where the client is installed. One of its parts may end in `*`, which stands for any text. */
  readonly folder: string;
  /** The configuration file, with the same `*`. */
  readonly file: string;
}

/** A program that starts MCP servers, and how it is told which. */
export interface Client {
  /** What it is called on our command line. */
  readonly id: string;
  readonly name: string;
  /** `json` may hold no comments; `jsonc` may, and commas after the last value. */
  readonly format: 'json' | 'jsonc' | 'toml';
  /** The key at the root that the servers stand under, by name. */
  readonly key: string;
  /** What an entry holds beside command, arguments and environment. */
  readonly extras: Readonly<Record<string, string>>;
  /** What makes it read its configuration again. */
  readonly noticed: 'restart' | 'new session';
  /** The likeliest first; the last one is where a new installation looks. */
  places(machine: Machine): readonly Place[];
}

/** An entry as it stands in the file of that client. */
export const entryFor = ({ extras }: Pick<Client, 'extras'>, { command, args, env }: Entry) => ({
  ...extras,
  command,
  args,
  ...(Object.keys(env).length > 0 && { env }),
});
