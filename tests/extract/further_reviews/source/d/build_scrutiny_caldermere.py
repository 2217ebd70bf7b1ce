"""Independent scrutiny report: areas for improvement beside strengths, numbered paragraphs from first to last (Word)."""
from common import *
NAME = 'scrutiny-caldermere'
ITEMS, PRIORITY = [], []
def area(text, lead=None, who=None, pri=False):
    ITEMS.append(dict(text=text, lead_in=lead, addressee=who, kind='area', main=1 if pri else 0))
    if pri: PRIORITY.append(text)
    return text
L1 = 'Partners need to improve:'
A1 = [area('The timeliness of pre-birth assessments, so that a plan is agreed by the thirtieth week of pregnancy and is known to the midwife who will be on duty.', L1, 'Partners', True),
      area('How information about a baby\u2019s father and his other children is sought, checked and shared.', L1, 'Partners'),
      area('The part that general practitioners play in pre-birth planning, which at present is limited to replying to letters.', L1, 'Partners')]
A2 = [area('The consistency with which safer sleeping is discussed in the room where the baby will sleep, rather than in the clinic.', None, None, True),
      area('The recording of what a parent says in reply to advice: in most files the advice is noted and the answer is not.'),
      area('The visibility of overnight arrangements that change, including when a family stays with relatives or in temporary accommodation.'),
      area('Arrangements for cover when a health visitor is absent for more than four weeks.')]
A3 = [area('Strategy discussions about bruising in babies who are not yet mobile do not always include a paediatrician, and should.', None, None, True),
      area('The quality of the written record of strategy discussions: decisions are recorded, reasons are not. In the files that I read, the following were most often missing: the views of the agency that disagreed; what was known of earlier injuries; who would tell the parents, and when.'),
      area('The speed with which skeletal surveys are reported at weekends.')]
L4 = 'The Integrated Care Board and the maternity provider should improve:'
A4 = [area('the way in which learning from perinatal mental health reviews is brought to midwives working in the community;', L4, 'The Integrated Care Board and the maternity provider'),
      area('the supervision offered to midwives who carry a safeguarding caseload; and', L4, 'The Integrated Care Board and the maternity provider'),
      area('the recording of interpreters used in labour[[fn:Recording was complete in six of the sixteen files in which an interpreter had been needed.]] and after it.', L4, 'The Integrated Care Board and the maternity provider')]
RECS = [('The three statutory partners should agree a single pathway for unborn babies about whom there is concern, with one referral form, one threshold and one panel, and should bring it into use within six months of this report.', 'The three statutory partners'),
        ('The lead safeguarding partners should decide, and publish, how they will know whether the pathway is working, before it is brought into use.', 'The lead safeguarding partners'),
        ('The Director of Children\u2019s Services should:', 'The Director of Children\u2019s Services', ['review the capacity of the pre-birth team, having regard to the rise in referrals since 2020;', 'ensure that no pre-birth assessment is held by a worker who has not completed the specialist course; and', 'report the outcome of both to the Executive in the spring.']),
        ('Caldermere Royal Infirmary Trust should provide a paediatric opinion by telephone to every strategy discussion that concerns a baby under six months, on every day of the week.', 'Caldermere Royal Infirmary Trust'),
        ('It is recommended that the partnership\u2019s data set be reduced to those measures which the Executive has discussed at least once in the past year.', None),
        ('The Constabulary should ensure that officers who attend a domestic incident ask to see where the baby sleeps.[[fn:The practice was introduced in one of the two basic command units in 2021.]] The answer should be entered in the notice sent to the multi-agency hub.', 'The Constabulary')]
NONE = ['Nobody should leave this report thinking that babies in Caldermere are unsafe',
        'I asked whether the right people knew the right things',
        'Midwives know that they should ask about the baby',
        'The Executive should be commended for asking for scrutiny',
        'Practitioners say that supervision should be, and usually is',
        'everyone should be told the reason as well as the rule',
        'Partnerships elsewhere should look at the Caldermere sleep card',
        'The inspectorate said in 2020 that leaders should improve the timeliness',
        'My recommendations are few on purpose',
        'They do not replace the areas for improvement',
        'I shall return in October 2023',
        'The partnership must publish its response within three months',
        'Scrutiny should be a mirror and not a microscope',
        'Health visitors visit when they say they will',
        'The partnership should stop asking for the same figures twice',
        'Managers should be told first and the procedure used second',
        'Recording was complete in six of the sixteen files']
REVIEW = dict(title='Babies First? Independent scrutiny of multi-agency arrangements for children under one in Caldermere', type='other', publisher='Caldermere Safeguarding Children Partnership',
              lead_reviewer='Osric Tamblyn-Vane', published='2022-11-14')

