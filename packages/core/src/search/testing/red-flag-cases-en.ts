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
my dad is clutching his chest and sweating
tightness in my chest spreading to my arm
having chest pain with left arm pain from morning
elephant sitting on my chest
one side of his face is hanging and he talks funny
my husband suddenly can't move his right arm
grandma can't lift her left arm and speech is weird
he is breathing with difficulty and lips are blue
short of breath even when sitting
she can't catch her breath
wheezing badly and inhaler does nothing
my baby is choking on milk
the kid put a grape in mouth and now can't breathe
friend drank too much and won't wake up
my wife just fainted and is not answering
he fell unconscious in the market
dad's sugar is 35 and he is sweating and confused
my son is shaking all over and eyes rolled up
he is having convulsions
blood is gushing from his arm
cut my hand with a saw, can't stop the bleeding
threw up blood this morning
bleeding from mouth and nose after accident
my daughter swallowed toilet cleaner
kid drank mosquito repellent liquid
he swallowed 30 paracetamol tablets
sister consumed poison
a cobra bit my brother
snake bit my leg
bitten by a street dog
dog scratched my child
hot oil spilled on my hand and blisters
my clothes caught fire and legs are burnt
got a shock from the geyser and fell down
rescued from drowning in river
he hit his head and is vomiting
slipped in bathroom, head injury, bleeding
car hit my mother while crossing road
scooter accident, bone broken and bleeding
fell down from tree
attacked with a knife
wife is 7 months pregnant and bleeding
pregnant lady having fits
my water just broke
labor started
my newborn is not drinking milk
my 20 days old baby has fever and is not feeding
baby's breathing is very fast
baby turned blue
baby is not waking up
I want to end my life
thoughts of killing myself
feeling like dying, want to commit suicide
face and tongue swelling after taking medicine
allergic reaction, can't breathe
my testicle suddenly hurts a lot
I suddenly lost sight in my right eye
chemical splashed in my eyes
worst stomach pain of my life with vomiting
high fever with neck stiffness and vomiting
my mother collapsed due to heat
child with loose motions has sunken eyes
my son swallowed a needle
not able to pass urine since yesterday
my father is feeling heaviness in the chest and his left hand is paining
severe pain in the center of chest for 20 minutes
my mom suddenly cannot speak and her face looks odd
grandpa woke up and cannot move one side
brother not able to breathe after eating fish
kid having trouble breathing and ribs are sucking in
my asthmatic son is struggling for air
someone fell down on road and is not moving
my husband took too many sleeping pills last hour
the baby ate mosquito coil
worker fell from scaffolding, back injury
wound is deep and the bleeding does not stop
dog attacked my daughter and bit her face
my grandmother fell and hit her head, now she is drowsy
I am 34 weeks and leaking fluid
8 months pregnant and no baby movement since morning
just delivered and bleeding too much
my 5 day old is very sleepy and not sucking
I can't go on, planning to kill myself
bee stung me and my throat is swelling
my eye got hit by a cricket ball and I cannot see
son has pain in his right testicle since two hours with vomiting
high fever, rash that is purple and he is confused
drank acid by mistake
my finger got chopped in the mixer
uncle complaining of pressure in chest and looks pale
chest hurts a lot and I feel like passing out
my mother's right hand suddenly became weak and speech not clear
he has not been breathing well since an hour and nails are blue
two year old inhaled a bead and is coughing nonstop
lady fainted on the platform and has no pulse
my nephew's fit has lasted ten minutes
artery cut in the thigh, blood everywhere
child drank paint thinner
husband ate sulphas tablets
bitten by cobra while working in the field
cat bit my finger
pressure cooker burst and burnt my face
man electrocuted by a fallen wire
fell in the septic tank and drowned
ceiling fan fell on his head and he is confused
auto overturned with four people
wife bleeding in sixth month of pregnancy
she is in labour and the baby's head is coming
neonate has fever and refuses feeds
my teenager says she wants to kill herself
swollen lips after peanut and hard to breathe
`;
