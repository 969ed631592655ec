import { pino, destination } from 'pino';
import type { LogLevel } from './config.js';

/** Lines of JSON on stderr; stdout belongs to the protocol. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** For faults of ours: the stack goes here and nowhere else. */
  error(message: string, error?: unknown): void;
}

/** `secrets` are replaced wherever they turn up in a line. */
export function createLog(level: LogLevel, secrets: ReadonlySet<string>): Log {
  const scrub = (text: string): string =>
    [...secrets].reduce((clean, secret) => clean.replaceAll(secret, '[hidden]'), text);
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: message => logger.info(scrub(message)),
    warn: message => logger.warn(scrub(message)),
    error: (message, error) =>
      logger.error({ stack: error instanceof Error ? scrub(error.stack ?? error.message) : undefined }, scrub(message)),
  };
}
