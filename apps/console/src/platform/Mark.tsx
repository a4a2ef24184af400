import { Trans } from "@lingui/react/macro";

/** The name of the product with its sign: a bed. */
export function Mark() {
  return (
    <span className="mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--primary)" />
        <path
          d="M7 22V11M7 18h18v4M25 18v-1a4 4 0 0 0-4-4h-8v5"
          fill="none"
          stroke="var(--on-primary)"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="mark-name">
        IHIMS{" "}
        <span className="mark-what">
          <Trans>Console</Trans>
        </span>
      </span>
    </span>
  );
}
