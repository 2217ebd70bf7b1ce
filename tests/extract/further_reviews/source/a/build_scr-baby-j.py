"""SCR Baby J (2013): portrait report, recommendations only in two landscape action-plan tables; rows split over pages,
repeated header rows, agency bands with restarting numbers in the second table."""
from wordkit import *
NAME = 'scr-baby-j'
HDR = ['Ref', 'Recommendation', 'Scope', 'Action to be taken', 'Lead agency', 'Key milestones', 'Target date', 'Outcome sought']
def R(no, rec, scope, act, lead, miles, date, out, **k):
    it = item(rec, no, addressee=lead, target_date=date, **k); it['row'] = [no, it['parts'], scope, act, lead, miles, date, out]; return it
BOARD = [
 R('1', 'The Board should agree one statement of advice about safe sleep, for use by every agency that enters the home of a baby, and should withdraw all other leaflets.', 'Local', 'Task group of health, housing and children’s centre staff to write a single page; to be tested with parents before it is printed.', 'Varrowdale Safeguarding Children Board', 'Draft to Board October 2013\nParents’ panel November 2013', 'January 2014', 'Parents hear the same advice in the same words from all who visit.'),
 R('2', [('', 'The assessment of risk to a new baby should include where the baby sleeps, by day and by night, and should in particular:'),
         ('(a)', 'be made by somebody who has seen the place;'),
         ('(b)', 'be made again when the family moves, when a partner joins or leaves the home, and when either parent begins to take a medicine that causes drowsiness; and'),
         ('(c)', 'be shared in writing with the general practitioner.')], 'Local', 'Amend pathway. Managers should check ten records each month until June 2014 and report to the Named Nurse.', 'Cawdle Valley NHS Foundation Trust', 'Pathway amended September 2013\nFirst sample October 2013', '30 June 2014', 'Risks are known to those who can reduce them.'),
 R('3', 'Midwives and health visitors should hold a joint visit before discharge from midwifery where the mother has been treated for depression in the last three years.', 'Local', 'Staff rota to be changed; a shared diary must be set up by the two heads of service.', 'Cawdle Valley NHS Foundation Trust', 'Pilot in two localities', 'March 2014', 'Nothing is lost at the point of handover.'),
 R('4', 'Prescribers of sedating medicine to the parent of a baby should ask about sleeping arrangements at the time, and should record the reply.', 'Local and regional', 'Clinical system to show a prompt. The area team should be asked to consider it for the region.', 'Varrowdale Clinical Commissioning Group', 'Prompt in use in all 31 practices', 'December 2013', 'Prescribing takes account of the baby.'),
 R('5', 'The Council should make sure that no family with a child under one is placed in temporary accommodation that has not been inspected for a safe place to put a cot, and that a cot is supplied on the day of the move if the family has none. Where an inspection cannot be carried out on the day, because the placement is made out of hours or is outside the district, the officer who makes the placement should speak to the out of hours health visitor before the family is sent, should write down what was said, and should arrange for the inspection to be made on the next working day. A placement that fails should be ended, and a record of all such placements should be laid before the Board in each quarter until the Board says that it is satisfied.', 'Local', 'New contract term for providers. A store of twelve cots to be kept at the depot. Out of hours script to be rewritten with the health visiting service. Housing managers should sign off each inspection.', 'Varrowdale Council (Housing)', 'Contract varied September 2013\nCots bought October 2013\nFirst return to Board January 2014\nSecond return April 2014', 'April 2014', 'No baby is without a safe place to sleep because of a move that an agency has arranged.'),
 R('6', 'The Police and Children’s Social Care should decide together, within one hour of notice of an unexpected death, who will speak to the family and who will tell the other agencies.', 'Regional', 'Rapid response procedure to be revised with the two neighbouring boards.', 'Dunmere Police', 'Agreement in principle, July 2013', 'November 2013', 'Families are told once, and kindly.'),
 R('7', 'The Board should ask the children’s centres to keep a list of the families whom they have not been able to reach.', 'Local', 'Reach data to be matched with the birth list each month.', 'Varrowdale Council (Early Years)', 'List in use', 'May 2013', 'Those who do not come are looked for.'),
 R('8', 'Agencies should treat a parent’s own account of their childhood as part of the assessment, and should say in the record how it has been weighed.', 'Local', 'Assessment training to be revised; practitioners must attend by the end of the year.', 'All agencies', 'Training revised October 2013', 'December 2013', 'Assessments are about people and not only about events.'),
]
HDR2 = ['No.', 'Recommendation made by the agency’s own review', 'Action and evidence', 'Lead officer', 'By when', 'RAG']
def Q(ag, no, rec, act, lead, date, rag):
    it = item(rec, no, addressee=ag, target_date=date, single_agency=True); it['row'] = [no, it['parts'], act, lead, date, rag]; it['ag'] = ag; return it
