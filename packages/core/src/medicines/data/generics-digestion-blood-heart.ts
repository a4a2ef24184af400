/**
 * Generics of the ATC groups A (alimentary tract and metabolism), B (blood) and C (heart and vessels).
 *
 * Names and codes: WHO ATC/DDD index, 2024. Choice, strengths and forms: WHO Model List of Essential
 * Medicines, 23rd list (2023), and India's National List of Essential Medicines (2022). Schedules:
 * Drugs Rules, 1945, as amended to 2024. Each line: name, ATC, schedule, price class (a cheap to f
 * dear), other names, salts (first what a list means that names none; `-`: the bare substance; `?`: it cannot be known), and
 * presentations. A presentation that has an ATC code of its own carries it behind `@`.
 */
export const DIGESTION_BLOOD_HEART = `
omeprazole|A02BC01|H|b||-,magnesium,sodium|cap dr 10mg,20mg,40mg; powder for injection sodium 40mg
esomeprazole|A02BC05|H|b||-,magnesium,sodium|tab dr magnesium 20mg,40mg; powder for injection sodium 40mg
lansoprazole|A02BC03|H|b|||cap dr 15mg,30mg
pantoprazole|A02BC02|H|b||sodium|tab dr 20mg,40mg; powder for injection 40mg
rabeprazole|A02BC04|H|b||sodium|tab dr 10mg,20mg; powder for injection 20mg
ranitidine|A02BA02|H|a||hydrochloride|tab 150mg,300mg; inj 25mg/ml; syr 75mg/5ml
famotidine|A02BA03|H|a|||tab 20mg,40mg
sucralfate|A02BX02|H|b|||oral suspension 1g/5ml; tab 1g
aluminium hydroxide + magnesium hydroxide|A02AD01|otc|a|antacid||oral suspension 250mg/5ml+250mg/5ml; chewable tablet 250mg+250mg
aluminium hydroxide + magnesium hydroxide + simeticone|A02AF02|otc|a|||oral suspension 250mg/5ml+250mg/5ml+50mg/5ml
sodium alginate + sodium bicarbonate + calcium carbonate|A02BX13|otc|b|||oral suspension 250mg/5ml+133.5mg/5ml+80mg/5ml
simeticone|A03AX13|otc|a|simethicone,dimeticone||chewable tablet 125mg; oral drops 40mg/ml
dicycloverine|A03AA07|H|a|dicyclomine,dicycloverin|hydrochloride|tab 10mg,20mg; inj 10mg/ml; syr 10mg/5ml
hyoscine butylbromide|A03BB01|H|b|scopolamine butylbromide||tab 10mg; inj 20mg/ml
mebeverine|A03AA04|H|b||hydrochloride|tab 135mg; cap sr 200mg
drotaverine|A03AD02|H|b||hydrochloride|tab 40mg,80mg; inj 20mg/ml
atropine|A03BA01|H|b||sulfate|inj 0.6mg/ml; eye drops 1% @S01FA01; eye ointment 1% @S01FA01
metoclopramide|A03FA01|H|a||hydrochloride|tab 10mg; inj 5mg/ml; syr 5mg/5ml
domperidone|A03FA03|H|a||-,maleate|tab 10mg; oral suspension 1mg/ml; orodispersible tablet 10mg
itopride|A03FA07|H|b||hydrochloride|tab 50mg; cap sr 150mg
levosulpiride|N05AL07|H|b|||tab 25mg,75mg; inj 12.5mg/ml
ondansetron|A04AA01|H|b||hydrochloride|tab 4mg,8mg; orodispersible tablet 4mg,8mg; inj 2mg/ml; syr 2mg/5ml
granisetron|A04AA02|H|c||hydrochloride|tab 1mg; inj 1mg/ml
palonosetron|A04AA05|H|d||hydrochloride|inj 0.05mg/ml
aprepitant|A04AD12|H|e|||cap 80mg,125mg
ursodeoxycholic acid|A05AA02|H|c|ursodiol,UDCA||tab 150mg,300mg; oral suspension 125mg/5ml
bisacodyl|A06AB02|otc|a|||tab ec 5mg; suppository 5mg,10mg
lactulose|A06AD11|otc|c|||oral solution 10g/15ml
senna|A06AB06|otc|a|sennosides,sennoside||tab 11.5mg; syr 7.5mg/5ml
liquid paraffin|A06AA01|otc|b|mineral oil||oral solution 1.25ml/5ml
ispaghula husk|A06AC01|otc|b|psyllium,isabgol,ispaghula||oral powder 3.5g/sachet
macrogol 3350|A06AD15|H|c|polyethylene glycol,macrogol,PEG 3350||oral powder 13.125g/sachet,118g/sachet
glycerol|A06AX01|otc|a|glycerin,glycerine||suppository 2g,4g
sodium picosulfate|A06AB08|H|b|sodium picosulphate||oral solution 5mg/5ml; tab 10mg
prucalopride|A06AX05|H|c||succinate|tab 1mg,2mg
loperamide|A07DA03|H|a||hydrochloride|cap 2mg; tab 2mg
racecadotril|A07XA04|H|c|||cap 100mg; oral powder 10mg/sachet,30mg/sachet
oral rehydration salts|A07CA|otc|a|ORS,ORS salts,oral rehydration solution||oral powder 20.5g/sachet,4.2g/sachet
rifaximin|A07AA11|H|d|||tab 200mg,400mg,550mg
nystatin|A07AA02|H|b|||oral suspension 100000iu/ml; pessary 100000iu @G01AA01
vancomycin|J01XA01|H|d||hydrochloride|powder for injection 500mg,1g; cap 125mg @A07AA09
sulfasalazine|A07EC01|H|b|sulphasalazine,salazosulfapyridine||tab 500mg; tab dr 500mg
mesalazine|A07EC02|H|c|mesalamine,5-ASA||tab dr 400mg,800mg,1.2g; suppository 500mg; enema 4g/60ml
budesonide|R03BA02|H|d|||inhaler 100mcg/dose,200mcg/dose; nebuliser solution 0.25mg/ml,0.5mg/ml; inhalation capsule 100mcg,200mcg,400mcg; nasal spray 64mcg/dose @R01AD05
pancreatin|A09AA02|H|c|pancrelipase||cap 10000iu,25000iu
lactobacillus|A07FA01|otc|b|lactic acid bacillus,lactobacillus acidophilus||cap 60million spores; oral powder 120million spores/sachet
saccharomyces boulardii|A07FA02|otc|c|||cap 250mg; oral powder 250mg/sachet
metformin|A10BA02|H|a||hydrochloride|tab 500mg,850mg,1g; tab sr 500mg,1g
glibenclamide|A10BB01|H|a|glyburide||tab 2.5mg,5mg
glipizide|A10BB07|H|a|||tab 5mg
gliclazide|A10BB09|H|b|||tab 40mg,80mg; tab mr 30mg,60mg
glimepiride|A10BB12|H|b|||tab 1mg,2mg,3mg,4mg
pioglitazone|A10BG03|H|b||hydrochloride|tab 7.5mg,15mg,30mg
acarbose|A10BF01|H|b|||tab 25mg,50mg
voglibose|A10BF03|H|b|||tab 0.2mg,0.3mg
repaglinide|A10BX02|H|b|||tab 0.5mg,1mg,2mg
sitagliptin|A10BH01|H|c||phosphate|tab 25mg,50mg,100mg
vildagliptin|A10BH02|H|b|||tab 50mg; tab sr 100mg
linagliptin|A10BH05|H|c|||tab 5mg
teneligliptin|A10BH08|H|b||hydrobromide|tab 20mg
dapagliflozin|A10BK01|H|c|||tab 5mg,10mg
empagliflozin|A10BK03|H|d|||tab 10mg,25mg
canagliflozin|A10BK02|H|d|||tab 100mg
liraglutide|A10BJ02|H|f|||pen 6mg/ml
semaglutide|A10BJ06|H|f|||pen 1.34mg/ml; tab 3mg,7mg,14mg
dulaglutide|A10BJ05|H|f|||pen 0.75mg,1.5mg
insulin human|A10AB01|H|d|human insulin,soluble insulin,regular insulin,insulin regular,insulin||inj 40iu/ml,100iu/ml; cartridge 100iu/ml
insulin isophane|A10AC01|H|d|NPH insulin,isophane insulin,human insulin isophane,insulin NPH||inj 40iu/ml,100iu/ml
insulin aspart|A10AB05|H|e|||pen 100iu/ml; cartridge 100iu/ml
insulin lispro|A10AB04|H|e|||cartridge 100iu/ml; pen 100iu/ml
insulin glulisine|A10AB06|H|e|||pen 100iu/ml
insulin glargine|A10AE04|H|e|||inj 100iu/ml; pen 100iu/ml,300iu/ml; cartridge 100iu/ml
insulin detemir|A10AE05|H|e|||pen 100iu/ml
insulin degludec|A10AE06|H|f|||pen 100iu/ml
insulin isophane + insulin human|A10AD01|H|d|biphasic isophane insulin,premixed insulin,insulin mixtard||inj 28iu/ml+12iu/ml,70iu/ml+30iu/ml; cartridge 70iu/ml+30iu/ml
metformin + glimepiride|A10BD02|H|b|||tab sr 500mg+1mg,500mg+2mg,1g+1mg,1g+2mg
metformin + sitagliptin|A10BD07|H|c|||tab 500mg+50mg,1g+50mg
metformin + vildagliptin|A10BD08|H|c|||tab 500mg+50mg,1g+50mg
metformin + dapagliflozin|A10BD15|H|c|||tab sr 500mg+10mg,1g+10mg
metformin + glibenclamide|A10BD02|H|a|||tab 500mg+5mg,500mg+2.5mg
metformin + pioglitazone|A10BD05|H|b|||tab sr 500mg+15mg
metformin + pioglitazone + glimepiride||H|b|||tab sr 500mg+15mg+1mg,500mg+15mg+2mg
metformin + voglibose + glimepiride||H|b|||tab sr 500mg+0.2mg+1mg,500mg+0.2mg+2mg
colecalciferol|A11CC05|otc|b|cholecalciferol,vitamin D3,vitamin D||softgel 60000iu; oral drops 400iu/ml; oral powder 60000iu/sachet; tab 1000iu,2000iu
alfacalcidol|A11CC03|H|c|||softgel 0.25mcg,0.5mcg,1mcg
calcitriol|A11CC04|H|c|||softgel 0.25mcg
retinol|A11CA01|otc|a|vitamin A|-,palmitate|oral solution palmitate 100000iu/ml; cap palmitate 50000iu
thiamine|A11DA01|otc|a|vitamin B1|-,hydrochloride,mononitrate|tab 100mg; inj hydrochloride 100mg/ml
pyridoxine|A11HA02|otc|a|vitamin B6|hydrochloride|tab 10mg,40mg,100mg
riboflavin|A11HA04|otc|a|vitamin B2||tab 5mg,10mg
nicotinamide|A11HA01|otc|a|niacinamide,vitamin B3||tab 50mg
ascorbic acid|A11GA01|otc|a|vitamin C||tab 100mg,500mg; chewable tablet 500mg
tocopherol|A11HA03|otc|b|vitamin E,alpha tocopherol|-,acetate|softgel acetate 200mg,400mg
calcium carbonate|A12AA04|otc|a|||tab 500mg,1.25g; chewable tablet 500mg
calcium gluconate|A12AA03|H|b|||inj 100mg/ml
calcium carbonate + colecalciferol|A12AX|otc|b|calcium with vitamin D3||tab 1.25g+250iu,500mg+250iu; oral suspension 625mg/5ml+125iu/5ml
potassium chloride|A12BA01|H|a|||oral solution 500mg/5ml; tab sr 600mg; inj 150mg/ml @B05XA01
zinc sulfate|A12CB01|otc|a|zinc sulphate||dispersible tablet 20mg; oral solution 20mg/5ml
magnesium sulfate|B05XA05|H|b|magnesium sulphate||inj 500mg/ml
ferrous sulfate|B03AA07|otc|a|ferrous sulphate||tab 200mg; oral drops 125mg/ml
ferrous ascorbate + folic acid|B03AD|otc|b|||tab 100mg+1.5mg; syr 30mg/5ml+0.55mg/5ml
ferrous sulfate + folic acid|B03AD03|otc|a|IFA,iron folic acid||tab 333mg+0.5mg,100mg+0.5mg
iron sucrose|B03AC02|H|d|||inj 20mg/ml
ferric carboxymaltose|B03AC01|H|e|||inj 50mg/ml
folic acid|B03BB01|otc|a|folate,vitamin B9||tab 1mg,5mg
cyanocobalamin|B03BA01|otc|a|vitamin B12||inj 500mcg/ml; tab 1mg
methylcobalamin|B03BA05|otc|b|mecobalamin||tab 500mcg,1500mcg; inj 500mcg/ml
hydroxocobalamin|B03BA03|H|b|||inj 1mg/ml
epoetin alfa|B03XA01|H|e|erythropoietin,EPO,recombinant human erythropoietin alfa,epoetin||prefilled syringe 2000iu,4000iu,10000iu
darbepoetin alfa|B03XA02|H|f|darbepoetin||prefilled syringe 25mcg,40mcg
warfarin|B01AA03|H|a||sodium|tab 1mg,2mg,3mg,5mg
acenocoumarol|B01AA07|H|a|nicoumalone||tab 1mg,2mg,3mg,4mg
heparin|B01AB01|H|c|unfractionated heparin|sodium|inj 1000iu/ml,5000iu/ml
enoxaparin|B01AB05|H|e||sodium|prefilled syringe 20mg,40mg,60mg,80mg
dalteparin|B01AB04|H|e||sodium|prefilled syringe 2500iu,5000iu
fondaparinux|B01AX05|H|e||sodium|prefilled syringe 2.5mg
acetylsalicylic acid|B01AC06|H|a|aspirin,ASA||tab 75mg,150mg; tab ec 75mg,150mg; dispersible tablet 325mg @N02BA01; tab 300mg @N02BA01
clopidogrel|B01AC04|H|a||bisulfate|tab 75mg,150mg
prasugrel|B01AC22|H|b||hydrochloride|tab 5mg,10mg
ticagrelor|B01AC24|H|c|||tab 60mg,90mg
dipyridamole|B01AC07|H|a|||tab 75mg,100mg
cilostazol|B01AC23|H|b|||tab 50mg,100mg
eptifibatide|B01AC16|H|f|||inj 0.75mg/ml
tirofiban|B01AC17|H|f||hydrochloride|infusion 0.05mg/ml
acetylsalicylic acid + clopidogrel|B01AC30|H|b|||cap 75mg+75mg,150mg+75mg
rivaroxaban|B01AF01|H|c|||tab 2.5mg,10mg,15mg,20mg
apixaban|B01AF02|H|c|||tab 2.5mg,5mg
dabigatran etexilate|B01AE07|H|d|dabigatran|mesilate|cap 75mg,110mg,150mg
streptokinase|B01AD01|H|f|||powder for injection 750000iu,1500000iu
alteplase|B01AD02|H|f|recombinant tissue plasminogen activator,rtPA||powder for injection 20mg,50mg
tenecteplase|B01AD11|H|f|||powder for injection 30mg,40mg
tranexamic acid|B02AA02|H|c|||tab 500mg; inj 100mg/ml
etamsylate|B02BX01|H|b|ethamsylate||tab 250mg,500mg; inj 125mg/ml
phytomenadione|B02BA01|H|b|vitamin K1,phytonadione,vitamin K||inj 1mg/ml,10mg/ml; tab 10mg
protamine|V03AB14|H|d||sulfate|inj 10mg/ml
factor viii|B02BD02|H|f|antihaemophilic factor,coagulation factor VIII||powder for injection 250iu,500iu
factor ix|B02BD04|H|f|coagulation factor IX||powder for injection 500iu,600iu
albumin human|B05AA01|H|f|human albumin,albumin||infusion 5%,20%
dextran 40|B05AA05|H|d|||infusion 10%
glucose|B05BA03|H|a|dextrose||infusion 5%,10%; inj 25%,50%
sodium chloride|B05BB01|H|a|normal saline,saline||infusion 0.45%,0.9%,3%; nasal drops 0.65% @R01AX10
compound sodium lactate|B05BB01|H|a|ringer lactate,hartmann solution,RL||infusion -
glucose + sodium chloride|B05BB02|H|a|DNS,dextrose normal saline||infusion 5%+0.9%,5%+0.45%
mannitol|B05BC01|H|b|||infusion 10%,20%
sodium bicarbonate|B05XA02|H|a|||inj 7.5%,8.4%; tab 500mg @A02AH
digoxin|C01AA05|H|a|||tab 0.25mg,62.5mcg; inj 0.25mg/ml; oral solution 0.05mg/ml
amiodarone|C01BD01|H|b||hydrochloride|tab 100mg,200mg; inj 50mg/ml
flecainide|C01BC04|H|c||acetate|tab 50mg,100mg
quinidine|C01BA01|H|b||-,sulfate,gluconate|tab sulfate 200mg
adenosine|C01EB10|H|d|||inj 3mg/ml
epinephrine|C01CA24|H|b|adrenaline|-,bitartrate,hydrochloride|inj 1mg/ml
norepinephrine|C01CA03|H|c|noradrenaline|bitartrate|inj 2mg/ml
dopamine|C01CA04|H|b||hydrochloride|inj 40mg/ml
dobutamine|C01CA07|H|c||hydrochloride|inj 12.5mg/ml,50mg/ml
ephedrine|C01CA26|H|b||-,hydrochloride,sulfate|inj hydrochloride 30mg/ml
phenylephrine|C01CA06|H|b||hydrochloride|inj 10mg/ml; eye drops 5%,10% @S01FB01
glyceryl trinitrate|C01DA02|H|b|nitroglycerin,nitroglycerine,GTN||sublingual tablet 0.5mg; tab sr 2.6mg,6.4mg; inj 5mg/ml; ointment 2% @C05AE01
isosorbide dinitrate|C01DA08|H|a|ISDN||tab 5mg,10mg; sublingual tablet 5mg
isosorbide mononitrate|C01DA14|H|a|ISMN||tab 10mg,20mg; tab sr 30mg,60mg
ivabradine|C01EB17|H|c||hydrochloride|tab 5mg,7.5mg
ranolazine|C01EB18|H|b|||tab sr 500mg
trimetazidine|C01EB15|H|b||hydrochloride|tab 20mg; tab mr 35mg
nicorandil|C01DX16|H|c|||tab 5mg,10mg
methyldopa|C02AB01|H|b|||tab 250mg,500mg
clonidine|C02AC01|H|a||hydrochloride|tab 0.1mg; inj 150mcg/ml
moxonidine|C02AC05|H|b|||tab 0.2mg,0.3mg
prazosin|C02CA01|H|b||hydrochloride|tab 1mg,2mg; tab sr 2.5mg,5mg
hydralazine|C02DB02|H|b||hydrochloride|tab 25mg; powder for injection 20mg
sodium nitroprusside|C02DD01|H|d|||powder for injection 50mg
bosentan|C02KX01|H|d|||tab 62.5mg,125mg
ambrisentan|C02KX02|H|d|||tab 5mg,10mg
hydrochlorothiazide|C03AA03|H|a|HCTZ||tab 12.5mg,25mg,50mg
chlorthalidone|C03BA04|H|a|chlortalidone||tab 6.25mg,12.5mg,25mg
indapamide|C03BA11|H|b|||tab sr 1.5mg; tab 2.5mg
metolazone|C03BA08|H|b|||tab 2.5mg,5mg
furosemide|C03CA01|H|a|frusemide||tab 20mg,40mg; inj 10mg/ml
torasemide|C03CA04|H|a|torsemide||tab 5mg,10mg,20mg,40mg; inj 10mg/ml
bumetanide|C03CA02|H|b|||tab 1mg
spironolactone|C03DA01|H|a|||tab 25mg,50mg,100mg
eplerenone|C03DA04|H|c|||tab 25mg,50mg
amiloride|C03DB01|H|a||hydrochloride|tab 5mg
furosemide + spironolactone|C03EB01|H|a|||tab 20mg+50mg,40mg+50mg
propranolol|C07AA05|H|a||hydrochloride|tab 10mg,20mg,40mg; cap sr 40mg,80mg
sotalol|C07AA07|H|b||hydrochloride|tab 40mg,80mg
atenolol|C07AB03|H|a|||tab 25mg,50mg,100mg
metoprolol|C07AB02|H|a||?,succinate,tartrate|tab sr succinate 12.5mg,25mg,50mg,100mg; tab tartrate 25mg,50mg; inj tartrate 1mg/ml
bisoprolol|C07AB07|H|b||fumarate|tab 1.25mg,2.5mg,5mg,10mg
nebivolol|C07AB12|H|b||hydrochloride|tab 2.5mg,5mg
carvedilol|C07AG02|H|a|||tab 3.125mg,6.25mg,12.5mg,25mg
labetalol|C07AG01|H|b||hydrochloride|tab 100mg,200mg; inj 5mg/ml
esmolol|C07AB09|H|d||hydrochloride|inj 10mg/ml
amlodipine|C08CA01|H|a||besilate|tab 2.5mg,5mg,10mg
levamlodipine|C08CA17|H|a|s-amlodipine,levoamlodipine|besilate|tab 2.5mg,5mg
nifedipine|C08CA05|H|a|||cap 5mg,10mg; tab sr 10mg,20mg,30mg
felodipine|C08CA02|H|b|||tab sr 2.5mg,5mg
cilnidipine|C08CA14|H|b|||tab 5mg,10mg,20mg
nimodipine|C08CA06|H|c|||tab 30mg
nicardipine|C08CA04|H|d||hydrochloride|inj 2.5mg/ml
verapamil|C08DA01|H|a||hydrochloride|tab 40mg,80mg; tab sr 120mg,240mg; inj 2.5mg/ml
diltiazem|C08DB01|H|a||hydrochloride|tab 30mg,60mg; cap sr 90mg,120mg; inj 5mg/ml; gel 2% @C05AE03
captopril|C09AA01|H|a|||tab 12.5mg,25mg
enalapril|C09AA02|H|a||maleate|tab 2.5mg,5mg,10mg
lisinopril|C09AA03|H|a|||tab 2.5mg,5mg,10mg
perindopril|C09AA04|H|b||-,erbumine,arginine|tab erbumine 2mg,4mg,8mg
ramipril|C09AA05|H|a|||tab 1.25mg,2.5mg,5mg,10mg; cap 2.5mg,5mg
losartan|C09CA01|H|a||potassium|tab 25mg,50mg,100mg
valsartan|C09CA03|H|b|||tab 40mg,80mg,160mg
candesartan|C09CA06|H|b||cilexetil|tab 4mg,8mg,16mg
irbesartan|C09CA04|H|b|||tab 150mg,300mg
olmesartan|C09CA08|H|a||medoxomil|tab 10mg,20mg,40mg
telmisartan|C09CA07|H|a|||tab 20mg,40mg,80mg
azilsartan|C09CA09|H|b||-,medoxomil,kamedoxomil|tab kamedoxomil 40mg,80mg
sacubitril + valsartan|C09DX04|H|d|||tab 24mg+26mg,49mg+51mg,97mg+103mg
telmisartan + amlodipine|C09DB04|H|b|||tab 40mg+5mg,80mg+5mg
telmisartan + hydrochlorothiazide|C09DA07|H|b|||tab 40mg+12.5mg,80mg+12.5mg
telmisartan + chlorthalidone|C09DA|H|b|||tab 40mg+12.5mg,40mg+6.25mg
telmisartan + cilnidipine||H|b|||tab 40mg+10mg
losartan + hydrochlorothiazide|C09DA01|H|a|||tab 50mg+12.5mg
olmesartan + hydrochlorothiazide|C09DA08|H|b|||tab 20mg+12.5mg,40mg+12.5mg
olmesartan + amlodipine|C09DB02|H|b|||tab 20mg+5mg,40mg+5mg
amlodipine + atenolol|C07FB03|H|a|||tab 5mg+50mg
metoprolol + amlodipine|C07FB13|H|b|||tab sr succinate 25mg+5mg,50mg+5mg
ramipril + hydrochlorothiazide|C09BA05|H|b|||tab 2.5mg+12.5mg,5mg+12.5mg
atorvastatin|C10AA05|H|a||calcium|tab 5mg,10mg,20mg,40mg,80mg
rosuvastatin|C10AA07|H|a||calcium|tab 5mg,10mg,20mg,40mg
simvastatin|C10AA01|H|a|||tab 10mg,20mg
pitavastatin|C10AA08|H|b||calcium|tab 1mg,2mg,4mg
fenofibrate|C10AB05|H|b|||tab 145mg,160mg; cap 200mg
ezetimibe|C10AX09|H|b|||tab 10mg
niacin|C10AD02|H|b|nicotinic acid||tab sr 375mg,500mg
atorvastatin + acetylsalicylic acid|C10BX08|H|b|||cap 10mg+75mg,20mg+75mg
rosuvastatin + clopidogrel||H|b|||cap 10mg+75mg,20mg+75mg
rosuvastatin + fenofibrate|C10BA09|H|b|||tab 10mg+160mg,5mg+145mg
atorvastatin + ezetimibe|C10BA05|H|b|||tab 10mg+10mg
`;
