import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";

/** Held so long it is meant, in milliseconds. */
const HOLD_MS = 1000;
/** Seconds in which one can still take it back. */
const CANCEL_S = 5;

type Phase = { kind: "ready" } | { kind: "held" } | { kind: "counting"; left: number };

/**
 * Hold to call, with time to take it back: a phone in a pocket calls nobody. Who uses a keyboard or a
 * screen reader presses once, and has the same time to cancel.
 */
export function HoldToCall({ number }: { number: string }) {
  const { t } = useLingui();
  const [phase, setPhase] = useState<Phase>({ kind: "ready" });
  const call = useRef<HTMLAnchorElement>(null);
  const count = () => setPhase({ kind: "counting", left: CANCEL_S });

  useEffect(() => {
    if (phase.kind === "ready") return undefined;
    const timer = setTimeout(
      () => {
        if (phase.kind === "held") return count();
        if (phase.left > 1) return setPhase({ kind: "counting", left: phase.left - 1 });
        setPhase({ kind: "ready" });
        call.current?.click();
      },
      phase.kind === "held" ? HOLD_MS : 1000,
    );
    return () => clearTimeout(timer);
  }, [phase]);

  if (phase.kind === "counting") {
    const { left } = phase;
    return (
      <div className="call-hold call-hold-counting" role="alert">
        <p>
          <Plural
            value={left}
            one={`Calling ${number} in # second`}
            other={`Calling ${number} in # seconds`}
          />
        </p>
        <button
          type="button"
          className="call-hold-cancel"
          // Whoever pressed by mistake is already there.
          autoFocus
          onClick={() => setPhase({ kind: "ready" })}
        >
          <Trans>Cancel</Trans>
        </button>
        <a ref={call} href={`tel:${number}`} hidden tabIndex={-1}>
          {number}
        </a>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="call-hold"
      data-held={phase.kind === "held"}
      aria-label={t`Hold to call ${number}, then you have ${CANCEL_S} seconds to cancel`}
      onPointerDown={(event) => event.button === 0 && setPhase({ kind: "held" })}
      onPointerUp={() => setPhase({ kind: "ready" })}
      onPointerLeave={() => setPhase({ kind: "ready" })}
      onPointerCancel={() => setPhase({ kind: "ready" })}
      onContextMenu={(event) => event.preventDefault()}
      // A press that no pointer made: by a key, a switch or a screen reader.
      onClick={(event) => event.detail === 0 && count()}
    >
      <Trans>Hold to call {number}</Trans>
    </button>
  );
}
