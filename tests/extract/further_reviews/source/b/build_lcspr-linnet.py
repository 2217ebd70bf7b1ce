"""LCSPR 'Linnet': Word; numbered paragraphs; every theme ends in 'Learning' and a run-in bold 'Recommendation n:'."""
from common import *
NAME = 'lcspr-linnet'
P = 'The Partnership'
R = [
 Item('Velmarsh Safeguarding Children Partnership should adopt one shared pathway for children with a long-term health condition who are not brought to appointments. The pathway should make clear who holds the whole picture, at what number of missed appointments that person must call others together, and how the reasons are to be sought from the child as well as from the parent.', number='1', addressee='Velmarsh Safeguarding Children Partnership'),
 Item('Velmarsh and Fennhythe Hospitals NHS Trust should review how its diabetes service tells schools, school nurses and GPs that a child has been discharged to home care, so that no child leaves the ward before', number='2', addressee='Velmarsh and Fennhythe Hospitals NHS Trust',
      subs=['a written health care plan has been agreed with the school the child attends, or with the council where the child is educated at home;', 'the family has been given the plan in a form and a language that they can use; and', 'a named professional has agreed to see the child within ten working days.'], letters=alpha),
 Item('Partner agencies should each show the Partnership, by audit of twenty case files, that the child’s own account of their day is recorded at every significant contact^1^ and that something was done in consequence of it.', number='3', addressee='Partner agencies'),
 Item('The Partnership should commission, with young people who live with a long-term condition, a short film and a set of conversation prompts for practitioners.', number='4', addressee=P, tail='The young people should be paid for their time, and should have the final word on what the film says.'),
 Item('Velmarsh Council should amend its elective home education procedure so that, within fifteen school days of a parent’s notice, the education officer asks health and social care partners what they know of the child, and sees the child, before the council decides whether the education on offer is suitable.', number='5', addressee='Velmarsh Council'),
 Item('The Partnership should write to the Department responsible for education to describe what this review found about the limits of the council’s powers where a home-educated child has an unmet health need.', number='6', addressee=P),
 Item('All partners should revise their assessment templates and case recording systems to require, before an assessment can be closed:', number='7', addressee='All partners',
      subs=['the name of every adult who lives in or regularly visits the home, and how this is known;', 'what each of those adults does for the child, day to day, including meals, medicines and nights;', 'whether fathers and partners were seen in person and, where they were not, who decided that this could wait;', 'a sentence, signed by the supervisor, that the family diagram was looked at in supervision.']),
 Item('The Partnership should relaunch its resolving professional differences procedure under a plainer title, count how often it is used and at which stage, and report the count to the executive twice a year. Where an agency has not used it at all in six months, that agency’s safeguarding lead should be asked to explain why.', number='8', addressee=P),
 Item('Fennhythe Integrated Care Board should satisfy itself that named GPs and practice safeguarding leads have time set aside in their contracts to attend, or send a written report to, every strategy discussion about a child with a long-term condition.', number='9', addressee='Fennhythe Integrated Care Board'),
]
WHY = {
 3: 'The reviewer considered recommending a new form. Practitioners were clear that a form would be filled in and would change nothing, and that leaders should look at files instead.',
 5: 'This recommendation is made because the fifteen weeks that passed between notice and first visit were, on the evidence, the weeks in which Linnet’s health declined fastest.',
 8: 'The present title was described by one practitioner as “a thing you do when you have fallen out with somebody”.',
}
TITLES = ['Summary', 'Introduction and reason for the review', 'How the review was carried out', 'Linnet and her family', 'What happened', 'Theme 1: When a child is not brought',
          'Theme 2: Knowing what each day was like', 'Theme 3: Leaving the school roll', 'Theme 4: The adults who were not seen', 'Theme 5: Speaking up to one another',
          'What has changed since', 'Conclusion', 'Appendix A: Terms of reference', 'Appendix B: The earlier review of Child F (2016)', 'Appendix C: Glossary']
