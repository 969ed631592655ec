import { LOG_LEVELS, type LogLevel } from './config.js';
import { once } from './once.js';

/** Lines of JSON on stderr; stdout belongs to the protocol. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** For faults of ours: the stack goes here and nowhere else. */
  error(message: string, error?: unknown): void;
}

/** `secrets` are replaced wherever they turn up in a line. The logger is loaded with the first line worth writing. */
export function createLog(level: LogLevel, secrets: ReadonlySet<string>): Log {
  const logger = once(async () => {
    const { pino, destination, stdTimeFunctions } = await import('pino');
    const options = { level, base: null, timestamp: stdTimeFunctions.isoTime };
    return { out: pino(options, destination({ fd: 2, sync: true })) };
  });
  const scrub = (text: string): string =>
    [...secrets].reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text);
  const write = (at: LogLevel, message: string, facts: Readonly<Record<string, unknown>> = {}): void => {
    if (LOG_LEVELS.indexOf(at) <= LOG_LEVELS.indexOf(level))
      void logger.get().then(({ out }) => out[at](facts, scrub(message)));
  };
  return {
    info: message => write('info', message),
    warn: message => write('warn', message),
    error: (message, error) =>
      write('error', message, error instanceof Error ? { stack: scrub(error.stack ?? error.message) } : {}),
  };
}
