import {
  alertStateOf,
  chainOf,
  referenceKey,
  type AlertState,
  type Chain,
} from "@ihims/core/alerts/rules.ts";
import type { Alert } from "@ihims/core/alerts/schema.ts";
import type { AlertId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";

/** The warnings of the city in the memory of this process; follows the change stream as the board does. */
export class AlertBoard {
  readonly #alerts = new Map<AlertId, Alert>();
  #chain: Chain | undefined;
  #version = 0;

  /** Take in a message. One that is there already changes nothing: messages are never edited. */
  apply(alert: Alert): void {
    if (this.#alerts.has(alert.id)) return;
    this.#alerts.set(alert.id, alert);
    this.#chain = undefined;
    this.#version += 1;
  }

  /** Grows with every message. */
  get version(): number {
    return this.#version;
  }

  all(): Iterable<Alert> {
    return this.#alerts.values();
  }

  find(id: AlertId): Alert | undefined {
    return this.#alerts.get(id);
  }

  stateOf(alert: Alert, now: Instant): AlertState {
    this.#chain ??= chainOf([...this.#alerts.values()]);
    return alertStateOf(alert, this.#chain, now);
  }

  /** The newest message that replaces or cancels another; undefined when none does. */
  successorOf(alert: Alert): Alert | undefined {
    const key = referenceKey(alert);
    return [...this.#alerts.values()]
      .filter(
        ({ msgType, sender, references }) =>
          (msgType === "Update" || msgType === "Cancel") &&
          sender === alert.sender &&
          references.some((one) => referenceKey(one) === key),
      )
      .toSorted((a, b) => (a.sent < b.sent ? -1 : 1))
      .at(-1);
  }
}
