import type { City } from "@ihims/core/city/schema.ts";
import { DAY_MS, later } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import { AlertBoard, issue, senderNameOf } from "../alerts/alerts.ts";

/** So long that a visitor of the next weeks still sees one. */
const HOLDS_MS = 30 * DAY_MS;
const RADIUS_KM = 6;

/**
 * The model city has a season of its own: a warning of it, in the three languages, around the centre.
 *
 * What to do follows the World Health Organization, "Dengue and severe dengue", fact sheet, 23 April 2024.
 */
export async function warnOfSeason(ctx: Context, city: City): Promise<void> {
  const info = {
    categories: ["Health" as const],
    responseTypes: ["Prepare" as const, "Monitor" as const],
    urgency: "Expected" as const,
    severity: "Moderate" as const,
    certainty: "Likely" as const,
    expires: later(ctx.now(), HOLDS_MS),
    eventCodes: [],
    parameters: [],
    resources: [],
  };
  const area = (areaDesc: string) => [
    { areaDesc, polygons: [], circles: [{ centre: city.centre, radiusKm: RADIUS_KM }], geocodes: [] },
  ];
  const infos = [
    {
      ...info,
      language: "en-IN",
      event: "Dengue",
      headline: "Dengue is rising: empty standing water today",
      description: "More people with dengue than is usual for the season were seen in the last two weeks.",
      instruction:
        "Empty and scrub whatever holds water once a week.\nSleep under a net; cover arms and legs, by day as well.\nFever for two days, bleeding, or strong pain in the belly: see a doctor at once. Take no aspirin or ibuprofen.",
      senderName: "City health office (demonstration)",
      areas: area("The city's centre"),
    },
    {
      ...info,
      language: "hi-IN",
      event: "डेंगू",
      headline: "डेंगू बढ़ रहा है: आज ही जमा पानी खाली करें",
      description: "पिछले दो हफ़्तों में इस मौसम में आम तौर से ज़्यादा लोगों में डेंगू मिला है।",
      instruction:
        "जिस किसी चीज़ में पानी जमा होता है, उसे हफ़्ते में एक बार खाली करके रगड़कर धोएँ।\nमच्छरदानी में सोएँ; दिन में भी हाथ-पैर ढककर रखें।\nदो दिन से बुखार, कहीं से ख़ून या पेट में तेज़ दर्द हो तो तुरंत डॉक्टर को दिखाएँ। एस्पिरिन या आइबुप्रोफ़ेन न लें।",
      senderName: "नगर स्वास्थ्य कार्यालय (प्रदर्शन)",
      areas: area("शहर का मध्य भाग"),
    },
    {
      ...info,
      language: "mr-IN",
      event: "डेंग्यू",
      headline: "डेंग्यू वाढत आहे: साचलेले पाणी आजच रिकामे करा",
      description: "गेल्या दोन आठवड्यांत या हंगामात नेहमीपेक्षा जास्त लोकांना डेंग्यू झालेला आढळला आहे.",
      instruction:
        "पाणी साठवणारी प्रत्येक वस्तू आठवड्यातून एकदा रिकामी करून घासून घ्या.\nमच्छरदाणीत झोपा; दिवसाही हात-पाय झाकून ठेवा.\nदोन दिवस ताप, रक्तस्राव किंवा पोटात तीव्र वेदना असल्यास लगेच डॉक्टरांना दाखवा. ॲस्पिरिन किंवा आयबुप्रोफेन घेऊ नका.",
      senderName: "शहर आरोग्य कार्यालय (प्रात्यक्षिक)",
      areas: area("शहराचा मध्यभाग"),
    },
  ];
  const note = "Part of a demonstration: the city is a model, and nothing in it is real.";
  await issue(
    ctx,
    new AlertBoard(),
    { msgType: "Alert", status: "Actual", note, infos },
    senderNameOf(city, undefined),
  );
}