SINGLE = [
 Q('Cawdle Valley NHS Foundation Trust', '1', 'Bring the community midwifery record and the health visiting record on to one system.', 'Business case agreed. The supplier should confirm dates.', 'Director of Nursing', 'September 2014', 'Amber'),
 Q('Cawdle Valley NHS Foundation Trust', '2', 'Require a named person to answer when a general practitioner telephones about a baby.', 'Rota published.', 'Head of Children’s Services', 'July 2013', 'Green'),
 Q('Cawdle Valley NHS Foundation Trust', '3', 'Supervision of health visitors to look at one family in which there is no known concern at each session.', 'Supervision template changed; ten notes to be read by the Named Nurse.', 'Named Nurse', 'October 2013', 'Green'),
 Q('Varrowdale Council: Children’s Social Care', '1', 'Letters that decline a referral are to give the reason and the name of the person who decided.', 'Template changed in April. Team managers should dip-sample.', 'Head of Assessment', 'June 2013', 'Green'),
 Q('Varrowdale Council: Children’s Social Care', '2', 'Record the names of all adults in the household upon first contact, whether or not the contact becomes a referral.', 'Field made mandatory.', 'Head of Assessment', 'August 2013', 'Amber'),
 Q('Varrowdale Council: Housing', '1', 'Add the age of the youngest child to the front of the homelessness form.', 'Form reprinted.', 'Homelessness Manager', 'May 2013', 'Green'),
 Q('Dunmere Police', '1', 'Officers who attend a home in which there is a baby are to ask to see where the baby sleeps.', 'Included in vulnerability briefing; body of evidence to be drawn from twenty logs.', 'Supt, Public Protection', 'December 2013', 'Amber'),
 Q('Dunmere Police', '2', 'Provide family liaison training for four further detectives in the northern division.', 'Places booked.', 'Supt, Public Protection', 'February 2014', 'Amber'),
 Q('Ferncote Road Surgery', '1', 'Code on the record of each parent that there is a child under one at the address.', 'Search run on 1 May. Partners must repeat it each month.', 'Practice Manager', 'May 2013', 'Green'),
]
ITEMS = BOARD + SINGLE
META = dict(title='Serious Case Review in respect of Baby J. Overview Report and Integrated Action Plan', reference='Baby J', type='SCR', publisher='Varrowdale Safeguarding Children Board',
  lead_reviewer='Edwin Sallowfield', published='2013-06', stated_count=17, main_from='Integrated Action Plan: recommendations of the overview report',
  none_of=['Task group of health, housing and children’s centre staff to write a single page', 'Managers should check ten records each month until June 2014',
    'Staff rota to be changed; a shared diary must be set up', 'The area team should be asked to consider it for the region', 'Housing managers should sign off each inspection',
    'Nothing is lost at the point of handover', 'Professionals should never take it that advice has been followed because it',
    'The question that each visitor should have asked is a plain one', 'That all agencies should use the regional safe sleep leaflet', 'A move must be seen as a risk in itself',
    'Since the autumn, the out of hours service must tell the health visitor', 'The supplier should confirm dates', 'should take account of the family’s wishes about publication',
    'An action marked green should not be taken to be finished'])

