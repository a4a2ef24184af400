export { AlertsNearYou } from "./AlertsNearYou.tsx";
