"""SCR Family L (2009): hand-numbered running paragraphs in capitals-and-Times style, agency sub-headings,
numbering that goes on after the recommendations, IMR recommendations by agency in an appendix."""
from wordkit import *
NAME = 'scr-family-l'
B, S = False, True
CS = 'Children’s Services'
MAIN = [  # running paragraph numbers 43..; grouped
 ('MELCASTER LOCAL SAFEGUARDING CHILDREN BOARD', [
  item('The Board should issue guidance upon neglect which requires a single chronology, kept by one named agency, wherever three or more agencies are concerned about the same household.', '37', addressee='The Board'),
  item('The Board should satisfy itself, by an audit of thirty cases drawn from all agencies before the end of June 2010, that children who are the subject of concern about neglect are seen alone and that what they say is written down in their own words.', '38', addressee='The Board'),
  item([('', 'The Board should review its arrangements for resolving disagreement between agencies. The revised arrangements should:'),
        ('•', 'allow any practitioner to ask for a second opinion upon a decision that a referral does not meet the threshold;'),
        ('•', 'require an answer from a manager within two working days; and'),
        ('•', 'provide that the name of the child, and not of the practitioner who complains, shall head the paper.')], '39', addressee='The Board')]),
 ('MELCASTER CHILDREN’S SERVICES', [
  item('The Director should bring to an end the practice of closing a case upon the ground that a parent has not replied to letters.', '40', addressee='The Director'),
  item('No initial assessment of a family in which there has been an earlier assessment within two years should be signed off unless the manager who signs has read the earlier one and has said so upon the form.', '41', addressee='MELCASTER CHILDREN’S SERVICES')]),
 ('MELCASTER PRIMARY CARE TRUST AND THE SALLOW CENTRE', [
  item('The Primary Care Trust, together with the Sallow Centre, should draw up a protocol by which a worker who treats an adult for dependence upon drugs or alcohol asks about children at the first meeting, sees the home within six weeks, and tells the health visitor or school nurse that treatment has begun. The protocol should be explained to each patient before consent is sought, should set out in plain words when information will be shared without consent, and should be brought back to the Board twelve months after it has come into use, with an account of the number of children about whom information was shared and of what was then done for them.', '42', addressee='The Primary Care Trust, together with the Sallow Centre')]),
 ('SCHOOLS', [
  item('The governing body of Tallow Street Infant School and the Director should agree how concerns about a child’s clothing, food and cleanliness are to be noted day by day, and at what point the notes are to be shown to the designated teacher.', '43', addressee='The governing body of Tallow Street Infant School and the Director')]),
]
IMR = [
 ('Melcaster Children’s Services', None, [
  item('All referrals that concern neglect should be entered upon the database on the day of receipt.', '1', addressee='Melcaster Children’s Services'),
  item('Supervision of social workers should take place each month and a note of it should be kept upon the child’s file.', '2', addressee='Melcaster Children’s Services'),
  item('The Duty and Assessment Service should no longer use agency staff to complete core assessments, save with the written agreement of the Assistant Director.', '3', addressee='The Duty and Assessment Service'),
  item('Team managers should sample five closed files in each quarter.', '4', addressee='Team managers')]),
 ('Melcaster Primary Care Trust', None, [
  item('Health visitors should make use of the home conditions scale at each of the child’s first three reviews.', '1', addressee='Health visitors'),
  item('The caseload of any health visitor should not rise above three hundred and fifty without the knowledge of the Director of Nursing.', '2', addressee='Melcaster Primary Care Trust'),
  item('General practitioners should mark the records of children who live in the same household so that the one can be found from the other.', '3', addressee='General practitioners')]),
 ('Holmwater Hospitals NHS Trust', 'The Trust should:', [
  item('Ask every adult who is admitted as an emergency whether there are children at home and who is looking after them', None, addressee='The Trust', lead_in='The Trust should:'),
  item('Display the telephone number of the out of hours duty social worker in all admission areas', None, addressee='The Trust', lead_in='The Trust should:'),
  item('Include the needs of children in the induction of doctors in training', None, addressee='The Trust', lead_in='The Trust should:')]),
 ('Westering Constabulary', None, [
  item('Form 17 should be amended so that an officer who finds a home in poor condition may send it to the Public Protection Unit although no offence has been disclosed.', '1', addressee='Westering Constabulary'),
  item('Briefing upon neglect should be given to all response teams by March 2010.', '2', addressee='Westering Constabulary')]),
 ('Melcaster Homes', None, [
  item('Tenancy officers should report a concern about a child, by telephone, upon the day on which it arises.', '1', addressee='Tenancy officers')]),
]
ITEMS = [i for _, g in MAIN for i in g] + [dict(i, single_agency=True) for _, _, g in IMR for i in g]
META = dict(title='Serious Case Review: Family L (Children L1 and L2). Overview Report', reference='Family L', type='SCR', publisher='Melcaster Local Safeguarding Children Board',
  lead_reviewer='Ivor Kestleby', published='2009-11', main_from='The recommendations which follow are addressed', stated_count=None,
  none_of=['Whether the thresholds for referral were understood and whether they should be revised',
   'Every agency should have asked, and asked again, what a day was like',
   'A letter of 2 May 2006 had recommended that the school nurse should visit',
   'The Board should prepare a neglect strategy and should train all staff in its use',
   'The Panel should not wish to part from this case without a word of thanks',
   'It will be for the Board to see that an action plan is made',
   'A copy of this report should be given to the children when they are of an age to ask for it',
   'The duty desk must now ring back every referrer before the end of the day',
   'Since September 2009 all referrals about neglect should be copied to the Neglect Adviser',
   'Good practice: the receptionist at the surgery'])

