import { wordsOf } from "./fold.ts";

/** Words that say nothing of what somebody has: grammar, courtesy, and asking for a doctor. */
const WORDS = `
a an the of in on at to for from with and or is are was were be been being am it its this that these those i me my
mine we our us you your he him his she her they them their there here have has had having do does did doing done can
could will would shall should may might must not no any some very too so much more most lot lots many also just only
since after before during while when then than as by about into over under again still now today yesterday tomorrow
morning night day days week weeks month months year years old hour hours ago last past time times daily always often
sometimes please help need needs want wants get gets getting got go going come coming comes see show tell suggest
which what who where how why whom whose doctor doctors dr hospital hospitals specialist specialists clinic clinics
centre center department near nearby nearest best good better treat treatment treatments treated cure consult
consultation problem problems issue issues trouble suffering suffer suffers suffered feel feels feeling felt
having happen happening happened start started since due because sir madam hi hello thanks thank management
patient patients case cases disease diseases disorder disorders condition symptom symptoms per each every one two
side another other others like really bad severe mild little bit age aged im ive id type unspecified including
inclusive man men woman women wife husband mother father mom mum dad brother sister uncle aunt grandfather grandmother grandpa
grandma lady surgery surgeries surgical surgeon operation operations operated general specialty management clinic mg ml kg gm gms mm cm mcg iv im od bd tds sos m2 auc weekly daily session sessions cycle cycles etc upto only via using use used without procedure package medicine take taking given
mein hai hain ka ki ke ko se ho raha rahi rahe gaya gayi tha thi the mujhe mera meri mere aur bahut kya kaun kis kahan
liye wala wali aata aati hota hoti hua hui kar karna chahiye koi apna bhi par pe jaise kuch kaafi thoda bohot
mala aahe ahe maza mazi maze zala zali hot hotoy madhe cha chi che la ani khup kay kuthe konta konte sathi
में है हैं का की के को से हो रहा रही रहे गया गई गए था थी थे मुझे मुझको मेरा मेरी मेरे और बहुत क्या कौन किस कहां कहाँ लिए
वाला वाली वाले आता आती आते होता होती होते हुआ हुई हुए कर करना करते करें चाहिए कोई अपना अपनी भी पर जैसे कुछ काफी थोड़ा
यह वह ये वो इस उस इसका उसका इसके उसके हम हमारे हमारा हमारी आप आपके एक दो तीन दिन दिनों साल सालों महीने महीनों हफ्ते
सुबह शाम रात आज कल अब बाद पहले जब तब तो ही न नहीं ना मगर लेकिन क्यों कैसे किसे डॉक्टर अस्पताल हॉस्पिटल इलाज उपचार
समस्या परेशानी तकलीफ बीमारी रोग विशेषज्ञ दिखाना दिखाऊं दिखाएं बताएं बताइए कृपया मदद लगता लगती लग रोज तक
पत्नी पति मां माता पिता पिताजी पापा मम्मी भाई बहन दादा दादी दादाजी नाना नानी
आई वडील बाबा भाऊ बहीण नवरा बायको आजोबा आजी आईला वडिलांना बाबांना आजोबांना आजीला बायकोला
मला मी माझा माझी माझे माझ्या आहे आहेत आणि व खूप फार काय कोण कोणता कोणते कोणत्या कुठे कसे का ला चा ची चे च्या ने नी त
साठी होते होतो होत होता झाला झाली झाले येतो येते येत येतात असतो असते असतात आम्ही आमचा आमची आमच्या तुम्ही त्या तो ती ते
त्याला तिला त्यांना हा ही हे एक दोन तीन दिवस दिवसांपासून वर्ष वर्षांपासून महिना महिने महिन्यांपासून आठवडा सकाळी संध्याकाळी
रात्री आज उद्या काल आता नंतर आधी पासून पण नाही नको डॉक्टरांना डॉक्टरकडे रुग्णालय दवाखाना उपचार त्रास आजार विकार समस्या तज्ज्ञ
तज्ञ दाखवू दाखवायचे सांगा कृपया मदत वाटते वाटतो रोज पर्यंत केले करून करतो करते जास्त कमी थोडे
`;

/** Stop words, folded. */
export const STOP_WORDS: ReadonlySet<string> = new Set(wordsOfAll(WORDS));

function wordsOfAll(text: string): string[] {
  // A text of its own size at a time: what is read at once is bounded.
  return text.split("\n").flatMap((line) => wordsOf(line));
}

/** Words by which Hindi or Marathi in Latin letters is known. */
const ROMANISED = new Set(
  wordsOf(`mein hai hain ka ki ke ko se raha rahi rahe gaya gayi gaye mujhe mera meri mere aur bahut bohot kya nahi nahin
nahiye hota hoti hua hui ho ne mala aahe ahe maza mazi zala zali zale jhala jhale hotoy hoto hote yetoy yeto yete madhe aani
ani khup dard dukhta dukhte dukhtay dukhtoy dukhto dukhat dukhtat taklif jalan bukhar saans saas shwas behosh beshuddha saap saanp chhati chhatit seene sine
baccha bachcha bachche bachhe zeher jahar khoon kaata chavla chavala balala ghet gheta lagla lagta aala ala pani hath haath`),
);

/** Whether a text in Latin letters is Hindi or Marathi: then its words are looked for by their sound as well. */
export function isRomanised(words: readonly string[]): boolean {
  return words.some((word) => ROMANISED.has(word));
}
