"""Multi-agency thematic audit: landscape table with theme rows, action plan and single-agency lists in appendices (Word)."""
from common import *
NAME = 'audit-thornmarsh'
CSC, TCH, POL = "Children\u2019s Social Care", "Thornmarsh Community Healthcare Trust", "Wolden Constabulary"
R = {}
def rec(k, find, text, lead, by): R[k] = dict(number=k, find=find, text=text, addressee=lead, target_date=by)
rec('1.1', 'Auditors found three versions of the neglect tool in use, each adapted by a different service. Scores could not be compared.',
    'Partners should adopt one neglect screening tool for children aged five to eleven and withdraw the three locally adapted versions found by this audit.',
    'TSCP Executive', '30 June 2023')
rec('1.2', 'School records held many small entries which nobody had read together. In seven of twelve cases the referral came after an incident and not after the pattern.',
    'The partnership should publish a short guide for school staff on recording the small, repeated signs of neglect, which: (a) is agreed with the designated safeguarding leads\u2019 network before it is issued; (b) shows how a running record is turned into a referral; and (c) is reviewed after two school terms.',
    'Learning and Improvement Group', '29 September 2023')
rec('2.1', 'Only two of twelve assessments drew upon a chronology from more than one agency.',
    'Every assessment in which neglect is a feature should be supported by a chronology to which at least three agencies have contributed, and the assessment should say what the chronology shows.',
    CSC, '31 July 2023')
rec('2.2', 'Help was offered more than once in the same form. Families noticed this before professionals did.',
    'Assessors should record what has been tried before and with what result, so that help which did not last is not offered again unchanged.',
    CSC + ' and Early Help', '31 July 2023')
rec('2.3', 'Four fathers who saw their children every week were recorded as \u201cnot involved\u201d.',
    'Assessment templates in all agencies should require the worker to name every adult who cares for the child, to state how each has been spoken with, and to give the reason where one has not. Managers should return an assessment which leaves this blank.',
    'Quality Assurance Group', '31 October 2023')
rec('3.1', 'Dental decay was known to schools and to the school nursing service but not to the child\u2019s social worker.',
    'The Integrated Care Board should make sure that dental practices in Thornmarsh have a single point of contact for a child who is not brought to two appointments in succession, and that the contact is shared with: (i) the child\u2019s school nurse; (ii) the child\u2019s general practitioner; and (iii) where there is a plan, the lead professional.',
    'Integrated Care Board', '31 October 2023')
rec('3.2', '\u201cDid not attend\u201d was still used in nine records. It should have been replaced in 2020.',
    'Health providers should audit their use of \u201cwas not brought\u201d coding each year and report the result to the partnership.',
    'Health Safeguarding Forum', '31 March 2024')
rec('4.1', 'Five plans had been open for more than eighteen months with the same actions.',
    'Any child in need plan for neglect that has been open for twelve months should be reviewed by a manager who has not supervised the case, with the family present for at least part of the meeting.',
    CSC, '30 June 2023')
rec('4.2', 'Professionals told auditors that they disagreed with decisions but did not use the escalation procedure because it \u201cfelt like a complaint\u201d.',
    'The partnership should rewrite its escalation procedure as a procedure for resolving professional differences, test it with front-line staff from each agency, and report twice a year on how often it is used and what came of it.',
    'TSCP Business Unit', '29 December 2023')
SUMMARY = ['1.1', '2.1', '4.1']
PLAN = [('1.1', ['Task group to compare the three versions and recommend one', 'Licences for superseded versions should be ended at renewal'], 'Tool chosen by end of May', 'Amber'),
        ('2.1', ['Chronology template to be added to the case management system', 'Each agency should name a chronology contact'], 'Template tested in two teams', 'Amber'),
        ('3.1', ['Letter to practices from the dental adviser', 'Contact list must be refreshed each quarter'], 'Contact live by the end of August', 'Red'),
        ('4.1', ['List of plans open at twelve months to be produced monthly', 'Reviewing managers should be drawn from another locality'], 'First list in April', 'Green')]