def build():
    d = base('Liberation Serif', 12, after=8, line=1.15)
    s = d.sections[0]; s.left_margin = Cm(3.2); s.right_margin = Cm(2.6); s.top_margin = Cm(2.5); s.bottom_margin = Cm(2.3)
    hp = s.header.paragraphs[0]; hp.alignment = WD_ALIGN_PARAGRAPH.RIGHT; runs(hp, 'RESTRICTED UNTIL PUBLICATION', size=9, bold=True)
    fp = s.footer.paragraphs[0]; fp.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(fp, '- ', size=10); field(fp, 'PAGE', size=10); runs(fp, ' -', size=10)
    fp2 = s.footer.add_paragraph(); fp2.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(fp2, 'Melcaster LSCB: Overview Report, Family L, November 2009', size=8, italic=True)
    def head(t, sp=30, brk=False):
        p = d.add_paragraph(); p.paragraph_format.space_before = Pt(16); p.paragraph_format.keep_with_next = True; p.paragraph_format.page_break_before = brk
        runs(p, t, bold=True, spacing=sp, size=13); return p
    def sub(t, u=True):
        p = d.add_paragraph(); p.paragraph_format.space_before = Pt(8); p.paragraph_format.keep_with_next = True; runs(p, t, bold=True, underline=u); return p
    n = [0]
    def N(t, label=None):
        n[0] += 1
        p = d.add_paragraph(); p.paragraph_format.left_indent = Cm(1.25); p.paragraph_format.first_line_indent = Cm(-1.25); p.paragraph_format.tab_stops.add_tab_stop(Cm(1.25))
        p.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        runs(p, f'{n[0]}.\t{t}'); return p
    bl = new_list(d, 'bullet', '\uf0b7', left=1276, hang=425, symbol='Symbol')
    # title page
    for _ in range(4): d.add_paragraph()
    for t, sz, sp in [('MELCASTER', 20, 60), ('LOCAL SAFEGUARDING CHILDREN BOARD', 14, 40)]:
        p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(p, t, bold=True, size=sz, spacing=sp)
    for _ in range(3): d.add_paragraph()
    p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(p, 'SERIOUS CASE REVIEW', bold=True, size=22); border(p, '000000', ('top',), 12, 12)
    p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(p, 'under Chapter VIII of “Working Together to Safeguard Children” (2006)', italic=True)
    p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(p, 'FAMILY L', bold=True, size=22)
    p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(p, 'Children L1 and L2', size=14); border(p, '000000', ('bottom',), 12, 12)
    for t in ['', 'OVERVIEW REPORT', '', 'Author: Ivor Kestleby', 'Independent of all the agencies concerned', '', 'November 2009']:
        p = d.add_paragraph(t); p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head('INTRODUCTION', brk=True)
    N('This report concerns two children of one family, a boy of six and a girl of three, who are called L1 and L2. On a morning in January 2009 their mother was taken to hospital as an emergency. On the afternoon of the following day a tenancy officer, who had come about the boiler, found the children at home by themselves in conditions that caused them to be taken at once to a place of safety.')
    N('Both children are now well. They live together with foster carers and L1 goes to the school that he went to before. Mother has recovered and sees them.')
    N('The Board’s Serious Case Review Sub-Committee resolved in March 2009 that the case should be reviewed. A Panel was formed under the chairmanship of the Director of Public Health, and the present author, who had no earlier connection with Melcaster, was asked to write this overview.')
    sub('Terms of Reference')
    N('The Panel was asked to consider:')
    for x in ['what was known to each agency about the care of the children between January 2006 and January 2009;', 'Whether the thresholds for referral were understood and whether they should be revised;', 'whether the needs of the parents should have been assessed together with those of the children; and', 'what lessons are to be drawn.']:
        p = d.add_paragraph(); in_list(p, bl); runs(p, x); p.paragraph_format.space_after = Pt(3)
    N('Individual Management Reviews were received from Children’s Services, the Primary Care Trust (which also wrote for the Sallow Centre), Holmwater Hospitals NHS Trust, Westering Constabulary, Melcaster Homes and Tallow Street Infant School. They are of uneven length but all are candid.')
    head('THE FAMILY')
    N('Mother was born in Melcaster and left school at fifteen. Father is ten years older. He worked upon boats and was often away; from 2007 he was seldom at home for more than a week together. Both had been patients of the Sallow Centre. A great-aunt in the next road gave the children their tea on most days until she moved in the spring of 2008.')
    t = d.add_table(rows=0, cols=3); t.style = 'Table Grid'
    for r in [('Known as', 'Age in January 2009', 'Where living'), ('L1', '6', 'with Mother'), ('L2', '3', 'with Mother'), ('Mother', '27', '—'), ('Father', '37', 'away from home')]:
        row = t.add_row()
        for c, x in zip(row.cells, r): cell(c, x, 11, bold=r[0] == 'Known as')
    widths(t, [4, 5, 5]); d.add_paragraph()
    head('THE FACTS')
    for x in ['In the spring of 2006 the health visitor noted that the home was cold and that there was little for L1 to play with. She returned three times in as many weeks and found it better.',
     'A letter of 2 May 2006 had recommended that the school nurse should visit when L1 came of age for school. The letter was filed with the infant records and was not seen by the school nurse, whose records are kept elsewhere.',
     'In October 2006 the police attended a dispute between Mother and a neighbour. The officer wrote in his pocket book that the kitchen was “not fit”. He was not asked for, and had no form upon which to give, any account of the children.',
     'L2 was born in November 2005 and was seen at the proper times. From the summer of 2007 two appointments in three were missed. Letters were sent. Children’s Services received a referral from the surgery in August and closed it in October, because Mother had not replied.',
     'L1 began at Tallow Street in September 2007. His teacher kept a drawer of clean clothes and changed him without remark. By the following Easter she had done so, by her own reckoning, some forty times. She did not think of it as information.',
     'Between April and December 2008 five agencies spoke or wrote to Children’s Services. Each call was taken by a different person and each was judged by itself. An initial assessment made in September found that the home was untidy and that Mother was tired, and advised her to ask for a nursery place.',
     'Upon the morning of her admission Mother told a nurse that the children were “with family”. That was so in her mind, for she had sent a message to Father. He did not receive it.']: N(x)
    head('ANALYSIS')
    sub('The children')
    for x in ['It is striking how little is to be learnt of L1 and L2 from some nine hundred pages of records. We know their weights. We do not know what made them laugh, of what they were afraid, or who put them to bed.',
     'Every agency should have asked, and asked again, what a day was like for these children from waking to sleeping. The Panel says so with the benefit of knowing the end.']: N(x)
    sub('The sum of small things')
    for x in ['Neglect does not present itself as an event. Each of the matters reported in 2008 was small, and a system which weighs events one by one will find each of them wanting.',
     'There was no chronology until the Panel made one. When it was read aloud at the Panel’s second meeting nobody spoke for some time.',
     'An earlier review in Melcaster, concerning a child known as Child D (2004), had made two recommendations which bear upon the point. It was written by another hand and in another year, but the author has found nothing in it from which he would wish to differ:']: N(x)
    for x in ['(1) The Board should prepare a neglect strategy and should train all staff in its use.', '(2) Chronologies should be begun by the first agency to be concerned.']:
        p = d.add_paragraph(); p.paragraph_format.left_indent = Cm(2.4); p.paragraph_format.right_indent = Cm(1.5); runs(p, x, size=11)
    for x in ['The strategy was written and the training given to two hundred persons. It did not speak of chronologies, and the second recommendation appears to have been thought to be contained in the first.']: N(x)
    sub('The parents')
    for x in ['The Sallow Centre treated Mother and Father with skill as adults. Its workers knew that there were children but had not met them; the appointment letter asked patients not to bring them.',
     'Mother told the author that she would not have minded being asked. She said: “They all knew a bit. If one of them had sat down with all the bits I would have cried and then I would have said yes.”']: N(x)
    sub('Decisions upon referrals')
    for x in ['The closing of a case for want of a reply was at the time a matter of course. It treats silence as an answer.',
     'The surgery and the school were both dissatisfied with the decisions made upon their referrals, and neither knew that it might say so. The Board’s procedure for resolving disagreement was at page 211 of the manual.',
     'Good practice: the receptionist at the surgery, who had noticed that the children waited alone in the car, told the practice manager on each occasion, and it was this that led to the referral of August 2007.']: N(x)
    head('ACTION ALREADY TAKEN')
    for x in ['The agencies have not waited for this report. The duty desk must now ring back every referrer before the end of the day upon which a referral is made. The two sets of nursing records have been brought together.',
     'Since September 2009 all referrals about neglect should be copied to the Neglect Adviser, a post which the Primary Care Trust and Children’s Services pay for in equal shares.']: N(x)
    head('CONCLUSION')
    for x in ['No agency could have foreseen what took place in January. Every agency could have known what the children’s lives were like before it, and the children’s lives before it are the true subject of this review.',
      'The events of January were found out by a tenancy officer and a broken boiler. The Panel is not willing to leave the matter to chance.',
      'The Panel considered whether the law had been sufficient to protect the children and has concluded that it was.',
      'The Panel considered also whether the family’s race, language, religion or culture had played any part in the manner in which they were dealt with, and found no sign of it.',
      'Nor did the Panel find that want of money was the chief cause, although each agency spoke of posts that had stood empty for the greater part of 2008.']: N(x)
    for x in ['The family were told of the review in April 2009. Mother met the author on two occasions and Father once.',
      'The foster carers have told the author of what the children like to do. L1 draws maps. L2 will not be parted from a red bucket.',
      'The Panel met on seven occasions and had from every agency all the papers for which it asked.']: N(x)
    head('RECOMMENDATIONS')
    N('The recommendations which follow are addressed to those agencies which are best able to carry them out. Those which the agencies have made to themselves are not repeated here, but will be found in Appendix B.')
    N('In framing them the Panel has had regard to the action already taken.')
    assert n[0] == 36, n[0]
    for g, its in MAIN:
        sub(g, u=False)
        for it in its:
            assert it['number'] == str(n[0] + 1)
            N(it['parts'][0][1])
            for l, x in it['parts'][1:]:
                p = d.add_paragraph(); in_list(p, bl); runs(p, x); p.paragraph_format.space_after = Pt(3)
    head('CONCLUDING REMARKS')
    N('It will be for the Board to see that an action plan is made and to make known each year what has been done.')
    N('The Panel should not wish to part from this case without a word of thanks to the tenancy officer, who stayed with the children until ten at night and who has asked not to be named.')
    N('A copy of this report should be given to the children when they are of an age to ask for it.')
    head('APPENDIX A: MEMBERSHIP OF THE PANEL', brk=True)
    for x in ['Director of Public Health (Chairman)', 'Head of Safeguarding, Children’s Services', 'Designated Nurse and Designated Doctor, Primary Care Trust', 'Detective Chief Inspector, Westering Constabulary', 'Head of Legal Services', 'Secretary to the Board']:
        p = d.add_paragraph(); in_list(p, bl); runs(p, x); p.paragraph_format.space_after = Pt(2)
    head('APPENDIX B: RECOMMENDATIONS OF THE INDIVIDUAL MANAGEMENT REVIEWS')
    p = d.add_paragraph(); p.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY; runs(p, 'Each agency has accepted the recommendations of its own review, which are set out below in the agency’s words. Tallow Street Infant School made none of its own and relies upon those of the Panel.')
    for ag, lead, its in IMR:
        sub(ag)
        if lead: q = d.add_paragraph(lead); q.paragraph_format.keep_with_next = True
        ln = bl if lead else new_list(d, left=709, hang=709)
        for it in its:
            p = d.add_paragraph(); in_list(p, ln); runs(p, it['text']); p.paragraph_format.space_after = Pt(4)
    pdf(d, NAME)

if __name__ == '__main__':
    build()
