/**
 * Generics of the ATC groups J (infections), P (parasites), L (cancer and immunity), G (genitourinary),
 * H (hormones). Sources and columns: see generics-digestion-blood-heart.ts.
 */
export const INFECTIONS_CANCER_HORMONES = `
amoxicillin|J01CA04|H|b|amoxycillin|trihydrate|cap 250mg,500mg; dispersible tablet 125mg,250mg; oral suspension 125mg/5ml,250mg/5ml; tab 500mg
ampicillin|J01CA01|H|b||-,trihydrate,sodium|cap 250mg,500mg; powder for injection sodium 500mg,1g
amoxicillin + clavulanic acid|J01CR02|H|c|amoxyclav,co-amoxiclav,amoxicillin clavulanate||tab 250mg+125mg,500mg+125mg,875mg+125mg; oral suspension 200mg/5ml+28.5mg/5ml,400mg/5ml+57mg/5ml; powder for injection 1g+200mg,500mg+100mg
cloxacillin|J01CF02|H|b||sodium|cap 250mg,500mg; powder for injection 500mg
dicloxacillin|J01CF01|H|b||sodium|cap 250mg,500mg
flucloxacillin|J01CF05|H|b||sodium|cap 250mg,500mg
amoxicillin + cloxacillin|J01CR50|H|b|||cap 250mg+250mg
benzylpenicillin|J01CE01|H|b|penicillin G,crystalline penicillin|-,sodium,potassium|powder for injection sodium 1000000iu,5000000iu
benzathine benzylpenicillin|J01CE08|H|b|benzathine penicillin,penicillin G benzathine||powder for injection 1200000iu,2400000iu
procaine benzylpenicillin|J01CE09|H|b|procaine penicillin||powder for injection 400000iu
phenoxymethylpenicillin|J01CE02|H|b|penicillin V|potassium|tab 250mg
piperacillin + tazobactam|J01CR05|H|d|||powder for injection 4g+500mg,2g+250mg
cefalexin|J01DB01|H|b|cephalexin||cap 250mg,500mg; oral suspension 125mg/5ml; dispersible tablet 125mg
cefazolin|J01DB04|H|c|cephazolin|sodium|powder for injection 500mg,1g
cefadroxil|J01DB05|H|b|||tab 500mg; oral suspension 125mg/5ml
cefuroxime|J01DC02|H|c||-,axetil,sodium|tab axetil 250mg,500mg; powder for injection sodium 750mg,1.5g
cefaclor|J01DC04|H|c|||cap 250mg; dry syrup 125mg/5ml
cefixime|J01DD08|H1|b|||tab 200mg,400mg; dispersible tablet 100mg; dry syrup 50mg/5ml,100mg/5ml
cefpodoxime|J01DD13|H1|c||proxetil|tab 100mg,200mg; dry syrup 50mg/5ml,100mg/5ml
cefdinir|J01DD15|H1|c|||cap 300mg; dry syrup 125mg/5ml
cefditoren|J01DD16|H1|d||pivoxil|tab 200mg,400mg
cefotaxime|J01DD01|H1|c||sodium|powder for injection 250mg,500mg,1g
ceftazidime|J01DD02|H1|d|||powder for injection 1g
ceftriaxone|J01DD04|H1|c||sodium|powder for injection 250mg,500mg,1g
cefoperazone + sulbactam|J01DD62|H1|d|||powder for injection 500mg+500mg,1g+1g
ceftriaxone + sulbactam|J01DD63|H1|d|||powder for injection 1g+500mg
cefepime|J01DE01|H1|d||hydrochloride|powder for injection 1g
cefixime + ofloxacin||H1|b|||tab 200mg+200mg
cefpodoxime + clavulanic acid|J01DD64|H1|c|||tab 200mg+125mg
meropenem|J01DH02|H1|e|||powder for injection 500mg,1g
imipenem + cilastatin|J01DH51|H1|f|||powder for injection 500mg+500mg
ertapenem|J01DH03|H1|f||sodium|powder for injection 1g
faropenem|J01DI03|H1|d||sodium|tab 200mg,300mg
aztreonam|J01DF01|H|e|||powder for injection 1g
doxycycline|J01AA02|H|a||-,hyclate,monohydrate|cap 100mg; tab 100mg
minocycline|J01AA08|H|b||hydrochloride|cap 50mg,100mg
tetracycline|J01AA07|H|a||hydrochloride|cap 250mg,500mg
tigecycline|J01AA12|H|f|||powder for injection 50mg
chloramphenicol|J01BA01|H|b||-,palmitate,succinate|cap 250mg,500mg; eye drops 0.5% @S01AA01; eye ointment 1% @S01AA01
azithromycin|J01FA10|H|b|||tab 250mg,500mg; oral suspension 100mg/5ml,200mg/5ml; powder for injection 500mg
erythromycin|J01FA01|H|b||-,stearate,estolate,ethylsuccinate,lactobionate|tab stearate 250mg,500mg; oral suspension ethylsuccinate 125mg/5ml
clarithromycin|J01FA09|H|c|||tab 250mg,500mg; dry syrup 125mg/5ml
roxithromycin|J01FA06|H|b|||tab 150mg,300mg
clindamycin|J01FF01|H|c||-,hydrochloride,phosphate|cap hydrochloride 150mg,300mg; inj phosphate 150mg/ml; gel phosphate 1% @D10AF01
lincomycin|J01FF02|H|c||hydrochloride|cap 500mg; inj 300mg/ml
gentamicin|J01GB03|H|a|gentamycin|sulfate|inj 10mg/ml,40mg/ml; eye drops 0.3% @S01AA11
amikacin|J01GB06|H|b||sulfate|inj 50mg/ml,125mg/ml,250mg/ml
streptomycin|J01GA01|H1|b||sulfate|powder for injection 750mg,1g
tobramycin|J01GB01|H|c||sulfate|inj 40mg/ml; eye drops 0.3% @S01AA12
ciprofloxacin|J01MA02|H|a||hydrochloride|tab 250mg,500mg; infusion 2mg/ml; eye drops 0.3% @S01AE03
levofloxacin|J01MA12|H1|b|||tab 250mg,500mg,750mg; infusion 5mg/ml; eye drops 0.5% @S01AE05
ofloxacin|J01MA01|H|a|||tab 200mg,400mg; infusion 2mg/ml; oral suspension 50mg/5ml; eye drops 0.3% @S01AE01
norfloxacin|J01MA06|H|a|||tab 400mg
moxifloxacin|J01MA14|H1|c||hydrochloride|tab 400mg; eye drops 0.5% @S01AE07; infusion 4mg/ml
ofloxacin + ornidazole|J01RA09|H|b|||tab 200mg+500mg; oral suspension 50mg/5ml+125mg/5ml
norfloxacin + tinidazole|J01RA13|H|b|||tab 400mg+600mg
ciprofloxacin + tinidazole|J01RA11|H|b|||tab 500mg+600mg
sulfamethoxazole + trimethoprim|J01EE01|H|a|co-trimoxazole,cotrimoxazole,TMP-SMX||tab 400mg+80mg,800mg+160mg; oral suspension 200mg/5ml+40mg/5ml
trimethoprim|J01EA01|H|a|||tab 100mg
nitrofurantoin|J01XE01|H|b|||cap sr 100mg; tab 50mg,100mg
fosfomycin|J01XX01|H|d||-,trometamol,sodium|oral powder trometamol 3g/sachet
metronidazole|P01AB01|H|a||-,benzoate|tab 200mg,400mg; infusion 5mg/ml @J01XD01; oral suspension benzoate 200mg/5ml; gel 1% @D06BX01
tinidazole|P01AB02|H|a|||tab 300mg,500mg
ornidazole|P01AB03|H|b|||tab 500mg
secnidazole|P01AB07|H|b|||tab 1g
nitazoxanide|P01AX11|H|b|||tab 200mg,500mg; oral suspension 100mg/5ml
diloxanide|P01AC01|H|b||furoate|tab 500mg
linezolid|J01XX08|H|c|||tab 600mg; infusion 2mg/ml
teicoplanin|J01XA02|H|f|||powder for injection 200mg,400mg
daptomycin|J01XX09|H|f|||powder for injection 350mg
colistin|J01XB01|H|f|colistimethate,colistimethate sodium,polymyxin E||powder for injection 1000000iu,2000000iu
polymyxin b|J01XB02|H|f||sulfate|powder for injection 500000iu
isoniazid|J04AC01|H1|a|INH||tab 100mg,300mg
rifampicin|J04AB02|H1|b|rifampin||cap 150mg,300mg,450mg,600mg; oral suspension 100mg/5ml
pyrazinamide|J04AK01|H1|a|||tab 500mg,750mg,1g
ethambutol|J04AK02|H1|a||hydrochloride|tab 400mg,800mg
ethionamide|J04AD03|H1|b|||tab 250mg
cycloserine|J04AB01|H1|c|||cap 250mg
bedaquiline|J04AK05|H1|f||fumarate|tab 100mg
clofazimine|J04BA01|H1|b|||cap 50mg,100mg
dapsone|J04BA02|H|a|||tab 50mg,100mg
rifampicin + isoniazid|J04AM02|H1|b|||tab 150mg+75mg,450mg+300mg
rifampicin + isoniazid + pyrazinamide|J04AM05|H1|b|||dispersible tablet 75mg+50mg+150mg
rifampicin + isoniazid + pyrazinamide + ethambutol|J04AM06|H1|b|||tab 150mg+75mg+400mg+275mg
fluconazole|J02AC01|H|b|||cap 50mg,150mg,200mg; tab 150mg; infusion 2mg/ml
itraconazole|J02AC02|H|c|||cap 100mg,200mg
voriconazole|J02AC03|H|e|||tab 50mg,200mg; powder for injection 200mg
amphotericin b|J02AA01|H|e||-,deoxycholate,liposomal|powder for injection deoxycholate 50mg; powder for injection liposomal 50mg
griseofulvin|D01BA01|H|b|||tab 250mg,500mg
terbinafine|D01BA02|H|c||hydrochloride|tab 250mg; cream 1% @D01AE15
caspofungin|J02AX04|H|f||acetate|powder for injection 50mg,70mg
aciclovir|J05AB01|H|b|acyclovir||tab 200mg,400mg,800mg; cream 5% @D06BB03; eye ointment 3% @S01AD03; powder for injection 250mg,500mg; oral suspension 400mg/5ml
valaciclovir|J05AB11|H|c|valacyclovir||tab 500mg,1g
ganciclovir|J05AB06|H|e|||powder for injection 500mg
oseltamivir|J05AH02|H|c||phosphate|cap 30mg,45mg,75mg; oral suspension 12mg/ml
remdesivir|J05AB16|H|f|||powder for injection 100mg
lamivudine|J05AF05|H|b|3TC||tab 100mg,150mg
zidovudine|J05AF01|H|b|AZT||tab 300mg; oral solution 50mg/5ml
abacavir|J05AF06|H|c||sulfate|tab 300mg
tenofovir disoproxil|J05AF07|H|b|tenofovir|fumarate|tab 300mg
tenofovir alafenamide|J05AF13|H|c|||tab 25mg
entecavir|J05AF10|H|c|||tab 0.5mg,1mg
efavirenz|J05AG03|H|b|||tab 200mg,600mg
nevirapine|J05AG01|H|b|||tab 200mg; oral suspension 50mg/5ml
dolutegravir|J05AJ03|H|c||sodium|tab 50mg; dispersible tablet 10mg
raltegravir|J05AJ01|H|d||potassium|tab 400mg
atazanavir + ritonavir|J05AR23|H|d|||tab 300mg+100mg
lopinavir + ritonavir|J05AR10|H|d|||tab 200mg+50mg; oral solution 80mg/ml+20mg/ml
tenofovir disoproxil + lamivudine + dolutegravir|J05AR27|H|b|TLD||tab 300mg+300mg+50mg
tenofovir disoproxil + lamivudine + efavirenz|J05AR11|H|b|TLE||tab 300mg+300mg+600mg
zidovudine + lamivudine|J05AR01|H|b|||tab 300mg+150mg
sofosbuvir|J05AP08|H|e|||tab 400mg
daclatasvir|J05AP07|H|d||dihydrochloride|tab 60mg
sofosbuvir + velpatasvir|J05AP55|H|e|||tab 400mg+100mg
ribavirin|J05AP01|H|c|||cap 200mg
chloroquine|P01BA01|H|a||phosphate|tab 250mg; oral suspension 50mg/5ml; inj 64.5mg/ml
hydroxychloroquine|P01BA02|H|b|HCQ|sulfate|tab 200mg,300mg,400mg
primaquine|P01BA03|H|a||phosphate|tab 2.5mg,7.5mg,15mg
quinine|P01BC01|H|b||-,sulfate,dihydrochloride|tab sulfate 300mg; inj dihydrochloride 300mg/ml
mefloquine|P01BC02|H|c||hydrochloride|tab 250mg
artesunate|P01BE03|H|c|||powder for injection 60mg,120mg
artemether + lumefantrine|P01BF01|H|b|||tab 20mg+120mg,80mg+480mg; oral suspension 20mg/5ml+120mg/5ml
artesunate + sulfadoxine + pyrimethamine|P01BF04|H|b|||kit 50mg+500mg+25mg
pyrimethamine + sulfadoxine|P01BD51|H|a|||tab 25mg+500mg
albendazole|P02CA03|H|a|||chewable tablet 400mg; tab 400mg; oral suspension 200mg/5ml
mebendazole|P02CA01|H|a|||tab 100mg; oral suspension 100mg/5ml
ivermectin|P02CF01|H|b|||tab 3mg,6mg,12mg
diethylcarbamazine|P02CB02|H|a|DEC|citrate|tab 50mg,100mg; oral suspension 120mg/5ml
praziquantel|P02BA01|H|b|||tab 600mg
pyrantel|P02CC01|H|a||pamoate|oral suspension 250mg/5ml; tab 250mg
niclosamide|P02DA01|H|a|||chewable tablet 500mg
miltefosine|P01CX04|H|d|||cap 50mg
permethrin|P03AC04|H|b|||cream 5%; lotion 1%,5%
benzyl benzoate|P03AX01|otc|a|||lotion 25%
crotamiton|D04AX|H|b|||cream 10%; lotion 10%
methotrexate|L04AX03|H|b||sodium|tab 2.5mg,5mg,7.5mg,10mg; inj 25mg/ml @L01BA01; inj 15mg/ml
azathioprine|L04AX01|H|b|||tab 25mg,50mg
ciclosporin|L04AD01|H|d|cyclosporine,cyclosporin||softgel 25mg,50mg,100mg; oral solution 100mg/ml
tacrolimus|L04AD02|H|d|||cap 0.5mg,1mg,2mg; ointment 0.03%,0.1% @D11AH01
sirolimus|L04AH01|H|e|rapamycin||tab 1mg
everolimus|L04AH02|H|f|||tab 0.25mg,0.5mg; tab 5mg,10mg @L01EG02
mycophenolate mofetil|L04AA06|H|d|MMF||tab 250mg,500mg
mycophenolic acid|L04AA06|H|d|mycophenolate|sodium|tab dr 360mg
leflunomide|L04AK01|H|b|||tab 10mg,20mg
tofacitinib|L04AF01|H|d||citrate|tab 5mg
adalimumab|L04AB04|H|f|||prefilled syringe 40mg
etanercept|L04AB01|H|f|||prefilled syringe 25mg,50mg
infliximab|L04AB02|H|f|||powder for injection 100mg
rituximab|L01FA01|H|f|||inj 10mg/ml
trastuzumab|L01FD01|H|f|||powder for injection 440mg,150mg
bevacizumab|L01FG01|H|f|||inj 25mg/ml
cyclophosphamide|L01AA01|H|c|||tab 50mg; powder for injection 200mg,500mg,1g
chlorambucil|L01AA02|H|d|||tab 2mg
melphalan|L01AA03|H|d|||tab 2mg,5mg
busulfan|L01AB01|H|d|||tab 2mg
ifosfamide|L01AA06|H|e|||powder for injection 1g
dacarbazine|L01AX04|H|e|||powder for injection 200mg
temozolomide|L01AX03|H|f|||cap 20mg,100mg,250mg
mercaptopurine|L01BB02|H|c|6-mercaptopurine||tab 50mg
fluorouracil|L01BC02|H|c|5-FU,5-fluorouracil||inj 50mg/ml
capecitabine|L01BC06|H|d|||tab 500mg
cytarabine|L01BC01|H|d|||inj 100mg/ml
gemcitabine|L01BC05|H|f||hydrochloride|powder for injection 200mg,1g
azacitidine|L01BC07|H|f|||powder for injection 100mg
vincristine|L01CA02|H|c||sulfate|inj 1mg/ml
vinblastine|L01CA01|H|d||sulfate|inj 1mg/ml
vinorelbine|L01CA04|H|f||tartrate|inj 10mg/ml
etoposide|L01CB01|H|d|||inj 20mg/ml; cap 50mg
paclitaxel|L01CD01|H|f|||inj 6mg/ml
docetaxel|L01CD02|H|f|||inj 20mg/ml
doxorubicin|L01DB01|H|e||-,hydrochloride,liposomal|inj hydrochloride 2mg/ml; inj liposomal 2mg/ml
daunorubicin|L01DB02|H|e||hydrochloride|powder for injection 20mg
epirubicin|L01DB03|H|e||hydrochloride|inj 2mg/ml
bleomycin|L01DC01|H|e||sulfate|powder for injection 15iu
mitomycin|L01DC03|H|e|mitomycin C||powder for injection 2mg,10mg
dactinomycin|L01DA01|H|e|actinomycin D||powder for injection 0.5mg
cisplatin|L01XA01|H|d|||inj 1mg/ml
carboplatin|L01XA02|H|e|||inj 10mg/ml
oxaliplatin|L01XA03|H|f|||powder for injection 50mg,100mg
irinotecan|L01CE02|H|f||hydrochloride|inj 20mg/ml
imatinib|L01EA01|H|d||mesilate|tab 100mg,400mg
gefitinib|L01EB01|H|d|||tab 250mg
erlotinib|L01EB02|H|d||hydrochloride|tab 100mg,150mg
sorafenib|L01EX02|H|e||tosilate|tab 200mg
lapatinib|L01EH01|H|e|||tab 250mg
bortezomib|L01XG01|H|f|||powder for injection 2mg,3.5mg
asparaginase|L01XX02|H|f|L-asparaginase||powder for injection 5000iu,10000iu
hydroxycarbamide|L01XX05|H|b|hydroxyurea||cap 500mg
tretinoin|L01XF01|H|e|all-trans retinoic acid,ATRA||cap 10mg; cream 0.025%,0.05% @D10AD01
arsenic trioxide|L01XX27|H|f|||inj 1mg/ml
lenalidomide|L04AX04|H|e|||cap 5mg,10mg,25mg
thalidomide|L04AX02|H|d|||cap 50mg,100mg
tamoxifen|L02BA01|H|a||citrate|tab 10mg,20mg
letrozole|L02BG04|H|b|||tab 2.5mg
anastrozole|L02BG03|H|b|||tab 1mg
exemestane|L02BG06|H|c|||tab 25mg
bicalutamide|L02BB03|H|c|||tab 50mg
abiraterone|L02BX03|H|e||acetate|tab 250mg,500mg
leuprorelin|L02AE02|H|f|leuprolide|acetate|powder for injection depot 3.75mg,11.25mg
filgrastim|L03AA02|H|e|G-CSF||prefilled syringe 300mcg
interferon alfa-2b|L03AB05|H|f|interferon alpha 2b||inj 3000000iu
calcium folinate|V03AF03|H|c|leucovorin,folinic acid||tab 15mg; inj 10mg/ml,3mg/ml
mesna|V03AF01|H|c|||inj 100mg/ml
levothyroxine|H03AA01|H|a|thyroxine,L-thyroxine|sodium|tab 12.5mcg,25mcg,50mcg,75mcg,88mcg,100mcg,112mcg,125mcg,150mcg
liothyronine|H03AA02|H|b||sodium|tab 20mcg
carbimazole|H03BB01|H|a|||tab 5mg,10mg,20mg
propylthiouracil|H03BA02|H|b|PTU||tab 50mg
prednisolone|H02AB06|H|a||-,sodium phosphate,acetate|tab 5mg,10mg,20mg,40mg; oral solution sodium phosphate 5mg/5ml; eye drops acetate 1% @S01BA04
methylprednisolone|H02AB04|H|b||-,sodium succinate,acetate|tab 4mg,8mg,16mg; powder for injection sodium succinate 40mg,125mg,500mg,1g; inj acetate 40mg/ml
dexamethasone|H02AB02|H|a||-,sodium phosphate|tab 0.5mg,4mg; inj sodium phosphate 4mg/ml; eye drops sodium phosphate 0.1% @S01BA01
betamethasone|H02AB01|H|a||-,sodium phosphate,valerate,dipropionate|tab 0.5mg; inj sodium phosphate 4mg/ml; cream valerate 0.1% @D07AC01; cream dipropionate 0.05% @D07AC01; ointment dipropionate 0.05% @D07AC01; lotion valerate 0.05% @D07AC01
hydrocortisone|H02AB09|H|b||-,sodium succinate,acetate,butyrate|tab 5mg,10mg,20mg; powder for injection sodium succinate 100mg; cream 1% @D07AA02; cream butyrate 0.1% @D07AB02
deflazacort|H02AB13|H|b|||tab 6mg,12mg,30mg; oral suspension 6mg/5ml
triamcinolone|H02AB08|H|c||-,acetonide|inj acetonide 10mg/ml,40mg/ml; mouth gel acetonide 0.1% @A01AC01
fludrocortisone|H02AA02|H|b||acetate|tab 0.1mg
oxytocin|H01BB02|H|b|||inj 5iu/ml
carbetocin|H01BB03|H|d|||inj 100mcg/ml
desmopressin|H01BA02|H|d||acetate|nasal spray 10mcg/dose; tab 0.1mg,0.2mg
vasopressin|H01BA01|H|e|||inj 20iu/ml
terlipressin|H01BA04|H|f||acetate|inj 0.1mg/ml
octreotide|H01CB02|H|e||acetate|inj 50mcg/ml,100mcg/ml
somatropin|H01AC01|H|f|human growth hormone||pen 5mg,10mg
glucagon|H04AA01|H|e|||powder for injection 1mg
teriparatide|H05AA02|H|f|||pen 250mcg/ml
calcitonin|H05BA01|H|e|calcitonin salmon||nasal spray 200iu/dose
ethinylestradiol + levonorgestrel|G03AA07|H|a|combined oral contraceptive||tab 0.03mg+0.15mg
ethinylestradiol + desogestrel|G03AA09|H|b|||tab 0.03mg+0.15mg,0.02mg+0.15mg
ethinylestradiol + drospirenone|G03AA12|H|c|||tab 0.03mg+3mg,0.02mg+3mg
ethinylestradiol + cyproterone|G03HB01|H|b|||tab 0.035mg+2mg
levonorgestrel|G03AC03|otc|b|||tab 1.5mg @G03AD01; tab 0.03mg; intrauterine system 52mg @G02BA03
ulipristal|G03AD02|H|c||acetate|tab 30mg
medroxyprogesterone|G03DA02|H|b||acetate|tab 5mg,10mg; inj 150mg/ml @G03AC06
norethisterone|G03DC02|H|a|norethindrone|-,acetate,enanthate|tab 5mg; tab sr acetate 10mg
progesterone|G03DA04|H|c|micronised progesterone||softgel 100mg,200mg; inj 50mg/ml; tab sr 200mg,300mg
dydrogesterone|G03DB01|H|d|||tab 10mg
hydroxyprogesterone|G03DA03|H|c||caproate|inj 250mg/ml
estradiol|G03CA03|H|b|oestradiol|-,valerate|tab valerate 1mg,2mg; gel 0.1%
conjugated estrogens|G03CA57|H|c|conjugated oestrogens||tab 0.625mg; cream 0.0625%
clomifene|G03GB02|H|b|clomiphene|citrate|tab 25mg,50mg,100mg
human chorionic gonadotrophin|G03GA01|H|d|HCG,chorionic gonadotropin||powder for injection 2000iu,5000iu
testosterone|G03BA03|H|d||-,enanthate,undecanoate|inj enanthate 250mg/ml; cap undecanoate 40mg
cabergoline|G02CB03|H|c|||tab 0.25mg,0.5mg
bromocriptine|G02CB01|H|b||mesilate|tab 1.25mg,2.5mg
methylergometrine|G02AB01|H|a|methylergonovine|maleate|tab 0.125mg; inj 0.2mg/ml
misoprostol|G02AD06|H|b|||tab 25mcg,100mcg,200mcg
dinoprostone|G02AD02|H|d|||gel 0.5mg
carboprost|G02AD04|H|d||trometamol|inj 250mcg/ml
mifepristone|G03XB01|H|d|||tab 200mg
mifepristone + misoprostol|G03XB51|H|d|||kit 200mg+200mcg
isoxsuprine|C04AA01|H|b||hydrochloride|tab 10mg; inj 5mg/ml
clotrimazole|D01AC01|otc|b|||cream 1%; vaginal tablet 100mg,500mg @G01AF02; topical powder 1%; lotion 1%; ear drops 1%; mouth paint 1%
oxybutynin|G04BD04|H|b||hydrochloride|tab 2.5mg,5mg
tolterodine|G04BD07|H|b||tartrate|tab 1mg,2mg; cap sr 2mg,4mg
solifenacin|G04BD08|H|b||succinate|tab 5mg,10mg
mirabegron|G04BD12|H|c|||tab sr 25mg,50mg
flavoxate|G04BD02|H|b||hydrochloride|tab 200mg
sildenafil|G04BE03|H|b||citrate|tab 25mg,50mg,100mg; tab 20mg
tadalafil|G04BE08|H|b|||tab 5mg,10mg,20mg
tamsulosin|G04CA02|H|b||hydrochloride|cap mr 0.4mg
alfuzosin|G04CA01|H|b||hydrochloride|tab sr 10mg
silodosin|G04CA04|H|c|||cap 4mg,8mg
finasteride|G04CB01|H|b|||tab 5mg; tab 1mg @D11AX10
dutasteride|G04CB02|H|c|||cap 0.5mg
tamsulosin + dutasteride|G04CA52|H|c|||cap mr 0.4mg+0.5mg
disodium hydrogen citrate|G04BC|otc|b|alkaliser,sodium citrate||syr 1.25g/5ml
phenazopyridine|G04BX06|H|b||hydrochloride|tab 200mg
`;
