import { LOG_LEVELS, type LogLevel } from './config.js';
import { once } from './once.js';

/** Lines of JSON on stderr; stdout belongs to the protocol. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** A warning that no level silences. */
  aloud(message: string): void;
  /** For faults of ours: the stack goes here and nowhere else. */
  error(message: string, error?: unknown): void;
}

/** `scrub` takes secrets out of every line. The logger is loaded with the first line worth writing. */
export function createLog(level: LogLevel, scrub: (text: string) => string): Log {
  const logger = once(async () => {
    // Bundled, it has this one export.
    const { default: pino } = await import('pino');
    const options = { level: 'debug', base: null, timestamp: pino.stdTimeFunctions.isoTime };
    return { out: pino(options, pino.destination({ fd: 2, sync: true })) };
  });
  /** Where nobody reads stderr any more there is nobody to tell: that must not be logged in turn, without end. */
  const put = (at: LogLevel, message: string, facts: Readonly<Record<string, unknown>> = {}): void =>
    void logger
      .get()
      .then(({ out }) => out[at](facts, scrub(message)))
      .catch(() => undefined);
  const write: typeof put = (at, ...line) => {
    if (LOG_LEVELS.indexOf(at) <= LOG_LEVELS.indexOf(level)) put(at, ...line);
  };
  return {
    info: message => write('info', message),
    warn: message => write('warn', message),
    aloud: message => put('warn', message),
    error: (message, error) =>
      write('error', message, error instanceof Error ? { stack: scrub(error.stack ?? error.message) } : {}),
  };
}