NONE = ['Practitioners should ask why an appointment was missed before',
 'Discharge planning must include the place where the child spends',
 'A child’s silence should prompt more curiosity, not less',
 'Services should not assume that a parent who is polite',
 'The review should consider whether information held by one agency',
 'The LSCB should ensure that all schools hold an up-to-date list',
 'The hospital should remind staff that a child who is not',
 'The reviewer considered recommending a new form',
 'The Trust has appointed a second diabetes specialist nurse',
 'Every missed appointment must now be discussed at the weekly',
 'How effectively did agencies work together to understand Linnet’s daily',
 'Parents and carers who choose to educate at home should be',
 'For this purpose any visit, appointment or telephone call of more',
 'It is recommended nationally that children with diabetes are seen']

def build(pages):
    d = Doc('Calibri', 11, (2.3, 2.4, 2.2, 2.4), after=6, line=1.18, colour='1F4E5F')
    d.foot = ['For this purpose any visit, appointment or telephone call of more than a few minutes in which the child, or the care of the child, was the subject.',
              'National guidance in force at the time. It is recommended nationally that children with diabetes are seen at least four times a year by a specialist team.']
    sec = d.d.sections[0]; sec.different_first_page_header_footer = True
    d.foot_head(sec, 'OFFICIAL-SENSITIVE until published', 'Velmarsh Safeguarding Children Partnership – LCSPR Linnet – FINAL v7 – Page {PAGE} of {NUMPAGES}', align_h='RIGHT', align_f='LEFT')
    # cover
    for _ in range(5): d.p('')
    d.p('Velmarsh Safeguarding Children Partnership', align='CENTER', size=16, colour='1F4E5F', bold=True)
    d.p('', after=40)
    d.p('LOCAL CHILD SAFEGUARDING PRACTICE REVIEW', align='CENTER', size=20, bold=True, spacing=30)
    d.p('Linnet', align='CENTER', size=28, colour='1F4E5F')
    d.p('', after=120)
    d.p('Independent lead reviewer: Nerys Aldwinter', align='CENTER', size=12)
    d.p('Published March 2022', align='CENTER', size=12)
    d.brk()
    d.p('Contents', size=16, bold=True, colour='1F4E5F')
    d.contents([(1, t) for t in TITLES], pages, 15.6)
    p = d.p('“Linnet” is not the child’s name. She chose it for this report from a list that her aunt read to her. Some details have been left out, and a few changed, so that her family can go on living where they live.', italic=True, before=24)
    para = d.abstract([('decimal', '%1.', 1.1, 1.1, 'b'), ('decimal', '%1.%2', 1.1, 1.1, None)])
    N = d.num(para)
    bul = d.num(d.abstract([('bullet', '\uf0b7', 1.8, 0.6, 'Symbol'), ('bullet', 'o', 2.6, 0.6, 'Courier New')]))
    def H(t, **k):
        p = d.h(t, 1); p._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{N}"/></w:numPr>')); d.order(p._p.pPr); return p
    para_ = lambda t, **k: d.p(t, num=N, lvl=1, align='JUSTIFY', **k)
    def learning(items):
        d.p('Learning', bold=True, italic=True, colour='1F4E5F', before=6, after=3, keep=True, indent=1.1)
        for x in items: d.p(x, num=bul, after=3)
    def rec(n):
        it = R[n - 1]
        p = d.p('**Recommendation %d:** ' % n + it.head, indent=1.1, before=6, align='JUSTIFY')
        if it.letters:
            L = d.num(d.abstract([('lowerLetter', '(%1)', 2.1, 0.9, None)]))
            for x in it.subs: d.p(x, num=L, after=3, align='JUSTIFY')
        else:
            for x in it.subs: d.p(x, num=bul, after=3)
        if it.tail: d.p(it.tail, indent=1.1, align='JUSTIFY')
        if n in WHY: para_(WHY[n])
    # summary
    p = d.h('Summary', 1); d.pagebreak_before(p)
    d.p('This review concerns a girl of fourteen who lives with type 1 diabetes. In the late autumn of 2020 she was taken to hospital by ambulance in a condition that could have ended her life. She has recovered. In the ten months before, she had been taken off a school roll, had not been brought to seven of nine clinic appointments, and had been seen by a professional on four occasions.')
    d.p('No single decision led to this. People in five agencies each held a part of what was known, and each had a reason to think that somebody else was nearer to the family. The review sets out five themes. Learning is drawn from each, and the nine recommendations that follow from it are brought together here for convenience; the reasons for them are in the body of the report.', after=8)
    for n, it in enumerate(R, 1):
        t = d.p('**Recommendation %d.** ' % n + re.sub(r'\^\d+\^', '', it.head) + (' ' + ' '.join((it.letters(i) + ' ' if it.letters else '') + x for i, x in enumerate(it.subs)) if it.subs else '') + (' ' + it.tail if it.tail else ''), size=10, indent=0.5, after=4)
    # body
    H(TITLES[1])
    para_('The Partnership’s rapid review meeting in December 2020 concluded that the case met the criteria for a local child safeguarding practice review, because it raised questions about how agencies act together when a child’s health is put at risk by the way that care is given, or not given, at home.')
    para_('The period under review runs from January to November 2020. Most of it fell within the first year of the pandemic. The review has tried to be fair to people who were working in circumstances that none of them had chosen, and it says where practice would, in the reviewer’s opinion, have been the same without it.')
    H(TITLES[2])
    para_('Nerys Aldwinter, who has not worked for any of the agencies, was appointed to lead the review. She read the agencies’ chronologies and reports, met nineteen practitioners in two half-day conversations, and spoke with eight of them alone.')
    para_('Linnet met the reviewer twice, with her aunt. Her mother wrote a letter. Her mother’s partner was invited to contribute and did not reply. The reviewer thanks all of them. What Linnet said has been placed where it belongs in the text and not in a chapter of its own.')
    para_('Terms of reference are at Appendix A. An earlier review by the predecessor board, whose recommendations bear on this case, is summarised at Appendix B.')
    H(TITLES[3])
    d.table([3.2, 4.6, 7.8], ['Person', 'Relationship', 'At the time of the incident'], [
        ['Linnet', 'Subject of the review', 'Aged 14; educated at home from February 2020'],
        ['Mother', 'Parent with whom Linnet lives', 'Working nights in a packing warehouse'],
        ['Mr Y', 'Mother’s partner', 'In the household since the summer of 2019; not known to any agency until November 2020'],
        ['Father', 'Parent', 'Living in another county; weekly telephone calls'],
        ['Aunt', 'Maternal aunt', 'Lives nearby; Linnet now lives with her']], size=10, head_fill='CFE2E6')
    d.p('', after=2)
    para_('Linnet is described by those who know her as dry, exact and fond of animals. She has kept a record of the birds in the lane behind her house since she was nine. She told the reviewer that the worst thing about being ill was people talking in doorways.')
    H(TITLES[4])
    para_('Linnet was diagnosed at the age of eleven. For two years her care went well: her school had a plan, the school nurse saw her fortnightly, and her clinic attendance was good.^2^ In the summer of 2019 her mother took night work, and Linnet began to give herself her own injections without anybody having decided that she should.')
    para_('In February 2020 her mother wrote to the school to say that Linnet would be taught at home. The school removed her name from the roll and told the council the same day. The school nurse learned of it five weeks later from a list. The clinic was not told.')
    para_('Between March and October seven clinic appointments, of which four were by telephone, were missed. The clinic wrote each time to the mother. In June a clinic nurse rang the family’s general practice and was told, correctly, that prescriptions were being collected. In September a referral was made to children’s services and closed with advice to the referrer. On 19 November Linnet’s aunt called an ambulance.')
    H(TITLES[5])
    para_('The clinic used its policy on non-attendance as it was written. That policy had been made for adults who choose not to come. It provides for two letters and a discharge; a consultant had, to her credit, struck out the discharge each time by hand.')
    para_('Nobody asked Linnet why she had not come. She told the reviewer that she had been ready and in her coat for three of the appointments. Her mother had been asleep after work, and she had not wanted to wake her.')
    para_('When Linnet had been admitted for two nights in January 2020, the ward discharged her with a plan addressed to a school which, three weeks later, she no longer attended. The plan followed the address and not the child.')
    learning(['“Did not attend” describes an adult. Practitioners should ask why an appointment was missed before they decide what to do about it.',
              'Discharge planning must include the place where the child spends the day, and has to be looked at again when that place changes.'])
    rec(1); rec(2)
    H(TITLES[6])
    para_('In the records of ten months there are eleven sentences that come from Linnet. Six of them are the word “fine”. The practitioners whom the reviewer met were not surprised by this, and several were distressed by it.')
    t = para_('One who did better was a community support officer who called about another matter in August, noticed the birds in the notebook on the table, and stayed for half an hour. Her note is the fullest account of Linnet’s day that any agency holds. It was recorded in a system that no other agency can see. This was good practice, and the officer’s sergeant has told her so.')
    textbox(d, t, [(False, '“People asked my mum how I was. I was sitting there.”'), (True, 'Linnet')], 4.6, 2.3, 11.2, 0.1, 'E3EEF1')
    learning(['A child’s silence should prompt more curiosity, not less. Young people who manage a condition on their own may look capable when they are only alone.',
              'What a child says is evidence. It needs to be written in the child’s words, with the date, and passed on.'])
    rec(3); rec(4)
    H(TITLES[7])
    para_('Parents have the right to educate their children at home and many do it very well. When Linnet left the school roll, three of the arrangements that kept her safe ended on the same afternoon.')
    para_('The council’s education officer wrote to Linnet’s mother after four weeks, and again after nine, and visited after fifteen. He saw a tidy room and a pile of workbooks. He had not been told of the diabetes and did not ask about health, since the form did not.')
    learning(['Parents and carers who choose to educate at home should be met as partners. A question about health, asked of every family, offends nobody.',
              'The day on which a child leaves a school roll is a day on which to ask what else is ending.'])
    rec(5); rec(6)
    H(TITLES[8])
    para_('Mr Y lived in the home for sixteen months before any professional wrote down his name. It was he who collected the prescriptions. It was also he, as Linnet has since said, who thought that she was old enough to see to herself and said so to her mother.')
    para_('The school had a form with room for two names under “persons with parental responsibility” and one under “emergency contact”. The clinic’s form had room for one. The general practice recorded who collected each prescription, in initials, for the purposes of stock control. Nobody could have assembled the household from these, and nobody was asked to.')
    para_('The pandemic made this harder and not different. Practitioners spoke to Linnet’s mother by telephone, often in the middle of what was for her the night, and she answered what she was asked.')
    para_('When children’s services considered the referral in September, the worker asked whether there were any other adults at home and was told that there were not. The answer was recorded as a fact. In supervision the following week the manager asked about school, health and money, in that order, and the time ran out. The worker has thought about this a good deal since, and the reviewer is grateful to her for saying so at the first of the two conversations, where it made it easier for others to be as frank.')
    para_('It was nobody’s particular task to ask again. Where a household changes slowly, with a coat on a hook and then a second toothbrush, there is no day on which a record is obviously wrong, and it takes some deliberate habit, such as drawing the family afresh at each review, for the change to be noticed at all.')
    para_('Linnet’s father, who rang every Sunday, had been worried since the spring. He had no contact with any service and did not know that he could have had. He told the reviewer: “I would have talked to anybody. I would have talked to the caretaker.”')
    learning(['Services should not assume that a parent who is polite, and who answers the telephone, is the only adult whose care matters.'])
    rec(7)
    H(TITLES[9])
    para_('The clinic nurse who made the referral in September disagreed with its closure. She said so to her manager, who agreed with her, and neither said it to children’s services. The school nurse had the same thought a month later. Each believed that the threshold was a matter for the other agency.')
    para_('No general practitioner attended, or was asked to attend, the discussion in November at which the decision to start enquiries was taken. The practice held the one record from which the whole sequence could have been seen.')
    learning(['Disagreement between professionals is a sign that they are thinking. It is when nobody disagrees that leaders ought to worry.'])
    rec(8); rec(9)
    H(TITLES[10])
    para_('Agencies have not waited for this report. The following changes have been made and the reviewer has seen evidence of each:')
    for x in ['The Trust has appointed a second diabetes specialist nurse and no longer discharges children for non-attendance.',
              'Every missed appointment must now be discussed at the weekly clinic meeting, where a school nurse is present.',
              'Children’s services ring the referrer before closing a referral with advice.',
              'The council’s home education form asks about health, and about who else is at home.']: d.p(x, num=bul, after=3)
    H(TITLES[11])
    para_('Linnet’s care has been good since she went to live with her aunt. She attends a new school, where she has persuaded a teacher to let her put up a nest box. She has read this report, corrected two dates in it, and asked that it should not be sad at the end.')
    para_('The nine recommendations will be taken forward in a plan that the Partnership’s executive will monitor. The reviewer would ask those who monitor it to keep in mind that each of them stands for an afternoon on which a girl was in her coat and ready to go.')
    p = d.h(TITLES[12], 1); d.pagebreak_before(p)
    d.p('The review should consider whether information held by one agency would have altered what another did, and in particular:', after=4)
    L = d.num(d.abstract([('decimal', '%1.', 1.0, 0.7, None)]))
    for x in ['How effectively did agencies work together to understand Linnet’s daily life and her own wishes?', 'Whether the policies on missed appointments should be different for children, and how they were applied.',
              'What was known of the adults in the home, and by whom.', 'What part was played by the restrictions of 2020.', 'What may be learned from good practice.']: d.p(x, num=L, after=3)
    d.h(TITLES[13], 1)
    d.p('The former Velmarsh LSCB published a serious case review of Child F in 2016. It made four recommendations, which are reproduced here because the present review had to ask what became of them. They are not recommendations of this review.')
    for n, x in enumerate(['The LSCB should ensure that all schools hold an up-to-date list of pupils with health care plans.', 'The hospital should remind staff that a child who is not brought is not a child who did not attend.',
              'The LSCB should audit the use of its escalation procedure.', 'Velmarsh Council should review its guidance for parents who educate at home.'], 1): d.p('**Recommendation %d:** ' % n + x, indent=1, after=4)
    d.p('The first was carried out. The second was carried out and then, when the policy was rewritten in 2018, undone by oversight. No evidence of the third or fourth could be found.')
    d.h(TITLES[14], 1)
    d.table([4.5, 11.1], None, [['GP', 'General practitioner'], ['LCSPR', 'Local child safeguarding practice review'], ['LSCB', 'Local Safeguarding Children Board, replaced in 2019 by the Partnership'], ['Rapid review', 'The meeting that partners must hold within fifteen working days of learning of a serious incident']], size=10)
    d.save(NAME)

if __name__ == '__main__':
    build({}); build(heading_pages(NAME, TITLES))
    answers(NAME, dict(title='Local Child Safeguarding Practice Review: Linnet', reference='Linnet', type='SPR', publisher='Velmarsh Safeguarding Children Partnership',
            lead_reviewer='Nerys Aldwinter', published='2022-03', stated_count=9), R, ('Theme 1: When a child is not brought', -1, 'What has changed since', -1), NONE)
