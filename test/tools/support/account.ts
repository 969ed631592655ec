import { connect, type Connected, type ConnectOptions } from '../../support/connect.js';

/** Nothing that is hidden wherever it turns up may be an ordinary word. */
const PASSWORD = 'correct-horse-battery-staple';
/** A name and a password: users, API keys and the log are shown to nobody else. */
const SIGNED_IN = { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'demo@example.no', GIGAHOST_PASSWORD: PASSWORD };

/** With the tools of the account, as its administrator. */
export const connectAdmin = ({ args = [], env = {}, ...options }: ConnectOptions = {}): Promise<Connected> =>
  connect({
    sandboxOptions: { password: PASSWORD },
    ...options,
    args: ['--toolsets', 'account,servers,changes', ...args],
    env: { ...SIGNED_IN, ...env },
  });

/** The same with an API key of full rights. */
export const connectWithKey = (options: ConnectOptions = {}): Promise<Connected> =>
  connect({ ...options, args: ['--toolsets', 'account,servers,changes', ...(options.args ?? [])] });

/** The rows of a table, by column. */
export const rowsOf = ({ structured }: { readonly structured: Record<string, unknown> }): Record<string, unknown>[] => {
  const { columns, rows } = structured as { columns: string[]; rows: unknown[][] };
  return rows.map(row => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
};
