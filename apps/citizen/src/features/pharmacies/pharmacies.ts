/** What other features show of shelves. */
export { AvailabilityNear } from "./AvailabilityNear.tsx";
export { StockHere } from "./StockHere.tsx";