def build():
    D = Doc('Caladea', 12, after=9, line=1.2, margins=(2.8, 3.0, 2.4, 3.0)); d = D.d
    heading_style(D, 1, 'Liberation Sans', 15, '4B2E63', 20, 8); heading_style(D, 2, 'Liberation Sans', 11.5, '4B2E63', 12, 4); heading_style(D, 3, 'Liberation Sans', 11, '000000', 8, 4, italic=True)
    s = d.sections[0]
    D.rich(s.header.paragraphs[0], 'Independent Scrutiny \u00b7 Babies First?', italic=True, size=9, color='4B2E63'); s.header.paragraphs[0].paragraph_format.alignment = 2
    f = s.footer.paragraphs[0]; f.paragraph_format.alignment = 1; D.rich(f, '\u2013 ', size=9); D.field(f, 'PAGE', size=9); D.rich(f, ' \u2013', size=9)
    num = D.numbering([('decimal', '%1.', 1.0, 1.0, None, False), ('lowerLetter', '(%2)', 2.0, 0.8, None, False)])
    count = [0]
    def n(text):
        count[0] += 1
        return D.li(D.p(text, align='j'), num)
    bul = D.numbering([('bullet', '\uf0a7', 0.6, 0.5, 'Wingdings', False)]); bul1 = D.numbering([('bullet', '\uf0b7', 1.8, 0.6, 'Symbol', False)])
    D.p('Caldermere Safeguarding Children Partnership', size=13, before=40, font='Liberation Sans')
    D.p('Babies First?', size=38, bold=True, color='4B2E63', after=0)
    D.p('Independent scrutiny of multi-agency arrangements for children under one in Caldermere', size=16, after=16)
    D.p('Osric Tamblyn-Vane', size=13, after=0); D.p('Independent Scrutineer', italic=True, after=0); D.p('14 November 2022', after=30)
    p = pborder(D.p('\u201cScrutiny should be a mirror and not a microscope.\u201d', italic=True, size=14, align='c'), 'top bottom', 12, '4B2E63', 8)
    D.p('from the partnership\u2019s scrutiny protocol', align='c', size=9, after=20)
    d.add_heading('In brief', 1).paragraph_format.page_break_before = True
    n('I was asked by the Executive in May 2022 to look at how well partners protect babies. I read forty files, spent nine days with teams, and talked with thirty-one parents. I asked whether the right people knew the right things at the right time.')
    n('My answer is that they usually did. Nobody should leave this report thinking that babies in Caldermere are unsafe. There is much skill here and much kindness. What is missing is most often missing in the same three places.')
    t = d.add_table(rows=1, cols=1); t.style = 'Table Grid'; c = t.rows[0].cells[0]; shade(c, 'EDE6F2')
    D.rich(c.paragraphs[0], 'Priority areas for improvement', bold=True, font='Liberation Sans', color='4B2E63')
    for x in PRIORITY: D.li(D.p(x, c, after=4), bul)
    D.p('', after=2)
    n('The Executive should be commended for asking for scrutiny of a subject on which no review had required it. The inspectorate said in 2020 that leaders should improve the timeliness of pre-birth work; they have made a beginning, and know that it is one.')
    d.add_heading('How I went about it', 1)
    n('The files were chosen so that each agency supplied eight. I read them without knowing the grade which the agency had given. Where I disagreed I met the auditor and in all but one case we came to the same view.')
    n('I visited two children\u2019s centres, the maternity unit at night, the multi-agency hub, a general practice and a refuge. I listened more than I asked. I have used the first person throughout because the judgements are mine.')
    n('Each of the sections that follow gives what is strong and what partners should attend to. I have kept to matters that more than one file or more than one visit bore out.')
    d.add_heading('Before birth', 1)
    n('Midwives know that they should ask about the baby\u2019s father, about the home and about fear, and they do ask. In thirty-four of forty files the questions had been put and answered by the sixteenth week. The midwives\u2019 concern was passed on quickly. It then waited.')
    n('The wait was for an assessment. In eleven files the assessment was completed less than two weeks before the baby was born, and in four after. Plans made late are plans made by few. In two cases the midwife on duty first heard of the plan from the mother.')
    d.add_heading('Strengths', 2)
    for x in ['Early and careful questions by midwives, recorded in the mother\u2019s own words.', 'A perinatal mental health team to which any professional may speak on the day.', 'Practitioners say that supervision should be, and usually is, a place where they can say they do not know.']: D.li(D.p(x, after=4), bul1)
    d.add_heading('Areas for improvement', 2)
    D.p(L1, keep=True, after=4)
    for x in A1: D.li(D.p(x, after=4), bul1)
    def side(title, strong, weak):
        t = d.add_table(rows=2, cols=2); t.style = 'Table Grid'
        for c, x, fill in zip(t.rows[0].cells, ['What is working well', 'Areas for improvement'], ['DDEBDA', 'F6E3D5']): shade(c, fill); D.rich(c.paragraphs[0], x, bold=True, font='Liberation Sans', size=10.5)
        repeat(t.rows[0])
        for c, l in zip(t.rows[1].cells, [strong, weak]):
            for i, x in enumerate(l):
                p = D.p(x, c, after=4, size=10.5) if i else D.rich(c.paragraphs[0], x, size=10.5)
                p.paragraph_format.space_after = Pt(4); D.li(p, bul)
        widths(t, [7.2, 7.8]); D.p('', after=2)
    d.add_heading('Sleep and the home', 1)
    n('Eight babies died suddenly in the county in the ten years to 2021. Every one was sleeping somewhere that was not usual for that night. The advice which parents receive is plain and is given often. What I looked for was whether anyone had seen the place.')
    n('A health visitor in the northern team keeps a sleep card, on which she and the parent draw the room together. It takes five minutes. One mother had kept hers on the refrigerator for a year. Parents told me that everyone should be told the reason as well as the rule, and that the card did this.')
    n('I asked eleven parents where the baby had slept on the night before. Four had been somewhere else. None had been asked about it, and all would have said. One father had made a cot from a drawer and was pleased that I wished to see it.')
    n('The table below gives my judgement.')
    side('', ['Health visitors visit when they say they will.', 'Partnerships elsewhere should look at the Caldermere sleep card.', 'Housing officers have been trained in safer sleeping and are proud of it.', 'Fathers are spoken to about sleep at the new birth visit.'], A2)
    d.add_heading('Injury', 1)
    n('Bruising in a baby who cannot roll is rare and matters. The partnership has a clear procedure, revised in 2021, and staff could tell me what it said. In nine files I saw the procedure used. In five it was used within the hour.')
    n('In three files the strategy discussion was held without a paediatrician. No reason is recorded. I was told that it was late, that it was a Saturday, and that the answer was obvious. It was not obvious to me when I read the file.')
    n('I sat in the hub for a day and a night. The discussions which I heard were unhurried. The chair asked each person for a view before giving her own, and on one occasion altered hers. She told me afterwards that this was the reason for asking in that order. I have seen the other order elsewhere.')
    n('The reporting of scans is a matter for the hospital and for the region. Partners in Caldermere cannot put it right by themselves, but they can say plainly what the delay costs.')
    side('', ['Staff know the procedure and do not feel that they must apologise for using it.', 'Parents are told what is happening, and by someone senior.', 'The hub answers at all hours. Referrers should hear the outcome within a day, and do.', 'Police and social workers visit together, and explain together.'], A3)
    d.add_heading('Learning and supervision', 1)
    n('Learning travels well within agencies and slowly between them. The hospital holds a monthly meeting at which cases are discussed with candour. Community midwives do not attend, because the meeting is at noon and they are in people\u2019s homes.')
    n('Staff speak highly of the partnership\u2019s seven-minute briefings. A health visitor said that there should be fewer of them and that each should be read twice.')
    d.add_heading('Areas for improvement', 2)
    D.p(L4, keep=True, after=4)
    for x in A4: D.li(D.p(x, after=4), bul1)
    d.add_heading('Recommendations', 1)
    n('My recommendations are few on purpose. They do not replace the areas for improvement set out in the earlier sections, which partners will wish to take up in their own plans; they concern matters which will not move unless someone is asked to move them.')
    for r in RECS:
        n(r[0]); no = str(count[0]); text = r[0]
        if len(r) > 2:
            for i, x in enumerate(r[2]):
                D.li(D.p(x, align='j', after=4), num, 1); text += ' (%s) %s' % ('abc'[i], x)
        if not any(i.get('number') == no for i in ITEMS): ITEMS.append(dict(number=no, text=text, addressee=r[1], kind='recommendation'))
    d.add_heading('What happens now', 1)
    n('The partnership must publish its response within three months, as its own protocol requires. I do not ask for an action plan; I ask that the response says what will be different for a baby born in Caldermere next year.')
    n('I shall return in October 2023 to read ten files and to sit again in the maternity unit at night. I should be glad to find that the midwife on duty has the plan in her hand.')
    n('I thank those who let me watch them work, and the parents, one of whom asked me to write that the second health visitor was the one who listened.')
    D.p('Osric Tamblyn-Vane', before=16, after=0, bold=True); D.p('Independent Scrutineer to the partnership', italic=True)
    d.add_heading('Annex: questions that I put to teams', 1).paragraph_format.page_break_before = True
    D.p('I put the same seven questions to each team, and add what I most often heard.', italic=True)
    t = d.add_table(rows=1, cols=2); t.style = 'Table Grid'
    for c, x in zip(t.rows[0].cells, ['Question', 'What I most often heard']): shade(c, 'EDE6F2'); D.rich(c.paragraphs[0], x, bold=True, size=10.5)
    for a, b in [('Who is the baby that you are most worried about tonight?', 'A name, at once.'), ('What should happen if you disagree with a decision?', 'Managers should be told first and the procedure used second.'), ('When did you last change your mind?', 'A pause, and then something honest.'), ('Whom would you ring?', 'A name rather than a number.'), ('What do fathers tell you?', 'That no one has asked.'), ('What should the partnership stop doing?', 'The partnership should stop asking for the same figures twice.'), ('What ought I to have asked?', 'What we are good at.')]:
        for c, x in zip(t.add_row().cells, (a, b)): D.rich(c.paragraphs[0], x, size=10.5)
    widths(t, [7.5, 7.5])
    D.save(NAME)
if __name__ == '__main__': build()
