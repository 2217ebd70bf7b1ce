"""LCSPR 'Teal': Typst; a designed report in two columns, recommendations in shaded panels, single-agency lists that restart."""
from common import *
import typst
NAME = 'lcspr-teal'
def R(n, head, lead=None, by=None, subs=(), tail='', addr=None):
    return Item(head, subs, tail=tail, number=str(n), addressee=lead or addr, target_date=by)
RECS = [
 R(1, 'The Kestermouth Safeguarding Children Partnership should replace its exploitation screening tool, which asks what a young person has done, with one that asks what is being done to them. The new tool should be written with young people who have been exploited, and should be short enough to be filled in at a custody desk.', 'Exploitation Sub-group', 'September 2025'),
 R(2, 'Where a child is found in another area in circumstances that suggest exploitation, a senior manager in children’s services should speak to the child’s parents on the same day, offer to go with them to fetch the child, and make sure that somebody the child knows is there when the child comes home.', 'Director of Children’s Services', 'April 2025'),
 R(3, 'Schools and alternative providers should not reduce a child’s timetable where there is an indication of exploitation unless a meeting of the professionals who know the child has agreed to it, with', 'Kestermouth Schools Forum', 'July 2025', ['a date on which the reduction will end;', 'a named adult for each hour that the child would have been in school; and', 'a record of what the child and the parents said.']),
 R(4, 'The Partnership should set up a single fortnightly meeting to plan for children at highest risk from people outside the family, in place of the four that now exist. Its chair should have authority to commit money.', 'Partnership Executive', 'May 2025'),
 R(5, 'Northshore Constabulary, the Crown’s prosecutors and Kestermouth youth justice service should agree a protocol so that a referral to the national mechanism for potential victims of modern slavery is made before, and not after, a decision is taken to charge a child with an offence connected with the supply of drugs. The protocol should say who is to make the referral at night and at weekends, what is to happen where the child does not accept that he or she has been exploited, how the child’s solicitor is to be told, and how long a decision to charge can properly be put off.', 'Detective Superintendent, Public Protection', 'October 2025'),
 R(6, 'The Partnership should offer each parent of a child at risk of exploitation a worker of their own, who is not the child’s worker and does not write reports about the family.', 'Head of Early Help', 'December 2025'),
 R(7, 'Partners should adopt a common standard for language in records about children who are exploited. Phrases such as “putting himself at risk”, “lifestyle choice” and “streetwise” should be challenged by supervisors whenever they are found.', 'All partners', 'June 2025'),
 R(8, 'Kestermouth Council should map, with bus drivers, shopkeepers, licensing officers and young people, the places in the town where children are approached, and agree with those who own or manage each place what they will do about it.', 'Community Safety Team', 'November 2025'),
]
A = [
 ('Kestermouth Council Children’s Services', [
   ('Ensure that a child who has been missing three times in ninety days has the same person come to each return interview.',),
   ('Amend the pro forma for return interviews so that the first question is “How are you?”',),
   ('Report to the corporate parenting panel on the number of children placed out of area because of exploitation,', ['where they were placed,', 'for how long, and', 'whether the risk to them fell.'])]),
 ('Kestermouth Community Health Trust', [
   ('Give the exploitation nurse direct access to sexual health, substance use and emergency department records, under a data sharing agreement that the Trust’s Caldicott guardian has approved.',),
   ('Extend the working hours of the exploitation nurse to ten at night.',)]),
 ('Northshore Constabulary', [
   ('Brief custody sergeants on the indicators of exploitation at least once a year.',),
   ('Record on the custody system, when a child is brought in a long way from home, who has been asked to explain it.',),
   ('Return seized telephones to children, or lend them one, before they are released.',)]),
]
SINGLE = [Item(x[0], x[1] if len(x) > 1 else (), number=str(i), addressee=ag, single_agency=True) for ag, xs in A for i, x in enumerate(xs, 1)]
ITEMS = RECS + SINGLE
NONE = ['Professionals should believe what a parent says about a new telephone',
 'Exclusion should be understood as an event that others are waiting',
 'A child who says no to one worker must not be taken',
 'The child should be offered a review by an independent person', 
 'The review will establish whether the risk to Teal was recognised',
 'The Partnership must not lose sight of the children who are',
 'All partners should appoint an exploitation champion by March 2020',
 'All did so. When the reviewer asked to meet the champions',
 'A youth worker now has a desk in the custody suite',
 'Number of days on which Teal was known to be missing',
 'Someone should have come in the car with us']

def ts(s):
    for c in '#*_@$`<>[]': s = s.replace(c, '\\' + c)
    return s
