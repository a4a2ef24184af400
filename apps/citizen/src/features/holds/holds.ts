/** What other features need of holds. */
export { HoldButton } from "./HoldButton.tsx";
export { HoldCard } from "./HoldCard.tsx";
export { HoldHere } from "./HoldHere.tsx";
export { MyHolds } from "./MyHolds.tsx";
export { useMyHolds } from "./queries.ts";
