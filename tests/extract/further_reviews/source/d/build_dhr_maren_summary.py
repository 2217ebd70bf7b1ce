"""Domestic homicide review, executive summary only: R1 to R9 in ruled boxes that break over pages, with footnotes and figures between (Typst)."""
import os, re, typst
HERE = os.path.dirname(os.path.abspath(__file__))
NAME = 'dhr-maren-summary'
ITEMS, OUT = [], []
def esc(t):
    t = re.sub(r'([#$*_`<>@\\])', r'\\\1', t)
    return re.sub(r'\[\[(.+?)\]\]', r'#footnote[\1]', t)
def plain(t): return re.sub(r'\s+', ' ', re.sub(r'\[\[.+?\]\]', '', t)).strip()
def o(s): OUT.append(s)
def h(t): o('= ' + t)
def para(t): o(esc(t))
def bullets(l): o('\n'.join('- ' + esc(x) for x in l))
def rec(no, parts, lead, by, outcome=None):
    """parts: ('t', text) | ('a', text) lettered | ('i', text) roman under it | ('-', text) | ('fig', typst)"""
    body, text, al, ro = [], [], 0, 0
    for k, t in parts:
        if k == 'fig': body.append(t); continue
        lab = ''
        if k == 'a': lab = '(%s)' % 'abcdef'[al]; al += 1; ro = 0
        if k == 'i': lab = '(%s)' % ['i', 'ii', 'iii', 'iv'][ro]; ro += 1
        text.append((lab + ' ' + plain(t)).strip())
        if k == 't': body.append(esc(t))
        elif k == '-': body.append('#pad(left: 6mm, par(hanging-indent: 4mm)[– %s])' % esc(t))
        else: body.append('#pad(left: %dmm, par(hanging-indent: 6mm)[%s %s])' % (4 if k == 'a' else 11, lab, esc(t)))
    ITEMS.append(dict(number=no, text=' '.join(text), addressee=lead, target_date=by, kind='recommendation'))
    o('#rec("%s", "%s", "%s", %s)[\n%s\n]' % (no, lead, by, ('[%s]' % esc(outcome)) if outcome else 'none', '\n\n'.join(body)))

