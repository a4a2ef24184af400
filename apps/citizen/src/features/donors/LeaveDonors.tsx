import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { useLeaveDonors } from "./queries.ts";

/** Be a donor no more: asked once, then everything that was said is deleted. */
export function LeaveDonors() {
  const [isAsking, setIsAsking] = useState(false);
  const leave = useLeaveDonors();
  return (
    <section className="card" aria-labelledby="leave-donors">
      <h2 id="leave-donors">
        <Trans>Leave</Trans>
      </h2>
      {isAsking ? (
        <div className="confirm" role="group" aria-labelledby="confirm-leave">
          <p id="confirm-leave">
            <Trans>All that you said as a donor is deleted, and nobody asks you any more.</Trans>
          </p>
          <button
            type="button"
            className="button-wide"
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
          >
            <Trans>Delete it for good</Trans>
          </button>
          <button type="button" className="button-wide" onClick={() => setIsAsking(false)}>
            <Trans>Keep it</Trans>
          </button>
        </div>
      ) : (
        <button type="button" className="link-button" onClick={() => setIsAsking(true)}>
          <Trans>Be a donor no more</Trans>
        </button>
      )}
      <p className="sign-in-wrong" role="alert">
        {leave.isError && <Trans>We could not reach the server. Try again.</Trans>}
      </p>
    </section>
  );
}