SINGLE = [(CSC, [('The service should end the use of the heading \u201choarding\u201d as a reason for closure without a home visit.', 'The service'),
                 ('Extend the group supervision pilot in the Eastern locality to all locality teams, with a neglect case brought to each session.', CSC)]),
          (TCH, [('Provide school nurses with read access to the dental referral record.', TCH),
                 ('The Trust should add height and weight measured in Year 3 to the information which a school nurse brings to a child protection conference.', 'The Trust')]),
          (POL, [('Officers who attend an address where children live should record the condition of the home in the public protection notice, and should describe what they saw rather than grade it.', 'Officers')])]
ITEMS = [dict(number=k, text=v['text'], addressee=v['addressee'], target_date=v['target_date'], kind='recommendation', main=1 if k in SUMMARY else 0) for k, v in R.items()]
for ag, l in SINGLE:
    for i, (t, a) in enumerate(l, 1): ITEMS.append(dict(number=str(i), text=t, addressee=a, kind='recommendation', single_agency=True))
NONE = ['Every child in the audit should have had a named person to talk to',
        'A good neglect chronology should be short enough to be read',
        'The home should be described in words that the family would recognise',
        'Supervision should ask what the child\u2019s day is like',
        'The Board should introduce a neglect strategy by the end of 2019',
        'All agencies should train their staff in the neglect toolkit',
        'The Board should receive a yearly report on repeat referrals',
        'Licences for superseded versions should be ended at renewal',
        'Each agency should name a chronology contact',
        'It should have been replaced in 2020',
        'Should the case have been stepped up or stepped down',
        'Since the audit, Early Help has moved its panel to a weekly meeting',
        'Whether professionals should have acted sooner, and what stood in the way',
        'Progress against these recommendations will be reported to the Executive',
        'Reviewing managers should be drawn from another locality',
        'Somebody should have asked me what I had for tea']
REVIEW = dict(title='Multi-Agency Thematic Audit: Neglect in the Middle Years', type='audit', publisher='Thornmarsh Safeguarding Children Partnership',
              lead_reviewer='Perpetua Lindhurst', published='2023-03', stated_count=14)