def build():
    d = base('Liberation Sans', 11, after=7, line=1.2)
    GR = '385623'
    hstyle(d, 1, 'Liberation Sans', 15, GR, before=18, after=8); hstyle(d, 2, 'Liberation Sans', 11.5, '000000', before=10, after=4)
    s = d.sections[0]; s.left_margin = s.right_margin = Cm(2.5); s.top_margin = Cm(2.6); s.bottom_margin = Cm(2.2)
    hp = s.header.paragraphs[0]; runs(hp, 'VSCB – SCR Baby J – PUBLICATION VERSION', size=8); border(hp, GR, ('bottom',), 6, 2)
    fp = s.footer.paragraphs[0]; fp.alignment = WD_ALIGN_PARAGRAPH.RIGHT; field(fp, 'PAGE', size=9); runs(fp, ' | P a g e', size=9, color='7F7F7F')
    P = lambda t, **k: runs(d.add_paragraph(), t, **k)
    # title table as cover
    for _ in range(3): d.add_paragraph()
    t = d.add_table(rows=3, cols=1); t.style = 'Table Grid'
    cell(t.rows[0].cells[0], 'Varrowdale Safeguarding Children Board', 16, True, GR, 'FFFFFF')
    cell(t.rows[1].cells[0], '\nSerious Case Review in respect of\n**Baby J**\n\nOverview Report and Integrated Action Plan\n', 20)
    cell(t.rows[2].cells[0], 'Report author: Edwin Sallowfield\nSerious Case Review Panel chair: the independent chair of a neighbouring board\nPublished June 2013', 11, fill='E2EFD9')
    d.add_paragraph()
    P('Baby J and the baby’s family have not been named. Some details that do not bear upon the learning have been left out so that they may be private.', italic=True, size=10)
    heads = ['1 Introduction', '2 Summary of events', '3 Analysis', '4 What the family said', '5 Lessons', '6 Recommendations and action plan', 'Appendix 1 Integrated Action Plan', 'Appendix 2 Abbreviations']
    def H1(t, brk=False):
        h = d.add_heading(t, 1); h.paragraph_format.page_break_before = brk
    H1(heads[0], True)
    P('1.1  Baby J died suddenly, aged eleven weeks, in temporary accommodation in which the family had lived for six days. The coroner could not find the cause of death. Nobody has been charged with any offence and the review proceeds upon the footing that this was a death which might have happened in many homes.')
    P('1.2  The review was made because Baby J’s older sister was the subject of a child in need plan and because the agencies, when they met after the death, found that each had held some part of the knowledge that together would have caused concern.')
    P('1.3  A panel of seven, none of whom had dealt with the family, met six times. The panel was asked to look at the period from the booking of the pregnancy, to say how risks about sleep were assessed, to look at the effect of the move, and to consider how reports should take account of the family’s wishes about publication.')
    P('1.4  This report is short. The Board asked for one that practitioners would read.')
    t = d.add_table(rows=1, cols=3); t.style = 'Light Grid Accent 3'
    for c, x in zip(t.rows[0].cells, ['Person', 'Relationship', 'Age at the time']): cell(c, x, 10, True)
    for r in [('Baby J', 'Subject', '11 weeks'), ('Sister', 'Half-sibling', '4 years'), ('Ms K', 'Mother', '22 years'), ('Mr N', 'Father of Baby J', '25 years'), ('Mrs K', 'Maternal grandmother', '49 years')]:
        for c, x in zip(t.add_row().cells, r): cell(c, x, 10)
    H1(heads[1])
    for x in ['2.1  Ms K booked with the midwife at nine weeks. She told her that she had been treated for depression after Sister’s birth and that she was anxious about its coming back. The midwife noted it and told the general practitioner by letter.',
     '2.2  Ms K and Mr N lived with Mrs K until a fortnight before the birth. The home was crowded and the arrangement had always been meant to end. There is no record that any agency saw where the new baby was to sleep, although eleven visits were made to the house in three months.',
     '2.3  Baby J was born at term and went home on the second day. The midwife’s discharge was by letter; the health visitor’s first visit, on day thirteen, was to a different address. Between the two visits the general practitioner had prescribed a medicine for Ms K that was known to make her sleep heavily.',
     '2.4  At the health visitor’s second visit Ms K was cheerful and the baby was thriving. A leaflet on safe sleep was given. The box on the form was ticked.',
     '2.5  In the tenth week the family’s landlord recovered the flat. The Council found a room in a guest house eleven miles away. It had one double bed. The officer who made the booking at ten minutes to five had a form that asked for the number of children but not for their ages.',
     '2.6  Two police officers came to the guest house on the third night because of a noise elsewhere in the building. They spoke to Mr N at the door of the room and saw that there was a baby asleep on the bed. There was nothing in what they saw to cause alarm, and they had no reason then to think of it as something that they should tell anyone.',
     '2.7  Baby J was found not to be breathing on the morning of the sixth day.']: P(x)
    H1(heads[2])
    d.add_heading('Advice and arrangement', 2)
    for x in ['3.1  The family was given four leaflets by three agencies. Two said that a baby should sleep in the parents’ room for six months, one said that a baby should not sleep in the parents’ bed, and one, of 2004, said neither.',
     '3.2  The question that each visitor should have asked is a plain one: may I see where the baby sleeps? Practitioners told the panel that it felt like an inspection. Parents who spoke to the panel said that they would have been glad of it.']: P(x)
    d.add_heading('The move', 2)
    P('3.3  The move was arranged by one agency and was unknown to all the others until after the death. Housing staff acted quickly in a crisis and got the family under a roof. They had no cot to give and did not know that one was needed.')
    d.add_heading('Earlier learning', 2)
    P('3.4  The Board’s Child Death Overview Panel had made two recommendations in its annual report of 2011:')
    for x in ['That all agencies should use the regional safe sleep leaflet.', 'That the Board should hold a week of awareness in each year.']:
        p = d.add_paragraph(style='List Bullet'); runs(p, x, italic=True); p.paragraph_format.left_indent = Cm(2)
    P('3.5  The regional leaflet was out of print by the time that Baby J was born. The week was held in 2011 and in 2012, and was well attended by those who already knew.')
    d.add_heading('Good practice', 2)
    P('3.6  The student midwife who sat with Ms K at the booking wrote down her account of her childhood in Ms K’s own words. It is the fullest picture of her in any record.')
    H1(heads[3])
    P('4.1  Ms K and Mr N met the author in their new home. They did not wish to blame any person. Ms K said that she had been given “a lot of paper” and that nobody had gone up the stairs. Mr N said that he had asked at the guest house desk for a cot and had been told that the Council would see to it.')
    P('4.2  Mrs K asked that the report should say that Baby J was a contented baby who liked to be sung to.')
    H1(heads[4])
    for a, x in [('Lesson A', 'Professionals should never take it that advice has been followed because it has been given.'), ('Lesson B', 'A move must be seen as a risk in itself, even when it is to somewhere better.'), ('Lesson C', 'Sedating medicine for a parent is a matter for the baby’s health visitor as well as for the parent’s doctor.')]:
        t = d.add_table(rows=1, cols=2); t.style = 'Table Grid'; cell(t.rows[0].cells[0], a, 10.5, True, 'C5E0B3'); cell(t.rows[0].cells[1], x, 10.5); widths(t, [2.6, 13.3])
        q = d.add_paragraph(); q.paragraph_format.space_after = Pt(0)
    P('5.1  The agencies have begun already. Since the autumn, the out of hours service must tell the health visitor of any placement that includes a baby.')
    H1(heads[5])
    P('6.1  The review makes seventeen recommendations. Eight were made by the panel to the Board and its partners, and nine were made by agencies in their own reviews and are adopted here. So that they shall not become separated from what is to be done about them they are printed once only, in the Integrated Action Plan that follows as Appendix 1.')
    P('6.2  The plan will be reviewed by the Board’s Serious Case Review Sub-Committee at each of its meetings. An action marked green should not be taken to be finished but only to be on time.')
    # landscape
    s2 = d.add_section(WD_SECTION.NEW_PAGE); s2.orientation = WD_ORIENT.LANDSCAPE; s2.page_width, s2.page_height = Cm(29.7), Cm(21)
    s2.left_margin = s2.right_margin = Cm(1.5); s2.top_margin = Cm(2.2); s2.bottom_margin = Cm(1.8)
    d.add_heading(heads[6], 1)
    runs(d.add_paragraph(), 'Integrated Action Plan: recommendations of the overview report', bold=True)
    def table(hdr, ws, size):
        t = d.add_table(rows=1, cols=len(hdr)); t.style = 'Table Grid'
        for c, x in zip(t.rows[0].cells, hdr): cell(c, x, size, True, GR, 'FFFFFF')
        repeat_header(t.rows[0]); return t
    t = table(HDR, None, 9)
    for it in BOARD:
        row = t.add_row()
        for c, x in zip(row.cells, it['row']):
            if isinstance(x, list): x = '\n'.join((l + ' ' if l else '') + y for l, y in x)
            cell(c, x, 9)
    widths(t, [1.1, 7.2, 1.8, 5.2, 3.0, 3.4, 2.2, 2.8])
    d.add_paragraph()
    q = runs(d.add_paragraph(), 'Integrated Action Plan: single agency recommendations', bold=True); q.paragraph_format.keep_with_next = True
    ws = [1.2, 10.2, 7.3, 3.6, 2.6, 1.8]
    t = table(HDR2, None, 9.5); ag = None
    for it in SINGLE:
        if it['ag'] != ag:
            ag = it['ag']; row = t.add_row(); bands = row
            row._band = ag
            cell(row.cells[0], ag, 9.5, True, 'E2EFD9'); row._tr.get_or_add_trPr()
        row = t.add_row()
        for c, x in zip(row.cells, it['row']):
            if isinstance(x, list): x = x[0][1]
            fill = {'Green': '92D050', 'Amber': 'FFC000'}.get(x)
            cell(c, x, 9.5, fill=fill)
    widths(t, ws)
    for row in t.rows:
        if row.cells[1].text == '' and row.cells[2].text == '' and row.cells[0].text:
            txt = row.cells[0].text
            m = row.cells[0].merge(row.cells[-1]); cell(m, txt, 9.5, True)
    s3 = d.add_section(WD_SECTION.NEW_PAGE); s3.orientation = WD_ORIENT.PORTRAIT; s3.page_width, s3.page_height = Cm(21), Cm(29.7); s3.left_margin = s3.right_margin = Cm(2.5)
    d.add_heading(heads[7], 1)
    for a, b in [('CCG', 'Clinical Commissioning Group'), ('RAG', 'Red, amber, green: the state of an action on 1 May 2013'), ('SCR', 'Serious Case Review'), ('VSCB', 'Varrowdale Safeguarding Children Board')]:
        q = d.add_paragraph(f'{a}\t{b}'); q.paragraph_format.tab_stops.add_tab_stop(Cm(2.5))
    pdf(d, NAME)

if __name__ == '__main__':
    build()
