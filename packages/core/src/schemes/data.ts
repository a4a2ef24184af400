import type { Criterion, Fact, Said, Scheme, SchemeSource } from "./record.ts";
import type { SchemeId } from "./schema.ts";
import type { Day } from "../time.ts";

// Days as they are written.
const day = (text: string) => text as Day;
const said = (en: string, hi: string, mr: string): Said => ({ en, hi, mr });
const source = (title: string, publisher: string, date: string, url: string): SchemeSource => ({
  title,
  publisher,
  date: day(date),
  url,
});
const by =
  (from: SchemeSource) =>
  (en: string, hi: string, mr: string): Fact => ({ words: said(en, hi, mr), source: from });

const PMJAY = source(
  "Ayushman Bharat PM-JAY: guidelines of the scheme",
  "National Health Authority",
  "2018-09-23",
  "https://nha.gov.in/PM-JAY",
);
const PMJAY_70 = source(
  "Cabinet decision: health cover for all citizens of 70 years and above under AB PM-JAY",
  "Government of India, Press Information Bureau",
  "2024-09-11",
  "https://pib.gov.in",
);
const MJPJAY = source(
  "Government resolution extending the integrated scheme to all families of the state",
  "Government of Maharashtra, Public Health Department",
  "2023-07-28",
  "https://www.jeevandayee.gov.in",
);
const CGHS = source(
  "CGHS: frequently asked questions on eligibility and treatment",
  "Ministry of Health and Family Welfare",
  "2024-10-01",
  "https://cghs.mohfw.gov.in",
);
const ESI = source(
  "Employees' State Insurance Act, 1948, and the wage limit of the Central Rules, rule 50",
  "Employees' State Insurance Corporation",
  "2017-01-01",
  "https://www.esic.gov.in",
);
const ECHS = source(
  "ECHS: entitlement and procedures",
  "Ministry of Defence, Department of Ex-Servicemen Welfare",
  "2023-12-06",
  "https://www.echs.gov.in",
);
const IRDAI = source(
  "Master circular on health insurance business, 2024",
  "Insurance Regulatory and Development Authority of India",
  "2024-05-29",
  "https://irdai.gov.in",
);

const criterion = (id: string, rule: Criterion["rule"], from: SchemeSource, words: Said): Criterion => ({
  id,
  rule,
  words,
  source: from,
});

const pmjay = by(PMJAY);
const pmjay70 = by(PMJAY_70);
const mjpjay = by(MJPJAY);
const cghs = by(CGHS);
const esi = by(ESI);
const echs = by(ECHS);
const irdai = by(IRDAI);

