/** What other features need of holds. */
export { HoldHere } from "./HoldHere.tsx";
export { MyHolds } from "./MyHolds.tsx";
