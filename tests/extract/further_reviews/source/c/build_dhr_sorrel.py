"""DHR Sorrel: Typst, Libertinus with ligatures and hyphenation, letter-spaced capitals, unruled lists A to D under each agency."""
from kit import *
import typst

P = 'Grendlewick Community Safety Partnership'
G = [
 ('GRENDLEWICK COMMUNITY SAFETY PARTNERSHIP', P, False, [
   ['The Partnership should extend its domestic abuse strategy so that it speaks in plain terms of abuse by adult children and grandchildren, and should rewrite its leaflets, posters and web pages accordingly.'],
   ['The Partnership should ask the chairs of the two MARACs in the county to agree:', '(i) how a case is to be heard where the alleged perpetrator is also an adult with care needs;', '(ii) who will speak for the carer at that meeting and who will speak for the person cared for; and', '(iii) how the outcome is to be told to each of them.'],
   ['The Partnership should bring together, before the end of the financial year, the local safeguarding adults procedures and the local domestic abuse procedures, in order that a practitioner who begins with one of them will always be led to the other.'],
   ['The Partnership should offer training to faith groups, luncheon clubs and village agents, who may be the first to notice that an older person has stopped coming.']]),
 ('FENMARSH CONSTABULARY', 'Fenmarsh Constabulary', True, [
   ['Officers who attend an incident between family members of any age should complete the domestic abuse risk assessment form and should not use the form for anti-social behaviour in its place.'],
   ['The Constabulary should make it possible for a call handler to see, on one screen, calls from all the addresses at which a named person has lived in the last five years.'],
   ['The neighbourhood policing teams should be reminded that a welfare visit is not finished until the person has been seen and spoken to alone.'],
   ['The head of public protection should audit fifty incidents that were recorded as “family dispute – no offences” and report the findings, with any lessons for training, to the force’s crime standards board and to the Partnership.']]),
 ('GRENDLEWICK COUNTY COUNCIL (ADULT SOCIAL CARE)', 'Grendlewick County Council (Adult Social Care)', True, [
   ['A carer’s assessment should be offered in person and in private, and the fact that it was declined should be no reason for not offering it again.'],
   ['Duty staff should record the words of the person who makes a referral before they record the category into which it falls.'],
   ['The service should stop the practice of closing a referral when a letter has had no reply.']]),
 ('EAST LODE PRIMARY CARE TRUST', 'East Lode Primary Care Trust', True, [
   ['That practices be asked to place an alert on the records of patients over 65 who live with an adult for whom they care, and that the alert be reviewed at each flu clinic.'],
   ['That the mental health liaison nurse attends, at least once in every quarter, the practice meeting of each of the six surgeries in Grendlewick.']]),
 ('LODEMERE HOUSING SOCIETY', 'Lodemere Housing Society', True, [
   ['The Society to train its sheltered scheme managers in recognising financial abuse.'],
   ['The Society to keep a note of any adult who moves in with a tenant and to ask the tenant, when she or he is alone, whether it was by choice.'],
   ['The Society to include questions on safety at home in its yearly tenancy visit.'],
   ['The Society to share with the police, under the existing protocol, any second complaint of shouting or of banging within three months.']]),
]
RECOMMENDATIONS = [dict(number='ABCD'[i], text=' '.join(parts), addressee=('The ' + P.split()[-1] if False else None) or who, single=single, copies=2 if not single else 1, main=1 if not single else 0)
                   for head, who, single, items in G for i, parts in enumerate(items)]
# addressee: the subject of the sentence as printed, where there is an agency or a person; else the heading
SUBJ = ['The Partnership'] * 4 + ['Officers who attend an incident between family members of any age', 'The Constabulary', 'The neighbourhood policing teams', 'The head of public protection',
  'GRENDLEWICK COUNTY COUNCIL (ADULT SOCIAL CARE)', 'Duty staff', 'The service', 'EAST LODE PRIMARY CARE TRUST', 'the mental health liaison nurse'] + ['The Society'] * 4
for r, s in zip(RECOMMENDATIONS, SUBJ): r['addressee'] = s

REVIEW = dict(file='dhr-sorrel.pdf', title='Domestic Homicide Review under section 9 of the Domestic Violence, Crime and Victims Act 2004: Report into the death of Sorrel', reference='Sorrel', type='DHR', publisher=P, lead_reviewer='Alasdair Thornquill', published='2013-07',
  none_of=['Whether the relevant services should have known that Sorrel was at risk',
   'Each agency must appoint an author for its individual management review',
   'Older people should be asked about abuse as readily as younger',
   'Those who care should not be taken to be safe because they are capable',
   'A referral should be judged by what it says',
   'Practitioners must not assume that a son at home is a support',
   'The Constabulary should be commended for the work of its family liaison officer',
   'The panel considered whether it should recommend a single telephone number',
   'Since April 2013 the county council has required that two attempts',
   'The panel sees no need for the Trust to make any',
   'the clinical commissioning group has taken over the action plan', 'Such reports should be short and should say what has changed'])

def esc(s):
    s = re.sub(r'([\\#$*_`<>@~\[\]])', r'\\\1', s)
    return s

