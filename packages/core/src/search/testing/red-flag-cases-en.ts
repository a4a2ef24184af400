/** Sentences with a sign of danger, one a line, as people type them. */
export const URGENT_EN = `
chest pain and sweating since half an hour
my father has severe chest pain going to left arm
pain in chest with breathlessness
Heaviness in chest, vomiting and cold sweat
crushing chest pain started suddenly
I think he is having a heart attack
chest tightness and I feel I will faint
mother 60 years chest pain jaw pain sweating a lot
He had bypass two years ago, now chest pain again and sweating
heart racing and she fainted
face drooping on one side and arm weak
my mother's mouth is twisted since morning and she can't speak
sudden weakness of one side of body
speech slurred suddenly in my father
left arm and leg not working since one hour
worst headache of my life came suddenly
brain stroke patient need hospital urgently
stroke happened just now which hospital
right side of the body has gone numb suddenly
cannot breathe properly please help
she is unable to breathe
he is gasping for air
grandmother breathless at rest and cannot lie down
asthma attack inhaler not working
lips turning blue
oxygen level 82 and falling
room full of smoke, my brother is coughing badly and inhaled it
child choking on a peanut
food stuck in throat he cannot speak
toddler swallowed a coin and cannot breathe
my husband is unconscious
father collapsed in bathroom not responding
found my roommate unresponsive, no pulse
he fainted and will not wake up
unconcious after drinking
diabetic patient sugar low and confused
old man suddenly confused and talking nonsense
my daughter is having a fit right now
seizure not stopping since 10 minutes
epileptic fits one after another
first time fit in my 5 year old with fever
heavy bleeding from leg after glass cut
blood not stopping from the wound
vomiting blood since night
coughing up blood lots of it
finger cut off in machine
bleeding a lot and soaking a pad every hour
black stools and very dizzy, nearly fainted
deep cut on wrist
my son drank phenyl by mistake
child ate rat poison
swallowed kerosene 2 year old
wife took whole strip of sleeping pills
he consumed pesticide in the field
overdose of paracetamol tablets
snake bite on foot
my uncle was bitten by a snake in the farm 20 minutes ago
scorpion sting severe pain
dog bite on my son's hand now bleeding
bitten by a stray dog today where to go for injection
monkey bite on arm
baby burnt with hot milk
face burned by hot oil
saree caught fire, burned badly
acid thrown on her face
gas cylinder exploded people burnt
electric shock from the cooler, he is not moving
lineman touched live wire
struck by lightning in the field
child drowned in the pool, pulled out of water
my baby fell in bucket of water
head injury and vomiting twice
fell from bed, baby very sleepy now
hit his head in a bike fall and passed out
blood coming from ear after blow to head, head injury
bike accident on highway, leg badly hurt
hit by car, cannot stand
fell from second floor
stab wound in the abdomen
bone sticking out of leg after fall
trapped under a wall that collapsed
pregnant 8 months bleeding
I am pregnant and my baby is not moving since yesterday
9th month severe headache and blurred vision
water broke at 37 weeks
labour pains every five minutes
heavy bleeding after delivery
missed period, severe pain in lower belly and fainted
newborn not feeding since last night
10 days old baby with fever
2 month old baby breathing fast and chest pulling in
my baby is blue and not crying
infant is limp and very sleepy
I want to die
I am thinking of suicide
my friend tried to hang himself
don't want to live any more
lips and tongue swollen after eating prawns
bee sting and he is breathless
anaphylaxis after injection
sudden severe pain in testicle
sudden loss of vision in one eye
lime went in eye of my son
severe stomach pain with hard stomach and vomiting
fever with stiff neck
fever and confusion in 70 year old
heat stroke, body very hot and confused
loose motions 20 times no urine and drowsy
my child swallowed a button battery
cannot pass urine since last night, bladder paining
`;

/** Harmless look-alikes, one a line. */
export const HARMLESS_EN = `
chest pain when I press on the rib since a month after gym
dog bite vaccine schedule
my grandfather had a stroke last year, which doctor for physiotherapy
no chest pain, only a cold
heartburn after eating spicy food
burning urine since two days
burning sensation in feet at night
burning feeling in eyes after computer work
fear of heart attack, I am healthy
what is a stroke
how to prevent heart attack
insurance for heart attack treatment
course on first aid for snakebite training
speech therapy after stroke for my mother
my uncle died of heart attack last year
rehab centre for stroke patient
epilepsy medicine follow up, controlled since two years
driving licence with epilepsy, on medicine, no fits
fits of laughter in my son
this dress fits me well, need no doctor
nose blocked cannot breathe through nose
snoring and blocked nostril at night
stress and tired all day
knee pain since a year
back pain after sitting
cough and cold for three days
mild fever with body ache
headache on and off since months
skin rash itching on arm
hair fall problem
tooth pain at night
acidity and gas
uric acid high in report
folic acid tablet dose
vitamin d deficiency
food allergy test where
dust allergy and sneezing since months
throat itching and allergy season
pregnancy test centre
pregnant 3 months, need blood test
pregnant and blood group report needed
planning pregnancy, which doctor
gums bleed when brushing, mild
period pain every month
irregular periods
painless lump in testicle since months
testicle itching
eye number checkup
need new glasses, cannot read small letters
night blindness in my family
cataract operation cost of
sunburn on face after beach
burn scars removal
old burn marks plastic surgery
fat burner diet plan
cut hair and dandruff
stitches removal of old wound
nail cutting infection of toe
plate removal after accident surgery
insurance claim for road accident
disability certificate after accident
vaccine for baby 6 months schedule
when to start solid food for baby
baby teething, which paediatrician
newborn vaccination schedule
my baby has blue eyes
child does not eat vegetables
child bed wetting
autism child late speech
stammering child speech problem
toddler not talking yet, speech therapy
anxiety and low mood
I feel sad after breakup
suicide prevention awareness lecture
counselling for exam stress
insomnia, cannot sleep
migraine since childhood
thyroid medicine dose
diabetes diet
sugar control checkup
blood pressure medicine refill
cholesterol report
I am not suicidal, only tired
no breathlessness and no chest pain, routine ECG
without vomiting or fever, just mild headache
heart checkup package
pacemaker battery check follow up
donate blood near me
blood bank for O positive
hernia operation cost of
piles bleeding few drops
constipation since a week
loose motion twice today
gas pain after lunch
ear wax removal
sinus problem
bee keeping course
snake gourd recipe for diabetes
scared of dogs phobia treatment
stray dog sterilisation contact for clinic complaint
electric wheelchair shop
swimming class for asthma children
drowning in work, tired, need rest doctor
labour card medical certificate
contact lens for driving
shoulder pain after bowling
muscle cramp in leg at night
neck pain from mobile
fracture plaster removal
ankle sprain mild swelling
weight loss doctor
fitness certificate for job
skin lightening acid peel cost of
what are the side effects of overdose of vitamin c
I had seizures as a child, treated last in 2005, need certificate
first aid course fees
my father recovered from heart attack last year, diet advice
`;