def rec(n):
    it = RECS[n - 1]
    b = ts(it.head) + ('\n' + '\n'.join('- ' + ts(x) for x in it.subs) if it.subs else '')
    return f'#rec("{n}", "{it.k["addressee"]}", "{it.k["target_date"]}")[{b}]\n'
def learn(n, t): return f'#learn("{n}")[{ts(t)}]\n'
def quote(t, who): return f'#quot("{who}")[{ts(t)}]\n'

def source():
    S = r'''
#let teal = rgb("#0b6e75")
#let pale = rgb("#dff1f1")
#let sand = rgb("#f4ecdf")
#set document(title: "Local Child Safeguarding Practice Review: Teal")
#set page(paper: "a4", margin: (x: 1.7cm, top: 2.3cm, bottom: 2cm), columns: 2)
#set columns(gutter: 0.8cm)
#set text(font: "Carlito", size: 11.4pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 0.74em, spacing: 1em)
#set list(marker: ([•], [–]), indent: 0.2em)
#show heading.where(level: 1): it => block(above: 1.3em, below: 0.7em, sticky: true)[#set par(justify: false); #text(size: 17pt, weight: "bold", fill: teal, hyphenate: false, it.body) #v(-0.5em) #line(length: 100%, stroke: 1.2pt + teal)]
#show heading.where(level: 2): it => block(above: 1.1em, below: 0.6em, sticky: true)[#set par(justify: false); #text(size: 11.5pt, weight: "bold", hyphenate: false, it.body)]
#let rec(n, lead, by, body) = block(width: 100%, fill: pale, stroke: (left: 3pt + teal), inset: (x: 8pt, top: 0pt, bottom: 7pt), above: 1em, below: 1em, breakable: true)[
  #block(width: 100%, fill: teal, inset: (x: 0pt, y: 4pt), outset: (x: 8pt), sticky: true, below: 0.7em, above: 0pt)[#text(fill: white, weight: "bold", size: 9pt, tracking: 1.6pt, upper[Recommendation #n])]
  #body
  #v(-0.2em)
  #set text(size: 8.5pt, style: "italic", fill: teal.darken(20%))
  #set par(justify: false)
  Lead: #lead #linebreak() To be completed by: #by
]
#let learn(n, body) = block(width: 100%, fill: luma(236), inset: 8pt, above: 1em, below: 1em, breakable: false)[#text(weight: "bold", size: 9.5pt)[Learning point #n] #linebreak() #body]
#let quot(who, body) = block(width: 100%, fill: sand, inset: 9pt, above: 1em, below: 1em, breakable: false)[#set par(justify: false); #text(size: 13.5pt, style: "italic")[“#body”] #linebreak() #align(right, text(size: 9pt, who))]
#let good(body) = block(width: 100%, stroke: 1pt + teal, radius: 4pt, inset: 8pt, above: 1em, below: 1em, breakable: false)[#text(weight: "bold", fill: teal)[Good practice] #linebreak() #body]
// cover
#page(columns: 1, margin: 0pt, fill: teal)[
  #place(top + left, dx: 2cm, dy: 3cm, text(fill: white, size: 13pt, tracking: 2pt, upper[Kestermouth Safeguarding Children Partnership]))
  #place(top + left, dx: 2cm, dy: 9cm, block(width: 15cm)[#set par(justify: false, leading: 0.5em); #text(fill: white, size: 34pt, weight: "bold", hyphenate: false)[Local Child Safeguarding Practice Review] #v(0.6cm) #text(fill: rgb("#bfe6e6"), size: 44pt)[Teal]])
  #place(bottom + left, dx: 2cm, dy: -3cm, text(fill: white, size: 13pt)[Bevis Tarrowby, independent reviewer \ January 2025])
  #place(bottom + right, dx: 0cm, dy: 0cm, polygon(fill: rgb("#0a565b"), (0cm, 7cm), (9cm, 7cm), (9cm, 0cm)))
]
#counter(page).update(2)
#set page(header: context [#set text(size: 8pt, fill: teal); Local Child Safeguarding Practice Review #h(1fr) Teal], footer: context [#set text(size: 8pt, fill: luma(90)); #line(length: 100%, stroke: 0.5pt + luma(160)) Kestermouth Safeguarding Children Partnership | January 2025 #h(1fr) #counter(page).display()])
= Foreword from the independent scrutineer
Teal was sixteen when he was found, by a dog walker and at first light, two hundred miles from the town in which he had grown up. He had been hurt. He was carrying a key that did not fit any door he knew, and he would not say who had given it to him.

He is eighteen now. He has met the reviewer, and me, and he agreed to this report being written provided that it was “for the next one, not about the last one”. I have tried to hold the author to that. The Partnership must not lose sight of the children who are still where he was.

#align(right)[_Hester Oldacre-Finn_]
= In this report
#set par(justify: false)
#context { for (t) in ("About this review", "What happened", "Seeing exploitation for what it is", "The day he was found", "School", "Many meetings", "Charged or protected", "His mother", "Words and places", "What has changed", "For single agencies", "Terms of reference") [ #let hs = query(heading.where(level: 1)).filter(h => h.body == [#t]); #if hs.len() > 0 [#t #box(width: 1fr, repeat[ . ]) #hs.first().location().page() #linebreak()] ] }
#set par(justify: true)
#colbreak()
'''
    B = []
    add = B.append
    add('= About this review\nThe review was carried out between March and October 2024. The reviewer, Bevis Tarrowby, is a retired head teacher and has no connection with the area. He read what the agencies held, met twenty-six members of staff in small groups, and talked to Teal, to his mother and, at Teal’s suggestion, to the man who drives the last bus.\n')
    add('The body of the report has eight recommendations for the Partnership to take forward together. Each of them is in a coloured panel, next to the part of the story from which it comes. Eight more, for single agencies, are at the end. Learning points are in grey.\n')
    add(quote('It’s for the next one, not about the last one.', 'Teal'))
    add('= What happened\nTeal lived with his mother and a younger sister. He had a quick wit, a good left foot and, from the age of eight, a diagnosis of dyslexia. At secondary school he was in trouble from the second term, for the most part for being funny at the wrong time.\n')
    add('At thirteen he came home with a telephone that his mother had not bought. At fourteen he was excluded for having a knife, which he said was not his. Between then and his sixteenth birthday he was reported missing on thirty-three occasions, was arrested four times, and was the subject of meetings under four different names. He had eleven allocated workers. He can list them.\n')
    add('''#place(bottom, scope: "parent", float: true, clearance: 1.2em)[#block(width: 100%, fill: sand, inset: 10pt)[
#text(weight: "bold")[Figure 1. Number of days on which Teal was known to be missing, by quarter]
#v(0.2em)
#grid(columns: (1fr,) * 8, align: bottom + center, column-gutter: 6pt, row-gutter: 3pt,
..((2, "Q1 2020"), (3, "Q2"), (5, "Q3"), (4, "Q4"), (9, "Q1 2021"), (14, "Q2"), (21, "Q3"), (26, "Q4")).map(((n, q)) => [#rect(width: 70%, height: n * 2.1pt, fill: teal) #v(-0.6em) #text(size: 8pt)[#n \\ #q]]))
#text(size: 8pt)[Source: police missing person reports. The final quarter includes the nineteen days before he was found.]
]]\n''')
    add('He would like it recorded that he was good at things. He cooked on Sundays. He taught his sister to swim in one summer, off the slipway, when the pool was shut. At fourteen he came second in a county competition for a poem about a bus. Not one of these facts is in any assessment that the review has seen; they come from his mother, from the driver, and from a box under the stairs.\n')
    add('= Seeing exploitation for what it is\nThe screening tool in use gave points for behaviour. Teal scored eleven at thirteen, fourteen at fourteen, and eleven again at fifteen, when he had learned to say less. The fall was recorded as progress. No part of the tool asked about debts, or about who else was in the room when he rang his mother.\n')
    add(learn(1, 'Professionals should believe what a parent says about a new telephone, and write down the date. It is often the first thing that anybody knows.'))
    add('In the spring of 2020, when most people were indoors, a boy who went out each evening at seven with a rucksack ought to have been conspicuous. A neighbour did ring the police, about the rules then in force. Two officers gave Teal advice about keeping his distance. The reviewer has met one of them. She has gone back over that evening more often, he thinks, than anyone who reads this report will do.\n')
    add('A tool can be of help if it starts a conversation. Staff told the reviewer that this one ended it.\n')
    add(rec(1))
    add('= The day he was found\nTeal’s mother was telephoned by an officer in another force at ten past seven. She was told that she could collect him. She does not drive. She rang the social work duty line, which opened at nine, and was advised that transport was a matter for the arresting force. She and a neighbour arrived at four in the afternoon. He was by then a suspect, and had been interviewed with an appropriate adult whom he had never met.\n')
    add(quote('Someone should have come in the car with us. I did not know what to say to him and it was five hours.', 'Teal’s mother'))
    add(rec(2))
    add('= School\nHis second school had him for two hours a day, in a room next to the boiler with one other boy and a series of supply staff, and gave him work that he had done before. The remaining hours were unaccounted for, and there were people in the town who knew exactly when they began. The head of year had argued for more. She was told that it would put other pupils at risk, and it might have done. The question was never put to anybody outside the school.\n')
    add(learn(2, 'Exclusion should be understood as an event that others are waiting for. Those who exploit children know the timetable.'))
    add(rec(3))
    add('= Many meetings\nIn his last year Teal was discussed at strategy discussions, at a missing children panel, at a multi-agency exploitation meeting and at a youth justice panel. Nineteen professionals went to at least one of these. One, a police analyst, went to all four, and she had no authority to do anything. The minutes of each refer to actions that are thought to have been taken by another.\n')
    add('#good[When Teal’s sister began to be late for school, a teaching assistant linked it to his being away and rang the family. She had no panel to take it to. She made toast, and kept a seat for the girl by the radiator.]\n')
    add(rec(4))
    add('= Charged or protected\nTeal was charged with two offences within a day of being found. A referral as a possible victim of slavery was made by his solicitor’s clerk five weeks later. In the interval he was remanded, lost his college place and was threatened by another boy over the value of what had been seized. The charges were later withdrawn. The debt was not. For most of that winter he slept in his clothes, and his mother moved the settee so that it stood across the front door. She told two people about the settee. It appears in one record, as a concern about fire.\n')
    add('Teal had said in the first interview that he was “holding it for someone”. The transcript shows that he was asked for whom, four times and by two officers, and that he was not asked what would happen if he did not. His solicitor, who was on the telephone for the first hour, was not told about the thirty-three occasions on which he had been missing, since the custody record did not hold them.\n')
    add('Police and prosecutors each took the view that the other would have raised it. The guidance is national and was known to both; what was lacking was an arrangement for who does what at ten o’clock on a Saturday night.\n')
    add(rec(5))
    add('== An earlier review\nIn 2019 the Partnership published a review of another child. Among other things it said: “All partners should appoint an exploitation champion by March 2020.” All did so. When the reviewer asked to meet the champions, four of nine had moved on and had not been replaced, and one learned from his letter that she was one.\n')
    add('= His mother\nShe kept a diary. It gives number plates. She offered it to three professionals, of whom one took a copy. She was twice described in reports as anxious and once as “a barrier”. She went to parenting classes, as she had been asked to, where the other mothers had toddlers. In the last month she drove about at night with a friend, who had a car, and on two of those nights she found him. She did not tell the social worker, because the last time that she had done so it had been put down as a failure to set boundaries.\n')
    add(learn(3, 'A child who says no to one worker must not be taken to have said no to help. The same is true of parents.'))
    add(rec(6))
    add('= Words and places\nIn eleven hundred pages of records Teal is said to have placed himself at risk on sixty-one occasions. He is said to have been placed at risk by somebody else on three. The reviewer showed him the figures. He laughed, and then asked for a copy.\n')
    add(rec(7))
    add('The first approach was made to him at the bus station, by the machine that sells drinks. The driver of the last bus had seen it made to others. He had a number to ring about graffiti. He has thought since of other numbers that he might have rung, and wonders what he would have said: a lad buying another lad a drink is not, as he put it, an offence under the by-laws.\n')
    add(rec(8))
    add('''= What has changed
#block(width: 100%, fill: luma(236), inset: 8pt)[Since the review began, agencies have told the reviewer that:
- A youth worker now has a desk in the custody suite on four nights of the week.
- The duty line opens at seven.
- The two schools have ended part-time timetables for children who are discussed at the missing panel.
- The machine has been moved next to the ticket office, where there is a light.
]
These are real changes, made by people who did not wait to be told. They are not a reason to do less.\n''')
    add('= For single agencies\nThe following are for one agency each. They were agreed with the agency during the review, and progress will be reported to the Partnership’s quality group.\n')
    for ag, xs in A:
        add(f'== {ag}\n')
        for i, x in enumerate(xs, 1):
            add(f'+ {ts(x[0])}' + (''.join('\n  - ' + ts(y) for y in x[1]) if len(x) > 1 else ''))
        add('')
    add('= Terms of reference\nThe review will establish whether the risk to Teal was recognised, and by whom; whether it was responded to as a risk from other people or as a matter of his conduct; and how his family was supported. It will consider the period from January 2020 to December 2021. The child should be offered a review by an independent person of anything said about him with which he does not agree. (He was. He did not ask for one.)\n')
    return S + '\n'.join(B)

if __name__ == '__main__':
    os.makedirs('/tmp/wave-b', exist_ok=True)
    open('/tmp/wave-b/teal.typ', 'w').write(source())
    typst.compile('/tmp/wave-b/teal.typ', output=f'{HERE}/{NAME}.pdf', font_paths=['/usr/share/fonts/truetype'])
    answers(NAME, dict(title='Local Child Safeguarding Practice Review: Teal', reference='Teal', type='SPR', publisher='Kestermouth Safeguarding Children Partnership',
            lead_reviewer='Bevis Tarrowby', published='2025-01', stated_count=16), ITEMS, ('The screening tool in use', -1, 'The review will establish whether', -1), NONE)
