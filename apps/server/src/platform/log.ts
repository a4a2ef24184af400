import { pino, type Logger } from "pino";

export type { Logger };

/** The log, as JSON lines on stderr. What could identify a person or open a door is never written. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          "req.headers.authorization",
          "req.headers.cookie",
          "*.password",
          "*.secret",
          "password",
          "secret",
        ],
        censor: "[redacted]",
      },
    },
    pino.destination(2),
  );
}