FIGAT = ('GRE', 3)

def build():
    FIG = r'''#place(top, float: true, clearance: 1.6em)[#block(width: 100%, stroke: none)[#align(center)[
#grid(columns: 7, column-gutter: 0.5cm, align: bottom + center, row-gutter: 0.4em,
 ..(4, 6, 9, 12, 17, 21, 19).map(n => rect(width: 1cm, height: n * 0.16cm, fill: luma(170), stroke: none)),
 [4], [6], [9], [12], [17], [21], [19], ..("2006", "2007", "2008", "2009", "2010", "2011", "2012").map(y => text(9pt, y)))
#text(9.5pt)[_Figure 1: Incidents in Grendlewick recorded by the police as involving a parent aged 60 or over and an adult child_]]]]'''
    o = []
    A = o.append
    A(r'''
#set document(title: "DHR Sorrel")
#set page(paper: "a4", margin: (x: 3cm, top: 2.8cm, bottom: 2.6cm),
  header: context { if counter(page).get().first() > 1 { set text(8.5pt); [FINAL VERSION – JULY 2013 #h(1fr) Grendlewick CSP / DHR 2] ; line(length: 100%, stroke: 0.4pt) } },
  footer: context { if counter(page).get().first() > 1 { set text(9pt); h(1fr); [Page #counter(page).display() of #counter(page).final().first()] } })
#set text(font: "Libertinus Serif", size: 12pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 1.05em, spacing: 1.5em)
#set smartquote(enabled: false)
#let H(t) = block(above: 2.4em, below: 1.3em, sticky: true, text(tracking: 0.22em, weight: "bold", size: 12pt, hyphenate: false, upper(t)))
#let A(t) = block(above: 2em, below: 1.2em, sticky: true, par(justify: false, text(tracking: 0.06em, size: 11pt, hyphenate: false, t)))
#let it(l, body) = grid(columns: (0.9cm, 1fr), l, body)
#let sub(l, body) = pad(left: 0.9cm, grid(columns: (0.9cm, 1fr), l, body))
''')
    def H(t): A('#H[%s]' % esc(t))
    def P_(t): A(esc(t) + '\n')
    A('#v(5cm)\n#align(center)[#text(tracking: 0.2em, size: 13pt)[GRENDLEWICK COMMUNITY SAFETY PARTNERSHIP]\n#v(2cm)\n#text(size: 24pt)[Domestic Homicide Review]\n\n#text(size: 12pt, hyphenate: false)[under section 9 of the Domestic Violence,\\ Crime and Victims Act 2004]\n#v(1cm)\n#text(size: 17pt, style: "italic")[Report into the death of Sorrel]\n#v(3.5cm)\nAlasdair Thornquill\\ Independent Chair and Author\n#v(1cm)\nJuly 2013]\n#pagebreak()')
    H('Executive summary')
    P_('Sorrel was 71. She died in August 2011 at the bungalow which she shared with her son, who was 39 and for whom she cared. He was found to be unfit to plead and is detained in hospital. This is the second domestic homicide review to be carried out in Grendlewick and the first to concern a parent and an adult child.')
    P_('Sorrel was known to seven agencies, although to most of them she was known as a carer and not as a person who might herself need help. Between 2008 and 2011 there were nineteen contacts in which she or someone else spoke of her son’s temper. The word “abuse” was used in none of the records.')
    P_('The panel’s recommendations to the Partnership are:')
    for i, parts in enumerate(G[0][3]):
        A('#it[%s.][%s]' % ('ABCD'[i], esc(parts[0])))
        for x in parts[1:]:
            l, t = x.split(' ', 1); A('#sub[%s][%s]' % (l, esc(t)))
    P_('')
    P_('The recommendations that the agencies have made for themselves are in the full report.')
    H('Introduction')
    P_('The Grendlewick Community Safety Partnership decided on 14 September 2011 that a review should be held. Alasdair Thornquill, a former court clerk who had worked for none of the agencies, was appointed as chair and author. The panel met on seven occasions between October 2011 and December 2012. It paused while criminal proceedings were under way.')
    P_('Sorrel’s daughter, who lives abroad, spoke with the chair by telephone three times. A friend from the luncheon club came to one of the panel’s meetings and brought a photograph, so that members would know of whom they were speaking.')
    H('Terms of reference')
    P_('The panel was to establish:')
    for l, t in [('(a)', 'Whether the relevant services should have known that Sorrel was at risk from her son, and what they did with the knowledge that they had.'), ('(b)', 'Whether policies and procedures were fit for a case in which the victim was an older person and a carer.'), ('(c)', 'Whether Sorrel’s own wishes were sought and respected.'), ('(d)', 'What lessons there are for the way in which professionals work together.')]:
        A('#sub[%s][%s]' % (l, esc(t)))
    P_('')
    P_('Each agency must appoint an author for its individual management review who has had no part in the case. The panel received five such reviews. The probation trust, which had been in touch with the son for four months in 2006, sent a letter.')
    H('The panel')
    P_('The members of the panel were senior officers who had not been concerned with the case:')
    for x in ['Alasdair Thornquill, independent chair', 'Detective superintendent, Fenmarsh Constabulary', 'Head of safeguarding, Grendlewick County Council', 'Designated nurse, East Lode Primary Care Trust', 'Director of tenancies, Lodemere Housing Society', 'Assistant chief officer, Grendlewick Probation Trust', 'Manager, Rushlight Rooms (a voluntary body that works with older survivors of abuse)']:
        A('#it[•][%s]' % esc(x))
    P_('')
    H('The family')
    A('#table(columns: (3.4cm, 1fr), stroke: none, inset: (x: 0pt, y: 4pt), [Sorrel], [Aged 71. A retired school cook and a member of the parish choir.], [Dock], [Her son, aged 39. He had a brain injury after a road accident in 1999.], [Daughter], [Aged 44. She lives abroad and telephoned each Sunday.])')
    H('Chronology in brief')
    P_('In 2008 Dock’s supported tenancy came to an end and he came to live with his mother “for a month or so”. The housing society was not told. In March 2009 a neighbour complained of banging. In July 2009 Sorrel rang the police because Dock would not let her use the telephone; by the time officers came it had, she said, “all blown over”.')
    P_('During 2010 the luncheon club noticed that Sorrel came less often, and then not at all. The club’s secretary wrote to adult social care. A letter was sent to Sorrel, and to it there was no reply. The referral was closed.')
    P_('In February 2011 Dock was seen by the mental health liaison nurse, who thought that Sorrel looked “worn to a thread” and arranged to come back. The nurse’s post came to an end in March. In May a police officer made a welfare visit; Dock answered the door and said that his mother was asleep. There was no further contact.')
    H('Analysis')
    P_('The panel found that no agency had a picture of Sorrel’s life. Each had a picture of Dock’s. He was assessed eleven times in three years; she was offered an assessment once, on the doorstep, with him standing behind her. She said that she would think about it.')
    P_('The police used the form for anti-social behaviour on three of the four occasions on which officers attended. That form asks about the effect upon neighbours. Such incidents are not rare: the number recorded has grown in each year but one since 2006 (figure 1). It led to the matter being passed to the housing society, which wrote to Sorrel, as the tenant, to warn her about noise.')
    P_('The panel considered whether it should recommend a single telephone number for worries about older people. It was told that one already exists; that it is well advertised; and that the luncheon club’s secretary had used it.')
    P_('There is nothing to show that Dock’s needs as a disabled man were neglected. The panel thought it right to say so, and right to say too that his needs were met, for the most part, by his mother.')
    H('Lessons learned')
    for l, t in zip('ABCD', ['Older people should be asked about abuse as readily as younger people are, and in private.', 'Those who care should not be taken to be safe because they are capable.', 'A referral should be judged by what it says and not by whether a letter is answered.', 'Practitioners must not assume that a son at home is a support.']):
        A('#it[%s.][%s]' % (l, esc(t)))
    P_('')
    H('Good practice')
    P_('The luncheon club’s secretary was right to write, and right to write again. The liaison nurse saw Sorrel as well as Dock. The Constabulary should be commended for the work of its family liaison officer, who learned about time zones in order to ring Sorrel’s daughter at an hour that suited her.')
    P_('Since April 2013 the county council has required that two attempts be made to see a person before a safeguarding referral is closed, although the panel has not yet seen figures.')
    H('Recommendations')
    P_('The recommendations to the Partnership are those of the panel. The remainder were made by the agencies in their individual management reviews, and the panel, having tested each of them, adopts them as single agency recommendations. They are set out under the name of the body that is to carry them out.')
    for head, who, single, items in G:
        A('#A[%s]' % esc(head))
        for i, parts in enumerate(items):
            if (head[:3], i) == FIGAT: A(FIG)
            A('#it[%s.][%s]' % ('ABCD'[i], esc(parts[0])))
            for x in parts[1:]:
                l, t = x.split(' ', 1); A('#sub[%s][%s]' % (l, esc(t)))
        if head.startswith('EAST'): P_('\nThe Primary Care Trust was abolished on 31 March 2013; the clinical commissioning group has taken over the action plan.')
    A('#A[GRENDLEWICK PROBATION TRUST]')
    P_('The panel sees no need for the Trust to make any recommendation.')
    H('Closing remarks')
    P_('The Partnership will ask each agency for a report after six and twelve months. Such reports should be short and should say what has changed for the people of Grendlewick who look after others.')
    P_('Sorrel’s place in the second row of the choir was kept for a year. Her friend told the panel that nobody had decided to do so; it was simply that no one stood there.')
    src = '\n'.join(o)
    os.makedirs(HERE + '/tmp', exist_ok=True)
    open(HERE + '/tmp/dhr-sorrel.typ', 'w').write(src)
    typst.compile(HERE + '/tmp/dhr-sorrel.typ', output=HERE + '/dhr-sorrel.pdf', font_paths=['/usr/share/fonts'])

if __name__ == '__main__':
    build(); answers(REVIEW, RECOMMENDATIONS)
