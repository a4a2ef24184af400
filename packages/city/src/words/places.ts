import { word, type Word } from "./words.ts";

/** The city: a name that no city bears. */
export const CITY_NAME = word("Meghapur", "मेघापुर", "मेघापूर");
export const RIVER_NAME = word("Chandrika River", "चंद्रिका नदी");
export const LAKE_NAME = word("Hansa Lake", "हंस झील", "हंस तलाव");

/** Wards that are named by where they lie. */
export const OLD_TOWN = word("Old Bazaar", "पुराना बाज़ार", "जुना बाजार");
export const LAKE_WARD = word("Hansa Talav", "हंस तालाब", "हंस तलाव");
export const INDUSTRY_WARD = word("Udyognagar", "उद्योगनगर");

/** Wards that may lie anywhere; at least as many as a city has. */
export const WARD_NAMES: readonly Word[] = [
  word("Station Ward", "स्टेशन वार्ड", "स्टेशन वॉर्ड"),
  word("Vidyanagar", "विद्यानगर"),
  word("Cantonment", "छावनी", "छावणी"),
  word("Kasturi Nagar", "कस्तूरी नगर", "कस्तुरी नगर"),
  word("Chandanwadi", "चंदनवाड़ी", "चंदनवाडी"),
  word("Amrai", "अमराई", "आमराई"),
  word("Shivalaya", "शिवालय"),
  word("Ratnapuri", "रत्नपुरी"),
  word("Devrai", "देवराई"),
  word("Gulmohar Colony", "गुलमोहर कॉलोनी", "गुलमोहर कॉलनी"),
  word("Pimpalwadi", "पिंपलवाड़ी", "पिंपळवाडी"),
  word("Vadapur", "वडापुर", "वडापूर"),
  word("Kumbharwada", "कुंभारवाड़ा", "कुंभारवाडा"),
  word("Sarafa Bazaar", "सराफ़ा बाज़ार", "सराफ बाजार"),
  word("Saraswati Nagar", "सरस्वती नगर"),
  word("Tarangini Nagar", "तरंगिणी नगर"),
  word("Nandanvan", "नंदनवन"),
  word("Suryodaya Nagar", "सूर्योदय नगर"),
  word("Shantivan", "शांतिवन"),
  word("Maruti Peth", "मारुति पेठ", "मारुती पेठ"),
  word("Rajbaug", "राजबाग"),
  word("Kamal Kund", "कमल कुंड", "कमळ कुंड"),
  word("Ghatpuri", "घाटपुरी"),
  word("Mithila Nagar", "मिथिला नगर"),
  word("Mor Tekdi", "मोर टेकड़ी", "मोर टेकडी"),
  word("Jaswandi Nagar", "जासवंदी नगर", "जास्वंदी नगर"),
  word("New Meghapur", "नया मेघापुर", "नवे मेघापूर"),
];

/** Rings and radial roads, in the order in which they are handed out. */
export const INNER_RING = word("Fort Ring Road", "क़िला रिंग रोड", "किल्ला रिंग रोड");
export const MIDDLE_RING = word("Middle Ring Road", "मध्य रिंग रोड");
export const OUTER_RING = word("Outer Ring Road", "बाहरी रिंग रोड", "बाह्य रिंग रोड");
export const RADIAL_NAMES: readonly Word[] = [
  word("Station Road", "स्टेशन रोड"),
  word("College Road", "कॉलेज रोड"),
  word("Cotton Market Road", "कॉटन मार्केट रोड"),
  word("Fort Road", "क़िला रोड", "किल्ला रोड"),
  word("Mill Road", "मिल रोड"),
  word("Airport Road", "हवाई अड्डा रोड", "विमानतळ रोड"),
  word("Court Road", "कोर्ट रोड"),
  word("Grain Market Road", "अनाज मंडी रोड", "धान्य बाजार रोड"),
];

export const STREET_NAMES: readonly Word[] = [
  word("Market Road", "बाज़ार रोड", "बाजार रोड"),
  word("Temple Road", "मंदिर रोड"),
  word("Ghat Road", "घाट रोड"),
  word("Garden Road", "उद्यान मार्ग"),
  word("Library Road", "पुस्तकालय मार्ग", "ग्रंथालय मार्ग"),
  word("School Road", "स्कूल रोड", "शाळा रोड"),
  word("Post Office Road", "डाकघर मार्ग", "टपाल कार्यालय मार्ग"),
  word("Water Tank Road", "पानी टंकी रोड", "पाण्याची टाकी रोड"),
  word("Stadium Road", "स्टेडियम रोड", "क्रीडांगण रोड"),
  word("Potters' Lane", "कुम्हार गली", "कुंभार गल्ली"),
  word("Goldsmiths' Lane", "सुनार गली", "सोनार गल्ली"),
  word("Weavers' Lane", "बुनकर गली", "विणकर गल्ली"),
  word("Banyan Road", "वटवृक्ष मार्ग"),
  word("Ashoka Road", "अशोक मार्ग"),
  word("Palash Road", "पलाश मार्ग", "पळस मार्ग"),
  word("Chandan Road", "चंदन मार्ग"),
  word("Parijat Road", "पारिजात मार्ग"),
  word("Kadamba Road", "कदंब मार्ग"),
  word("Bakul Lane", "बकुल गली", "बकुळ गल्ली"),
  word("Champa Lane", "चंपा गली", "चाफा गल्ली"),
  word("Mogra Lane", "मोगरा गली", "मोगरा गल्ली"),
  word("Tulsi Lane", "तुलसी गली", "तुळशी गल्ली"),
  word("Kamal Lane", "कमल गली", "कमळ गल्ली"),
  word("Juhi Lane", "जूही गली", "जुई गल्ली"),
  word("Shevanti Road", "सेवंती मार्ग", "शेवंती मार्ग"),
  word("Surya Road", "सूर्य मार्ग"),
  word("Chandra Road", "चंद्र मार्ग"),
  word("Tara Road", "तारा मार्ग"),
  word("Dhruva Road", "ध्रुव मार्ग"),
  word("Arundhati Road", "अरुंधती मार्ग"),
  word("Rohini Road", "रोहिणी मार्ग"),
  word("Chitra Road", "चित्रा मार्ग"),
  word("Swati Road", "स्वाति मार्ग", "स्वाती मार्ग"),
  word("Peacock Lane", "मोर गली", "मोर गल्ली"),
  word("Well Lane", "कुआँ गली", "विहीर गल्ली"),
  word("Mango Lane", "आम गली", "आंबा गल्ली"),
];

export const PARK_NAMES: readonly Word[] = [
  word("Lotus Garden", "कमल उद्यान", "कमळ उद्यान"),
  word("Peacock Garden", "मयूर उद्यान"),
  word("Children's Park", "बाल उद्यान"),
  word("Parijat Garden", "पारिजात उद्यान"),
  word("Ashoka Garden", "अशोक उद्यान"),
  word("Sunrise Park", "अरुणोदय उद्यान"),
  word("Rose Garden", "गुलाब उद्यान"),
  word("Freedom Park", "स्वातंत्र्य उद्यान"),
  word("Star Garden", "तारांगण उद्यान"),
  word("Kadamba Garden", "कदंब उद्यान"),
];