// Tables of facts: one fact a line, its languages side by side.
// oxfmt-ignore
export const SCHEMES: readonly Scheme[] = [
  {
    id: "pm-jay", kind: "government", authority: "National Health Authority",
    names: said("Ayushman Bharat (PM-JAY)", "आयुष्मान भारत (पीएम-जय)", "आयुष्मान भारत (पीएम-जय)"),
    who: pmjay("For families on the government's list, and for everybody of 70 years and above.", "सरकार की सूची में दर्ज परिवारों के लिए, और 70 वर्ष या उससे अधिक उम्र के सभी लोगों के लिए।", "शासनाच्या यादीतील कुटुंबांसाठी आणि 70 वर्षे व त्याहून अधिक वयाच्या सर्वांसाठी."),
    covers: [
      pmjay("Treatment in hospital up to ₹5 lakh for a family in a year, without paying there.", "अस्पताल में भर्ती का इलाज, परिवार के लिए साल में ₹5 लाख तक, वहाँ पैसे दिए बिना।", "रुग्णालयात दाखल होऊन उपचार, कुटुंबासाठी वर्षाला ₹5 लाखांपर्यंत, तिथे पैसे न देता."),
      pmjay("Three days before the hospital and fifteen days after it, with medicines.", "भर्ती से पहले के तीन दिन और बाद के पंद्रह दिन, दवाओं सहित।", "दाखल होण्याआधीचे तीन दिवस आणि नंतरचे पंधरा दिवस, औषधांसह."),
      pmjay70("From 70 years on: ₹5 lakh a year more, not shared with the younger ones of the family.", "70 वर्ष की उम्र से: साल में ₹5 लाख अलग से, जो परिवार के छोटे सदस्यों के साथ साझा नहीं होते।", "70 वर्षांपासून: वर्षाला आणखी ₹5 लाख, जे कुटुंबातील लहानांबरोबर वाटले जात नाहीत."),
    ],
    ways: [
      { id: "listed-family", words: said("As a family on the list", "सूची में दर्ज परिवार के रूप में", "यादीतील कुटुंब म्हणून"), criteria: [
        criterion("on-the-list", { question: "isOnPmjayList", is: true }, PMJAY, said("The family is on the list of PM-JAY or has an Ayushman card", "परिवार पीएम-जय की सूची में है या आयुष्मान कार्ड है", "कुटुंब पीएम-जयच्या यादीत आहे किंवा आयुष्मान कार्ड आहे")),
      ] },
      { id: "seventy", words: said("From 70 years on", "70 वर्ष की उम्र से", "70 वर्षांपासून"), criteria: [
        criterion("seventy", { question: "age", atLeast: 70 }, PMJAY_70, said("The patient is 70 years old or older", "मरीज़ की उम्र 70 वर्ष या अधिक है", "रुग्णाचे वय 70 वर्षे किंवा अधिक आहे")),
      ] },
    ],
    documents: [
      pmjay("Ayushman card, where there is one", "आयुष्मान कार्ड, यदि हो", "आयुष्मान कार्ड, असल्यास"),
      pmjay("Aadhaar card", "आधार कार्ड", "आधार कार्ड"),
      pmjay("Ration card or another proof of the family", "राशन कार्ड या परिवार का दूसरा प्रमाण", "शिधापत्रिका किंवा कुटुंबाचा दुसरा पुरावा"),
    ],
    steps: [
      pmjay("Look for the name at beneficiary.nha.gov.in or call 14555.", "beneficiary.nha.gov.in पर नाम देखें या 14555 पर फ़ोन करें।", "beneficiary.nha.gov.in वर नाव पाहा किंवा 14555 वर फोन करा."),
      pmjay("At a hospital of the scheme ask for the Ayushman Mitra at the desk.", "योजना के अस्पताल में काउंटर पर आयुष्मान मित्र से मिलें।", "योजनेच्या रुग्णालयात काउंटरवर आयुष्मान मित्रांना भेटा."),
      pmjay("Show the card; without one they prove who you are and make it.", "कार्ड दिखाएँ; न हो तो वे पहचान जाँचकर बना देते हैं।", "कार्ड दाखवा; नसेल तर ते ओळख तपासून तयार करतात."),
      pmjay("The hospital asks for approval before it treats; in an emergency it treats first.", "इलाज से पहले अस्पताल मंज़ूरी माँगता है; आपात स्थिति में पहले इलाज होता है।", "उपचारापूर्वी रुग्णालय मंजुरी मागते; आपत्कालीन स्थितीत आधी उपचार होतात."),
    ],
    helpline: { number: "14555", source: PMJAY }, website: "https://beneficiary.nha.gov.in",
  },
  {
    id: "mjpjay", kind: "government", authority: "State Health Assurance Society, Maharashtra",
    names: said("Mahatma Phule Jan Arogya Yojana (MJPJAY)", "महात्मा फुले जन आरोग्य योजना", "महात्मा फुले जन आरोग्य योजना"),
    who: mjpjay("For all families who live in Maharashtra, whatever the colour of their ration card.", "महाराष्ट्र में रहने वाले सभी परिवारों के लिए, राशन कार्ड किसी भी रंग का हो।", "महाराष्ट्रात राहणाऱ्या सर्व कुटुंबांसाठी, शिधापत्रिका कोणत्याही रंगाची असो."),
    covers: [
      mjpjay("Listed treatments in hospital up to ₹5 lakh for a family in a year, without paying there.", "सूचीबद्ध इलाज अस्पताल में, परिवार के लिए साल में ₹5 लाख तक, वहाँ पैसे दिए बिना।", "यादीतील उपचार रुग्णालयात, कुटुंबासाठी वर्षाला ₹5 लाखांपर्यंत, तिथे पैसे न देता."),
    ],
    ways: [
      { id: "of-the-state", words: said("As a family of the state", "राज्य के परिवार के रूप में", "राज्यातील कुटुंब म्हणून"), criteria: [
        criterion("lives-in-the-state", { question: "livesInMaharashtra", is: true }, MJPJAY, said("The family lives in Maharashtra", "परिवार महाराष्ट्र में रहता है", "कुटुंब महाराष्ट्रात राहते")),
        criterion("ration-card", { question: "rationCard", oneOf: ["yellow", "orange", "white"] }, MJPJAY, said("It has a ration card of any colour", "किसी भी रंग का राशन कार्ड है", "कोणत्याही रंगाची शिधापत्रिका आहे")),
      ] },
    ],
    documents: [
      mjpjay("Ration card with the patient's name", "मरीज़ के नाम वाला राशन कार्ड", "रुग्णाचे नाव असलेली शिधापत्रिका"),
      mjpjay("Aadhaar card or another proof with a photograph", "आधार कार्ड या फ़ोटो वाला दूसरा पहचान पत्र", "आधार कार्ड किंवा छायाचित्र असलेला दुसरा ओळखपुरावा"),
      mjpjay("Where there is no ration card: proof of living in the state", "राशन कार्ड न हो तो: राज्य में रहने का प्रमाण", "शिधापत्रिका नसल्यास: राज्यात राहत असल्याचा पुरावा"),
    ],
    steps: [
      mjpjay("Go to a hospital of the scheme and ask for the Arogya Mitra.", "योजना के अस्पताल जाएँ और आरोग्य मित्र से मिलें।", "योजनेच्या रुग्णालयात जा आणि आरोग्य मित्रांना भेटा."),
      mjpjay("They check the cards and register the patient.", "वे कार्ड जाँचकर मरीज़ का पंजीकरण करते हैं।", "ते कार्डे तपासून रुग्णाची नोंदणी करतात."),
      mjpjay("The hospital asks the scheme for approval of the treatment.", "अस्पताल योजना से इलाज की मंज़ूरी माँगता है।", "रुग्णालय योजनेकडे उपचाराची मंजुरी मागते."),
      mjpjay("Who asks you for money for a listed treatment: call 155388.", "सूचीबद्ध इलाज के लिए कोई पैसे माँगे तो: 155388 पर फ़ोन करें।", "यादीतील उपचारासाठी कोणी पैसे मागितल्यास: 155388 वर फोन करा."),
    ],
    helpline: { number: "155388", source: MJPJAY }, website: "https://www.jeevandayee.gov.in",
  },
  {
    id: "esic", kind: "government", authority: "Employees' State Insurance Corporation",
    names: said("Employees' State Insurance (ESIC)", "कर्मचारी राज्य बीमा (ईएसआईसी)", "कर्मचारी राज्य विमा (ईएसआयसी)"),
    who: esi("For employees of covered workplaces with wages up to ₹21,000 a month (₹25,000 with a disability), and their families.", "योजना में शामिल कार्यस्थलों के उन कर्मचारियों और परिवारों के लिए जिनका वेतन महीने में ₹21,000 तक है (दिव्यांग: ₹25,000)।", "योजनेतील कार्यस्थळांच्या महिन्याला ₹21,000 पर्यंत वेतन असलेल्या कर्मचाऱ्यांसाठी (दिव्यांग: ₹25,000) आणि त्यांच्या कुटुंबांसाठी."),
    covers: [
      esi("Doctor, medicines and hospital, at ESI dispensaries and hospitals and those that they send to.", "डॉक्टर, दवा और अस्पताल: ईएसआई डिस्पेंसरी व अस्पताल में, और जहाँ वे भेजें।", "डॉक्टर, औषधे आणि रुग्णालय: ईएसआय दवाखाने व रुग्णालयांत, आणि ते पाठवतील तिथे."),
    ],
    ways: [
      { id: "insured", words: said("As somebody insured", "बीमित व्यक्ति के रूप में", "विमाधारक म्हणून"), criteria: [
        criterion("insured", { question: "isEsiInsured", is: true }, ESI, said("The patient is insured under ESI, or of the family of somebody who is", "मरीज़ का ईएसआई बीमा है, या वह बीमित के परिवार से है", "रुग्णाचा ईएसआय विमा आहे, किंवा तो विमाधारकाच्या कुटुंबातील आहे")),
      ] },
    ],
    documents: [
      esi("ESI e-Pehchan card with the insurance number", "बीमा संख्या वाला ईएसआई ई-पहचान कार्ड", "विमा क्रमांक असलेले ईएसआय ई-पहचान कार्ड"),
      esi("Aadhaar card", "आधार कार्ड", "आधार कार्ड"),
    ],
    steps: [
      esi("Go first to your own ESI dispensary or hospital.", "पहले अपनी ईएसआई डिस्पेंसरी या अस्पताल जाएँ।", "आधी आपल्या ईएसआय दवाखान्यात किंवा रुग्णालयात जा."),
      esi("For another hospital ask there for a letter of referral.", "दूसरे अस्पताल के लिए वहीं से रेफ़रल पत्र लें।", "दुसऱ्या रुग्णालयासाठी तिथूनच संदर्भपत्र घ्या."),
      esi("In an emergency go to the nearest hospital of the list, and tell your dispensary.", "आपात स्थिति में सूची के सबसे पास के अस्पताल जाएँ और अपनी डिस्पेंसरी को बताएँ।", "आपत्कालीन स्थितीत यादीतील जवळच्या रुग्णालयात जा आणि आपल्या दवाखान्याला कळवा."),
    ],
    helpline: { number: "1800112526", source: ESI }, website: "https://www.esic.gov.in",
  },
  {
    id: "cghs", kind: "government", authority: "Ministry of Health and Family Welfare",
    names: said("Central Government Health Scheme (CGHS)", "केंद्र सरकार स्वास्थ्य योजना (सीजीएचएस)", "केंद्र सरकार आरोग्य योजना (सीजीएचएस)"),
    who: cghs("For employees and pensioners of the central government and their dependants, in its cities.", "केंद्र सरकार के कर्मचारियों, पेंशनभोगियों और उनके आश्रितों के लिए, योजना के शहरों में।", "केंद्र सरकारचे कर्मचारी, निवृत्तिवेतनधारक व त्यांच्या अवलंबितांसाठी, योजनेच्या शहरांत."),
    covers: [
      cghs("Doctors and medicines at its wellness centres.", "इसके वेलनेस सेंटर में डॉक्टर और दवाएँ।", "तिच्या वेलनेस सेंटरमध्ये डॉक्टर आणि औषधे."),
      cghs("Hospitals of its list at its rates; pensioners do not pay there.", "सूची के अस्पताल इसकी दरों पर; पेंशनभोगी वहाँ पैसे नहीं देते।", "यादीतील रुग्णालये तिच्या दरांत; निवृत्तिवेतनधारक तिथे पैसे देत नाहीत."),
    ],
    ways: [
      { id: "card", words: said("With a CGHS card", "सीजीएचएस कार्ड के साथ", "सीजीएचएस कार्डासह"), criteria: [
        criterion("of-the-government", { question: "isOfCentralGovernment", is: true }, CGHS, said("Serves or draws a pension of the central government, or is a dependant", "केंद्र सरकार में कार्यरत, पेंशनभोगी या आश्रित है", "केंद्र सरकारच्या सेवेत, निवृत्तिवेतनधारक किंवा अवलंबित आहे")),
        criterion("card", { question: "hasCghsCard", is: true }, CGHS, said("Has a CGHS card that is valid", "मान्य सीजीएचएस कार्ड है", "वैध सीजीएचएस कार्ड आहे")),
      ] },
    ],
    documents: [
      cghs("CGHS card of the patient", "मरीज़ का सीजीएचएस कार्ड", "रुग्णाचे सीजीएचएस कार्ड"),
      cghs("Referral or prescription of the wellness centre or a government specialist", "वेलनेस सेंटर या सरकारी विशेषज्ञ का रेफ़रल या पर्ची", "वेलनेस सेंटर किंवा सरकारी तज्ज्ञांचे संदर्भपत्र किंवा चिठ्ठी"),
    ],
    steps: [
      cghs("See the doctor of your wellness centre.", "अपने वेलनेस सेंटर के डॉक्टर को दिखाएँ।", "आपल्या वेलनेस सेंटरच्या डॉक्टरांना दाखवा."),
      cghs("With the referral go to a hospital of the list.", "रेफ़रल लेकर सूची के अस्पताल जाएँ।", "संदर्भपत्र घेऊन यादीतील रुग्णालयात जा."),
      cghs("In an emergency no referral is needed: show the card.", "आपात स्थिति में रेफ़रल ज़रूरी नहीं: कार्ड दिखाएँ।", "आपत्कालीन स्थितीत संदर्भपत्र लागत नाही: कार्ड दाखवा."),
    ],
    helpline: { number: "18002088900", source: CGHS }, website: "https://cghs.mohfw.gov.in",
  },
  {
    id: "echs", kind: "government", authority: "Ministry of Defence",
    names: said("Ex-Servicemen Contributory Health Scheme (ECHS)", "भूतपूर्व सैनिक अंशदायी स्वास्थ्य योजना (ईसीएचएस)", "माजी सैनिक अंशदायी आरोग्य योजना (ईसीएचएस)"),
    who: echs("For pensioners of the armed forces and their dependants who are members.", "सशस्त्र सेनाओं के पेंशनभोगियों और आश्रितों के लिए, जो सदस्य हैं।", "सशस्त्र दलांचे निवृत्तिवेतनधारक व अवलंबित जे सदस्य आहेत त्यांच्यासाठी."),
    covers: [
      echs("Its polyclinics, service hospitals, and hospitals of its list without paying there.", "इसके पॉलीक्लिनिक, सैन्य अस्पताल, और सूची के अस्पताल वहाँ पैसे दिए बिना।", "तिची पॉलीक्लिनिक, सैनिकी रुग्णालये, आणि यादीतील रुग्णालये तिथे पैसे न देता."),
    ],
    ways: [
      { id: "member", words: said("As a member", "सदस्य के रूप में", "सदस्य म्हणून"), criteria: [
        criterion("pensioner", { question: "isExServicePensioner", is: true }, ECHS, said("Draws a pension of the armed forces, or is a dependant", "सशस्त्र सेनाओं का पेंशनभोगी या आश्रित है", "सशस्त्र दलांचे निवृत्तिवेतनधारक किंवा अवलंबित आहे")),
        criterion("card", { question: "hasEchsCard", is: true }, ECHS, said("Has an ECHS card", "ईसीएचएस कार्ड है", "ईसीएचएस कार्ड आहे")),
      ] },
    ],
    documents: [
      echs("ECHS card of the patient", "मरीज़ का ईसीएचएस कार्ड", "रुग्णाचे ईसीएचएस कार्ड"),
      echs("Referral of the polyclinic", "पॉलीक्लिनिक का रेफ़रल", "पॉलीक्लिनिकचे संदर्भपत्र"),
    ],
    steps: [
      echs("See the doctor of your polyclinic, who refers you.", "अपने पॉलीक्लिनिक के डॉक्टर को दिखाएँ, वे रेफ़र करते हैं।", "आपल्या पॉलीक्लिनिकच्या डॉक्टरांना दाखवा, ते संदर्भ देतात."),
      echs("In an emergency go to a hospital of the list with the card; it tells the polyclinic.", "आपात स्थिति में कार्ड के साथ सूची के अस्पताल जाएँ; वह पॉलीक्लिनिक को बताता है।", "आपत्कालीन स्थितीत कार्डासह यादीतील रुग्णालयात जा; ते पॉलीक्लिनिकला कळवते."),
    ],
    helpline: { number: "1800114115", source: ECHS }, website: "https://www.echs.gov.in",
  },
  {
    id: "mediclaim-cashless", kind: "insurance", authority: "Insurance Regulatory and Development Authority of India",
    names: said("Health insurance (mediclaim), cashless", "स्वास्थ्य बीमा (मेडिक्लेम), कैशलेस", "आरोग्य विमा (मेडिक्लेम), कॅशलेस"),
    who: irdai("For those who are named in a health insurance policy that is paid up.", "उनके लिए जिनका नाम चालू स्वास्थ्य बीमा पॉलिसी में है।", "ज्यांचे नाव चालू आरोग्य विमा पॉलिसीत आहे त्यांच्यासाठी."),
    covers: [
      irdai("What the policy says; its Customer Information Sheet has it on one page.", "जो पॉलिसी में लिखा है; उसका ग्राहक सूचना पत्र एक पन्ने में बताता है।", "पॉलिसीत लिहिलेले; तिचे ग्राहक माहिती पत्रक ते एका पानात सांगते."),
      irdai("The insurer decides on a cashless request within one hour, and on leaving within three.", "बीमा कंपनी कैशलेस अनुरोध पर एक घंटे में और छुट्टी पर तीन घंटे में फ़ैसला करती है।", "विमा कंपनी कॅशलेस विनंतीवर एका तासात आणि घरी सोडण्यावर तीन तासांत निर्णय घेते."),
    ],
    ways: [
      { id: "policy", words: said("With a policy", "पॉलिसी के साथ", "पॉलिसीसह"), criteria: [
        criterion("policy", { question: "hasHealthPolicy", is: true }, IRDAI, said("The patient is named in a policy that is paid up", "मरीज़ का नाम चालू पॉलिसी में है", "रुग्णाचे नाव चालू पॉलिसीत आहे")),
        criterion("waiting-over", { question: "isWaitingOver", is: true }, IRDAI, said("The waiting period for this illness is over", "इस बीमारी की प्रतीक्षा अवधि पूरी हो चुकी है", "या आजाराचा प्रतीक्षा कालावधी संपला आहे")),
      ] },
    ],
    documents: [
      irdai("Policy number or the insurer's health card", "पॉलिसी संख्या या बीमा कंपनी का हेल्थ कार्ड", "पॉलिसी क्रमांक किंवा विमा कंपनीचे हेल्थ कार्ड"),
      irdai("A proof of identity with a photograph", "फ़ोटो वाला पहचान पत्र", "छायाचित्र असलेला ओळखपुरावा"),
      irdai("The doctor's advice to be admitted, and reports", "भर्ती की डॉक्टरी सलाह और रिपोर्ट", "दाखल होण्याचा डॉक्टरांचा सल्ला आणि अहवाल"),
    ],
    steps: [
      irdai("Ask your insurer or its app whether the hospital is in its network.", "बीमा कंपनी या उसके ऐप से पूछें कि अस्पताल उसके नेटवर्क में है या नहीं।", "रुग्णालय नेटवर्कमध्ये आहे का ते विमा कंपनीला किंवा तिच्या ॲपवर विचारा."),
      irdai("At the insurance desk fill in the request for pre-authorisation.", "बीमा काउंटर पर पूर्व-अनुमति का फ़ॉर्म भरें।", "विमा काउंटरवर पूर्वपरवानगीचा अर्ज भरा."),
      irdai("Outside the network: pay, keep every bill and report, and send the claim.", "नेटवर्क के बाहर: भुगतान करें, हर बिल और रिपोर्ट रखें, और दावा भेजें।", "नेटवर्कबाहेर: पैसे भरा, प्रत्येक बिल व अहवाल ठेवा आणि दावा पाठवा."),
      irdai("Refused? Ask for the reason in writing; complain to the insurer, then at bimabharosa.irdai.gov.in.", "इनकार हो? कारण लिखित में माँगें; पहले कंपनी से, फिर bimabharosa.irdai.gov.in पर शिकायत करें।", "नकार मिळाला? कारण लेखी मागा; आधी कंपनीकडे, मग bimabharosa.irdai.gov.in वर तक्रार करा."),
    ],
    helpline: { number: "155255", source: IRDAI }, website: "https://irdai.gov.in",
  },
];

/** The scheme of an id; undefined when nothing is known of it. */
export function schemeOf(id: SchemeId): Scheme | undefined {
  return SCHEMES.find((one) => one.id === id);
}