def build():
    D = Doc('Carlito', 11, after=7); d = D.d
    heading_style(D, 1, 'Carlito', 17, '1F4E79', 18, 8); heading_style(D, 2, 'Carlito', 13, '2E75B6', 10, 4)
    s = d.sections[0]
    s.different_first_page_header_footer = True
    D.p('OFFICIAL \u2013 SENSITIVE', s.header, align='c', size=9, bold=True, color='C00000')
    s.header.paragraphs[0]._p.getparent().remove(s.header.paragraphs[0]._p)
    fp = s.footer.paragraphs[0]
    D.rich(fp, 'TSCP multi-agency audit: neglect 5\u201311  FINAL v1.2\tPage ', size=8, color='666666'); D.field(fp, 'PAGE', size=8, color='666666')
    D.rich(fp, ' of ', size=8, color='666666'); D.field(fp, 'NUMPAGES', size=8, color='666666')
    # cover
    D.p('Thornmarsh Safeguarding Children Partnership', align='l', before=90, size=15, color='2E75B6')
    p = D.p('Multi-Agency Thematic Audit', size=34, bold=True, color='1F4E79', after=0)
    D.p('Neglect in the Middle Years', size=24, color='1F4E79', after=2)
    D.p('Twelve children aged five to eleven and the help they received', size=14, italic=True, after=40)
    t = d.add_table(rows=0, cols=2); t.style = 'Table Grid'
    for a, b in [('Report author', 'Perpetua Lindhurst, Independent Auditor'), ('Commissioned by', 'Quality Assurance Group'), ('Date of report', 'March 2023'), ('Status', 'FINAL v1.2 \u2013 for publication'), ('Review date', 'March 2024')]:
        r = t.add_row().cells; shade(r[0], 'DEEAF6'); D.rich(r[0].paragraphs[0], a, bold=True); D.rich(r[1].paragraphs[0], b)
    widths(t, [4.5, 11.5])
    d.add_page_break()
    D.p('Contents', size=17, bold=True, color='1F4E79')
    for a, n in [('1.  Summary', 3), ('2.  Scope and method', 3), ('3.  What the grades show', 4), ('4.  Findings by theme', 4), ('5.  What children and parents said', 5), ('6.  Earlier audit: where are we now?', 5), ('7.  Recommendations', 6), ('Appendix A.  Action plan for the priority recommendations', 8), ('Appendix B.  Single agency recommendations', 9), ('Appendix C.  Audit questions and glossary', 9)]:
        p = D.p(a + '\t' + str(n), after=3)
        pp = p._p.get_or_add_pPr(); tabs = el('w:tabs'); tabs.append(el('w:tab', val='right', leader='dot', pos=9000)); pp.append(tabs)
    d.add_page_break()
    d.add_heading('1.  Summary', 1)
    D.p('Between October 2022 and January 2023 the partnership audited the help given to twelve children aged five to eleven who had been living with neglect. Children of this age are old enough to cope and to hide what is happening, and too young to leave it. They were known to schools, health services and, for the most part, to early help or social care. What was less often known was how the small matters added up.')
    D.p('Practice was graded good in three cases, requiring improvement in seven and inadequate in two. No child was found to be at immediate risk which had not been recognised. Two cases were returned to the responsible managers during the audit and action was taken within a day.')
    D.p('The audit makes fourteen recommendations: nine for the partnership, which are set out with the findings in section 7, and five for single agencies, which are in Appendix B. Auditors regard the following as the most pressing:')
    for k in SUMMARY: D.p(R[k]['text'], style='List Bullet', after=4)
    D.p('The audit also saw work of high quality. A teaching assistant had kept a daily note of a child\u2019s breakfast for a term, and her note changed the plan. A family support worker had cleaned a kitchen with a mother rather than telling her to do so.')
    D.p('Auditors are grateful to the five parents and four children who spoke with them. Every child in the audit should have had a named person to talk to; eight of them did, and could say who it was.')
    d.add_heading('2.  Scope and method', 1)
    D.p('Cases were drawn at random from three lists: children with an early help plan, children in need and children subject to a child protection plan under the category of neglect. The audit period was the two years to September 2022. Each agency completed a single audit tool and a moderation panel met on four occasions. The terms of reference asked auditors to consider:')
    num = D.numbering([('lowerLetter', '%1)', 1.4, 0.7, None, False)])
    for x in ['How early neglect was recognised, and by whom;', 'Whether assessments should have drawn more upon history;', 'Whether professionals should have acted sooner, and what stood in the way;', 'How well health needs, and teeth in particular, were understood;', 'Whether plans changed anything for the child.']:
        D.li(D.p(x, after=2), num)
    D.p('The audit did not reach a view on the conduct of any named worker. Where a record was silent auditors asked before concluding that the work had not been done.', before=6)
    d.add_heading('3.  What the grades show', 1)
    D.p('Table 1: Grades by theme (number of cases)', bold=True, size=10, after=3, keep=True)
    t = d.add_table(rows=1, cols=5); t.style = 'Table Grid'
    for c, x in zip(t.rows[0].cells, ['Theme', 'Outstanding', 'Good', 'Requires improvement', 'Inadequate']): shade(c, '1F4E79'); D.rich(c.paragraphs[0], x, bold=True, size=10, color='FFFFFF')
    for row in [('1 Recognising neglect', '1', '4', '6', '1'), ('2 Assessment and history', '0', '2', '7', '3'), ('3 Health and teeth', '0', '3', '5', '4'), ('4 Planning and drift', '0', '4', '5', '3'), ('Overall', '0', '3', '7', '2')]:
        for c, x in zip(t.add_row().cells, row): D.rich(c.paragraphs[0], x, size=10)
    widths(t, [5.2, 2.6, 2.2, 3.6, 2.4])
    D.p('Grades should be read with care. Twelve cases are too few to say anything about services as a whole, and an agency which writes more down will often look worse than one that writes less.', before=8)
    d.add_heading('4.  Findings by theme', 1)
    def box(title, lines):
        t = d.add_table(rows=1, cols=1); t.style = 'Table Grid'; c = t.rows[0].cells[0]; shade(c, 'E2EFD9')
        D.rich(c.paragraphs[0], title, bold=True, color='375623')
        for l in lines: D.p(l, c, style='List Bullet', after=2, size=10.5)
        D.p('', after=4)
    d.add_heading('Theme 1: Recognising neglect', 2)
    D.p('Schools recognised neglect first in nine cases. They described it well: wet shoes, a coat outgrown, a child who was first at the gate and last to leave. Entries were made by different adults on different days and stayed separate. The tool that was meant to bring them together existed in three versions, and one of them had lost the page on which the total is interpreted.')
    box('What good looks like', ['A good neglect chronology should be short enough to be read in a meeting.', 'The home should be described in words that the family would recognise.'])
    d.add_heading('Theme 2: Assessment and history', 2)
    D.p('Assessments were kind and often thorough about the present. They were thin about the past. In one family the same parenting course had been offered on four occasions under three names. Nobody had asked what had happened on the last occasion, and the mother, who could have told them, had concluded that nobody wanted to know. Fathers and new partners were missing from half of the assessments.')
    d.add_heading('Theme 3: Health and teeth', 2)
    D.p('Poor teeth were the most constant sign across the audit. Ten children had decay and six had missed school with pain. The information was held in places that do not speak with one another. Dental practices told auditors that they had no one to ring.')
    d.add_heading('Theme 4: Planning and drift', 2)
    D.p('Plans began well. Actions were often carried over from one meeting to the next in the same words. Supervision was regular and recorded, but was concerned with tasks. Where a supervisor had asked about the child, the plan changed.')
    box('What good looks like', ['Supervision should ask what the child\u2019s day is like from waking to sleeping.', 'The lead professional must be someone whom the family can ring.'])
    d.add_heading('5.  What children and parents said', 1)
    for q, w in [('\u201cSomebody should have asked me what I had for tea. I would have said.\u201d', 'Boy, aged nine'), ('\u201cThey all had a form. It was the same form. I thought, you must have this already.\u201d', 'Mother of three'), ('\u201cShe took her shoes off at the door. Nobody else had.\u201d', 'Father')]:
        D.p(q, italic=True, indent=1.2, after=0, keep=True); D.p(w, indent=1.2, size=9.5, color='666666')
    D.p('Since the audit, Early Help has moved its panel to a weekly meeting, and schools may now attend by telephone. The school nursing service has begun to ask about teeth at every contact.')
    d.add_heading('6.  Earlier audit: where are we now?', 1)
    D.p('The former Board carried out an audit of neglect in 2018. Table 2 lists the recommendations of that audit and the moderation panel\u2019s view of what came of them.')
    D.p('Table 2: Recommendations of the 2018 audit', bold=True, size=10, after=3, keep=True)
    t = d.add_table(rows=1, cols=4); t.style = 'Table Grid'
    for c, x in zip(t.rows[0].cells, ['No.', 'Recommendation (2018)', 'Agency', 'Position in 2023']): shade(c, '7F7F7F'); D.rich(c.paragraphs[0], x, bold=True, size=10, color='FFFFFF')
    repeat(t.rows[0])
    for row in [('1', 'The Board should introduce a neglect strategy by the end of 2019.', 'Board', 'Met. The strategy lapsed in 2022.'), ('2', 'All agencies should train their staff in the neglect toolkit.', 'All', 'Partly met. Trained staff have left.'), ('3', 'The Board should receive a yearly report on repeat referrals.', 'Board', 'Not met.')]:
        for c, x in zip(t.add_row().cells, row): D.rich(c.paragraphs[0], x, size=10)
    widths(t, [1.2, 7.4, 2.2, 5.2])
    D.p('The pattern is a familiar one: what could be done once was done, and what had to be kept up was not. The recommendations in the next section have been written with that in mind.', before=8)
    # landscape section
    from docx.enum.section import WD_SECTION
    s2 = d.add_section(WD_SECTION.NEW_PAGE); D.geom(s2, (2, 2, 2, 2), True); s2.different_first_page_header_footer = False
    d.add_heading('7.  Recommendations', 1)
    D.p('Each recommendation is set beside the finding from which it arises. The lead named is answerable to the Quality Assurance Group; other agencies should expect to be asked to contribute.')
    t = d.add_table(rows=1, cols=5); t.style = 'Table Grid'
    W = [1.5, 7.4, 9.8, 3.6, 3.2]
    for c, x in zip(t.rows[0].cells, ['Ref', 'Audit finding', 'Recommendation', 'Lead', 'By when']): shade(c, '1F4E79'); D.rich(c.paragraphs[0], x, bold=True, color='FFFFFF')
    repeat(t.rows[0])
    themes = {'1': 'Theme 1: Recognising neglect', '2': 'Theme 2: Assessment and history', '3': 'Theme 3: Health and teeth', '4': 'Theme 4: Planning and drift'}
    last = None
    merges = []
    for k, v in R.items():
        if k[0] != last:
            last = k[0]; r = t.add_row(); merges.append((r, themes[last]))
        c = t.add_row().cells
        for x, y in zip(c, [k, v['find'], v['text'], v['addressee'], v['target_date']]): D.rich(x.paragraphs[0], y, size=12 if y is v['text'] else 11)
        if '(a)' in v['text'] or '(i)' in v['text']:
            c[2].paragraphs[0].clear()
            parts = re.split(r' (?=\((?:a|b|c|i|ii|iii)\))', v['text'])
            D.rich(c[2].paragraphs[0], parts[0], size=12)
            for q in parts[1:]: D.p(q, c[2], indent=0.8, hang=0.6, after=2, size=12)
    widths(t, W)
    for r, x in merges:
        m = r.cells[0].merge(r.cells[4]); shade(m, 'DEEAF6'); D.rich(m.paragraphs[0], x, bold=True); m.paragraphs[0].paragraph_format.keep_with_next = True
    D.p('Progress against these recommendations will be reported to the Executive in September 2023 and again in March 2024, when a sample of the same size will be drawn.', before=8)
    d.add_heading('Appendix A.  Action plan for the priority recommendations', 1).paragraph_format.page_break_before = True
    D.p('The plan for the remaining recommendations is kept by the business unit and is not published.', italic=True)
    t = d.add_table(rows=1, cols=7); t.style = 'Table Grid'
    for c, x in zip(t.rows[0].cells, ['Ref', 'Recommendation', 'Key actions', 'Lead', 'Milestone', 'Target date', 'RAG']): shade(c, 'BDD6EE'); D.rich(c.paragraphs[0], x, bold=True, size=10)
    repeat(t.rows[0])
    col = {'Amber': 'FFC000', 'Red': 'FF5050', 'Green': '92D050'}
    for k, acts, mile, rag in PLAN:
        v = R[k]; r = t.add_row(); c = r.cells
        for x, y in zip(c, [k, v['text'], '', v['addressee'], mile, v['target_date'], rag]): D.rich(x.paragraphs[0], y, size=10)
        shade(c[6], col[rag])
        for i, a in enumerate(acts):
            p = c[2].paragraphs[0] if i == 0 else c[2].add_paragraph()
            D.rich(p, '\u2022 ' + a, size=10)
    widths(t, [1.2, 7.8, 6.2, 3.0, 3.2, 2.5, 1.6])
    s3 = d.add_section(WD_SECTION.NEW_PAGE); D.geom(s3, (2.5, 2.5, 2.5, 2.5))
    d.add_heading('Appendix B.  Single agency recommendations', 1)
    D.p('These arise from the agencies\u2019 own audit returns and have been accepted by the agency named. Each agency monitors its own.')
    num = D.numbering([('decimal', '%1.', 1.0, 0.8, None, True)]); base = D.nid
    for i, (ag, l) in enumerate(SINGLE):
        n = num if i == 0 else D.newnum(True, base)
        D.p(ag, bold=True, before=8, after=3, keep=True)
        for x, _ in l: D.li(D.p(x, after=4), n)
    D.p('Early Help and the Probation Service made no recommendations of their own. Both asked that the partnership\u2019s recommendations should apply to them in full, and this was agreed.', before=8)
    d.add_heading('Appendix C.  Audit questions and glossary', 1)
    num = D.numbering([('decimal', 'Q%1', 1.2, 1.0, None, False)])
    for x in ['Was neglect named, and when?', 'Should the case have been stepped up or stepped down at any point?', 'What did the agency know that others did not?', 'What would the child say has changed?', 'What must happen next for this child?']:
        D.li(D.p(x, after=2), num)
    D.p('Glossary', bold=True, before=10)
    for a, b in [('Early help plan', 'a plan made with a family\u2019s consent by any agency'), ('Moderation', 'the meeting at which auditors agree a grade'), ('TSCP', 'Thornmarsh Safeguarding Children Partnership'), ('Was not brought', 'the term which should be used when a child misses an appointment, in place of \u201cdid not attend\u201d')]:
        D.p('**%s**: %s' % (a, b), after=2, size=10)
    D.save(NAME)
if __name__ == '__main__': build()