PRE = r'''
#set document(title: "DHR Maren executive summary")
#set page(paper: "a4", margin: (top: 2.6cm, bottom: 2.4cm, left: 2.5cm, right: 2.5cm),
  header: context { set text(8pt, fill: rgb("#7a1f3d")); if counter(page).get().first() > 1 [Safer Eskerby Partnership #h(1fr) Executive Summary: Maren] },
  footer: context { set text(8pt); [OFFICIAL #h(1fr) Page #counter(page).display() of #counter(page).final().first()] })
#set text(font: "Carlito", size: 12pt, lang: "en", region: "GB")
#set par(justify: false, leading: 0.84em, spacing: 1.2em)
#set heading(numbering: "1")
#show heading.where(level: 1): it => block(above: 1.6em, below: .9em, sticky: true, text(15pt, fill: rgb("#7a1f3d"), weight: "bold")[#counter(heading).display() #h(2mm) #it.body])
#set footnote.entry(separator: line(length: 30%, stroke: .5pt))
#show footnote.entry: set text(8.5pt)
#let rec(no, lead, by, outcome, body) = block(width: 100%, stroke: 1pt + rgb("#7a1f3d"), inset: 0pt, breakable: true, above: 1.2em, below: 1.2em)[
  #block(width: 100%, fill: rgb("#f3e3e9"), inset: (x: 3.5mm, y: 2mm), below: 0pt, sticky: true)[#text(weight: "bold", fill: rgb("#7a1f3d"), 13pt)[#no] #h(1fr) #text(9pt)[Lead: #lead #h(5mm) By: #by]]
  #block(width: 100%, inset: (x: 3.5mm, y: 3mm), breakable: true)[#body #if outcome != none [ #line(length: 100%, stroke: .4pt + gray) #text(9.5pt, style: "italic")[Intended outcome: #outcome] ]]
]
#let bar(n, w, c) = grid(columns: (34mm, 1fr), align: horizon, text(9pt)[#n], [#box(width: w, height: 4mm, fill: rgb(c))])
'''
SEP, EST, ADT = 'Safer Eskerby Partnership', 'Eskerby Homes', 'Adult Social Care'
o(r'''#v(3.5cm)
#text(12pt, fill: rgb("#7a1f3d"))[SAFER ESKERBY PARTNERSHIP]
#v(2mm)
#text(28pt, weight: "bold")[Domestic Homicide Review]
#v(-3mm)
#text(20pt)[Executive Summary]
#v(4mm)
#text(16pt, style: "italic")[Maren]
#v(2mm)
Died in March 2022
#v(1cm)
#grid(columns: (4cm, 1fr), row-gutter: 3mm, [*Author and chair*], [Corin Petheram-Shaw], [*Report completed*], [February 2024], [*Published*], [18 July 2024])
#v(1.2cm)
#block(inset: (left: 5mm), stroke: (left: 2pt + rgb("#7a1f3d")))[_"She was the one who remembered everybody's birthday. People should know that before they know the rest."_ #linebreak() #text(9.5pt)[Maren's sister]]
#v(8mm)
This summary is published with the agreement of Maren's family. The overview report from which it is drawn is also published, with some passages left out.
#pagebreak()''')
h('The review')
para('Maren, a woman of forty-four, was killed by her former partner, who is called Dorran in this summary. Both names were chosen by Maren\u2019s sister. Dorran pleaded guilty to murder and was sentenced in November 2022. The panel extends its sympathy to all who loved her.')
para('The partnership decided in April 2022 to hold a review. The panel met seven times. Its chair has not worked for any agency in Eskerby.[[The chair retired from the probation service elsewhere in 2015.]] Maren\u2019s sister, two friends and a colleague took part, and were supported by an advocate. Dorran was invited to contribute and declined.')
para('The terms of reference asked whether agencies could and should have recognised coercive control; whether Maren\u2019s disability should have changed the help that she was offered; and what must be learned about people who are cared for by the person who harms them.')
h('Summary of events')
para('Maren had multiple sclerosis. She and Dorran lived together from 2014. As her illness progressed Dorran gave up work and was assessed by the council as her carer. He came with her to appointments and spoke for her. Professionals thought him devoted, and several wrote it down.')
para('In 2019 Maren told a physiotherapist that she was not allowed to use her own telephone. The physiotherapist asked whether she felt safe, and told her manager. The matter was passed to the community nurse, who visited, found Dorran at home, and could not ask.')
para('In 2021 Maren left. She moved to a ground-floor flat and gave her address to very few people. Dorran continued to be recorded as her carer on four systems, and letters giving her new address were sent to him as such. Between October 2021 and March 2022 he was seen near the flat on at least five occasions. Two were reported to her landlord and one to the police. They were not put together.')
h('Key issues')
para('A carer is also a person who may do harm. Assessments of carers in Eskerby asked what the carer needed. They did not ask what the cared-for person would say about the carer if he were out of the room.')
para('Records did not let go of Dorran. Maren told three agencies that she had left him. Each of them changed its own record. None knew that the others held the same entry.')
para('Housing staff were kind and quick, and were not thought of by others as part of safeguarding. They ought to have been. A neighbourhood officer held the fullest account of what Maren feared.')
h('Earlier review')
para('The partnership\u2019s last review, of Adult F in 2018, made two recommendations, which are set out here with the panel\u2019s view of them:')
o(r'''#table(columns: (1.3cm, 1fr, 5.2cm), fill: (x, y) => if y == 0 { luma(220) }, inset: 2.2mm, stroke: .5pt + gray,
  [*No.*], [*Adult F (2018)*], [*Position now*],
  [R1], [GP practices should record that a woman has been asked about abuse and whether she was alone.], [In place in all but one practice.],
  [R2], [The partnership should commission training for staff who visit people at home.], [Commissioned in 2019; ended in 2021.])''')
h('What was done well')
bullets(['The physiotherapist asked a direct question and should be thanked for it.', 'Maren\u2019s employer let her keep a bag and a telephone at work.', 'The neighbourhood officer changed the locks within the day.'])
h('Lessons')
para('Professionals should be slow to call a carer devoted. It tells the reader how the carer seemed and closes the mind to other things. A disabled woman who leaves should be understood to have done something very hard, and services must follow her rather than wait at the old address.')
h('Recommendations')
para('The panel makes nine recommendations. Those of single agencies are in the overview report and are not repeated. Each is set in a box with the agency that leads and the date by which it should be done.')
rec('R1', [('t', 'The partnership should ensure that every assessment of a carer in Eskerby includes a conversation with the cared-for person alone, and that the assessment form cannot be completed until the conversation is recorded.')], ADT, '31 October 2024', 'People who are cared for should be able to say what they could not say in front of the carer.')
rec('R2', [('t', 'Agencies that hold the name of a carer on a person\u2019s record should:'), ('a', 'ask the person, at least once in each year, whether the carer should still be named;[[The question may be asked by letter only where the letter cannot be opened by the carer.]]'), ('a', 'remove the name on the day on which the person asks for it to be removed; and'), ('a', 'tell the other agencies that hold it, having first agreed with the person: (i) what will be said; (ii) to whom; and (iii) whether the new address may be given.')], SEP, '31 January 2025')
FLOAT = r'''#place(top, float: true, clearance: 6mm, figure(block(width: 100%, stroke: .5pt + gray, inset: 4mm, align(left)[
  #bar("Landlord", 60mm, "#7a1f3d") #bar("Health", 34mm, "#a85a76") #bar("Social care", 22mm, "#c58ea2") #bar("Police", 11mm, "#e0c0cb") #text(8.5pt)[Length of bar: contacts in which Maren spoke of being afraid, 2021–22. Readers should note that most were made to staff with no training.]]),
  caption: [Whom Maren told]))'''
