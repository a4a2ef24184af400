import { setTimeout as sleep } from "node:timers/promises";

/** A short message to a telephone. */
export interface Sms {
  /** E.164 */
  phone: string;
  text: string;
}

/** What carries messages to telephones. */
export interface SmsProvider {
  /** Only where nothing is real may a message be shown to somebody else than the telephone's owner. */
  readonly isForDemonstrationsOnly: boolean;
  /**
   * @throws SmsRefused when trying again is no use
   * @throws Error when it may be tried again
   */
  send(sms: Sms): Promise<void>;
}

/** The gateway has understood, and will not send this message. */
export class SmsRefused extends Error {}

/** Longest that a gateway may take to answer. */
const ANSWER_MAX_MS = 10_000;
/** Tries in a row before the message goes back to wait. */
const TRIES_IN_A_ROW = 2;
const BETWEEN_TRIES_MS = 500;

/** For demonstrations: what would be sent is printed for the person at the machine. */
export function printedSms(say: (line: string) => void): SmsProvider {
  return {
    isForDemonstrationsOnly: true,
    async send({ phone, text }) {
      say(`SMS to ${phone}: ${text.replaceAll("\n", " ")}`);
    },
  };
}

/**
 * A gateway that takes `POST` of `{"to", "text", "from"}` as JSON. 2xx: it is on its way; 408, 429
 * and 5xx: later perhaps; anything else: never.
 */
export function httpSmsGateway(given: {
  url: string;
  token: string | undefined;
  sender: string | undefined;
}): SmsProvider {
  const { url, token, sender } = given;
  async function post({ phone, text }: Sms): Promise<void> {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ to: phone, text, ...(sender === undefined ? {} : { from: sender }) }),
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
    await response.body?.cancel();
    if (response.ok) return;
    const why = `the SMS gateway answered ${response.status}`;
    throw [408, 429].includes(response.status) || response.status >= 500
      ? new Error(why)
      : new SmsRefused(why);
  }
  return {
    isForDemonstrationsOnly: false,
    async send(sms) {
      for (let tries = 1; ; tries++) {
        try {
          return await post(sms);
        } catch (error) {
          if (error instanceof SmsRefused || tries >= TRIES_IN_A_ROW) throw error;
          await sleep(BETWEEN_TRIES_MS);
        }
      }
    },
  };
}
