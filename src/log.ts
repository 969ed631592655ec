import { LOG_LEVELS, type LogLevel } from './config.js';
import { once } from './once.js';

/** What a line says beside its words, by name: JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** Lines of JSON on stderr; stdout belongs to the protocol. */
export interface Log {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** A warning that no level silences. */
  aloud(message: string): void;
  /** For faults of ours: the stack goes here and nowhere else. */
  error(message: string, error?: unknown): void;
}

/** `scrub` takes secrets out of every line, its facts included. The logger is loaded with the first line worth writing. */
export function createLog(level: LogLevel, scrub: <T>(value: T) => T): Log {
  const logger = once(async () => {
    // Bundled, it has this one export.
    const { default: pino } = await import('pino');
    const options = { level: 'debug', base: null, timestamp: pino.stdTimeFunctions.isoTime };
    return { out: pino(options, pino.destination({ fd: 2, sync: true })) };
  });
  /** Where nobody reads stderr any more there is nobody to tell: that must not be logged in turn, without end. */
  const put = (at: LogLevel, message: string, facts: Facts = {}): void =>
    void logger
      .get()
      .then(({ out }) => out[at](scrub(facts), scrub(message)))
      .catch(() => undefined);
  const write: typeof put = (at, ...line) => {
    if (LOG_LEVELS.indexOf(at) <= LOG_LEVELS.indexOf(level)) put(at, ...line);
  };
  return {
    info: (...line) => write('info', ...line),
    warn: (...line) => write('warn', ...line),
    aloud: message => put('warn', message),
    error: (message, error) =>
      write('error', message, error instanceof Error ? { stack: error.stack ?? error.message } : {}),
  };
}