o(FLOAT)
rec('R3', [('t', 'Eskerby Homes and the other registered providers in the borough should name a domestic abuse lead with the standing of a senior manager. The lead should:'),
           ('-', 'attend the multi-agency risk assessment conference or send a deputy who knows the case;'), ('-', 'be told by neighbourhood staff, on the day, of any report that a tenant is being watched, followed or waited for, whether or not the tenant has asked for anything to be done;'),
           ('-', 'keep a list of such reports[[The list kept by Eskerby Homes in 2021 was a notebook. It was offered to the review and was of great use.]] and read it through each week with the police neighbourhood team, asking of each address whether the reports, taken together, amount to more than they do one by one; and'), ('-', 'see that locks, lights and alarms are dealt with before the form that asks for them.')], EST, '30 November 2024', 'What is known to a landlord should be known to those who can act upon it.')
rec('R4', [('t', 'The Constabulary should revise its stalking risk screening so that it takes account of disability, and in particular of what the person cannot do to keep out of the way.')], 'Eskerby and Coast Constabulary', '31 December 2024')
rec('R5', [('t', 'The Integrated Care Board should make available to every physiotherapist, occupational therapist and community nurse who works in people\u2019s homes:'), ('a', 'a form of words with which to ask to see a person alone, of which the panel offers no draft since the best are those that practitioners already use;'), ('a', 'a person to telephone on the same day;'),
           ('fig', r'''#figure(block(width: 100%, inset: 3mm, fill: luma(245), grid(columns: (1fr, auto, 1fr, auto, 1fr), align: center + horizon, gutter: 2mm, rect(inset: 2mm)[#text(9pt)[Someone tells you]], sym.arrow.r, rect(inset: 2mm)[#text(9pt)[You should ring before you leave the street]], sym.arrow.r, rect(inset: 2mm)[#text(9pt)[You are rung back]])), caption: [How it worked in the pilot, spring 2023])'''),
           ('a', 'an account, within two weeks, of what was done as a result; and'), ('a', 'cover for the visits which that day\u2019s telephone calls prevent.')], 'Integrated Care Board', '31 March 2025', 'A practitioner who hears something should never be left alone with it.')
rec('R6', [('t', 'Adult Social Care should review the cases of all people who have a carer under the age of sixty-five recorded as living with them and who have had no contact with a professional alone in the past twelve months. The review should begin with those who have recently lost the use of a telephone, of a car or of their hands. It should be completed in two stages:'), ('a', 'a reading of the record, by a worker who does not know the family; and'), ('a', 'a visit, in every case in which the reading leaves a question, (i) announced in a manner that gives a reason other than the true one where that is safer, and (ii) made by two people so that one may talk with the carer.')], ADT, '30 June 2025')
rec('R7', [('t', 'The partnership should ask the three largest employers in Eskerby to adopt the arrangements made by Maren\u2019s employer, and should offer them help to do so.')], SEP, '31 March 2025')
rec('R8', [('t', 'The partnership should commission again, and should not allow to lapse, training in domestic abuse for those who visit people at home; and should include in it housing, repairs and meals staff, whoever employs them.[[Repairs in Eskerby are carried out by contractors.]] Attendance should be a term of the contract.')], SEP, '30 April 2025')
rec('R9', [('t', 'The Home Office should consider whether guidance on domestic homicide reviews says enough about people who are cared for by the person who harms them.')], 'Chair of the Partnership (by letter)', '31 August 2024')
h('Since Maren died')
para('Eskerby Homes has joined the multi-agency risk assessment conference. The council has taken Dorran\u2019s name from its records and has written to Maren\u2019s sister to say so. Carers\u2019 assessments must now be countersigned. The panel saw the first forty and was encouraged by them.')
para('The partnership will publish a statement of progress each July. Maren\u2019s sister has asked that it should be read aloud at the meeting, and not taken as read, and the partnership has agreed.')
NONE = ['whether agencies could and should have recognised coercive control', 'what must be learned about people who are cared for', 'GP practices should record that a woman has been asked', 'The partnership should commission training for staff who visit people at home',
        'The physiotherapist asked a direct question and should be thanked', 'Professionals should be slow to call a carer devoted', 'A disabled woman who leaves should be understood', 'Readers should note that most were made to staff',
        'You should ring before you leave the street', 'The question may be asked by letter only', 'The list kept by Eskerby Homes in 2021 was a notebook', 'People who are cared for should be able to say', 'A practitioner who hears something should never be left alone',
        'What is known to a landlord should be known', 'assessments must now be countersigned', 'asked that it should be read aloud at the meeting', 'People should know that before they know the rest', 'They ought to have been. A neighbourhood officer held']
REVIEW = dict(title='Domestic Homicide Review: Executive Summary. Maren', reference='Maren', type='DHR', publisher=SEP, lead_reviewer='Corin Petheram-Shaw', published='2024-07-18', stated_count=9)
def build():
    src = PRE + '\n\n'.join(OUT)
    path = os.path.join(HERE, NAME + '.typ')
    open(path, 'w').write(src)
    typst.compile(path, output=os.path.join(HERE, NAME + '.pdf')); os.remove(path)
if __name__ == '__main__': build()
