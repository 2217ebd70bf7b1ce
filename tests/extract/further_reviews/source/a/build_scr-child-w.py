"""SCR Child W: executive summary (two columns) in front, labelled recommendations in the body with reasons, footnotes."""
import sys
from wordkit import *
NAME = 'scr-child-w'
CSC = 'Thornmarsh Children’s Social Care'
TRUST = 'Thornmarsh and Eddlewater Community Health NHS Trust'
ITEMS = [
 item('The Board should revise its multi-agency protocol on bruising and marks in babies who are not yet mobile, so that every practitioner who sees such a mark seeks a paediatric opinion on the same day, and should test by audit within twelve months whether the protocol is followed.', '1', addressee='The Board',
      why='Three practitioners saw a mark on Child W’s face in the same week. Each recorded it with care. None knew of the other two, and the protocol in force spoke only of bruises that a practitioner judged to be suspicious.'),
 item(f'{TRUST} should make sure that health visitors record at each contact who lives in the household, who was seen, and who looks after the baby when the mother is out.', '2', addressee=TRUST,
      why='Father’s name stands once in the health visiting record, on the form that was filled in at the birth.'),
 item(f'{CSC} should complete a pre-birth assessment[^A pre-birth assessment is made before a child is born where there is reason to think that the baby may be in need of protection. It should not be confused with the maternity booking assessment.] by the thirtieth week of pregnancy wherever an older child of either parent has been the subject of a child protection plan, whether or not the older child’s case is still open.', '3', addressee=CSC,
      why='The plan for V had ended fourteen months before Mother’s pregnancy with W was known, and for that reason alone no assessment was begun.'),
 item([('', 'When a family with a baby under twelve months moves into or out of the county, the partner agencies should see to it that:'),
       ('(a)', 'the health visitor whom the family leaves speaks to the receiving health visitor before the records are sent;'),
       ('(b)', 'the family is visited at the new address within ten working days; and'),
       ('(c)', 'any child protection or child in need plan stays with the first authority until the second has said in writing that it accepts it.')], '4', addressee='the partner agencies',
      why='Mother moved twice across the county boundary in Child W’s first five months. The records followed her by post and arrived after she had returned.'),
 item('The Thornmarsh Clinical Commissioning Group should agree with general practices how a practice will tell the health visitor that an appointment for a baby has been missed, and should report to the Board when all practices have signed the agreement.', '5', addressee='The Thornmarsh Clinical Commissioning Group',
      why='Five appointments were missed between birth and the injury. The practice’s system counted them but sent word to nobody. The health visitor learned of them from this review and has said that she would have gone to the house the same day, and the receptionists have said that they would have been glad of somebody to tell.'),
 item('The Board should ask each partner agency to report by September 2016 on how fathers and mothers’ partners are identified, spoken to and assessed[^The Board’s own practice note, Seeing the Whole Family (2014), says that fathers should be seen by the midwife at least once before the birth.] in its work with expectant parents, and should publish a summary of what the agencies say, together with what it means to do about any gap that the reports bring to light.', '6', addressee='The Board',
      why='The reviewer heard from practitioners in four agencies that they had “assumed somebody else knew about dad”.'),
 item('Eddlewater Police should change its form for reports of domestic abuse so that it shows the expected date of birth where a person in the household is pregnant, and should send a copy of every such report to the named midwife.', '7', addressee='Eddlewater Police',
      why='The officers who came to the flat in December saw that Mother was expecting a baby, and there was no place on the form to say so.'),
 item([('', 'Lowmere General Hospital should:'),
       ('-', 'require a consultant paediatrician to see, before discharge, each baby who is brought in with an injury;'),
       ('-', 'bring the number of earlier attendances to the front of the record; and'),
       ('-', 'tell the health visitor on the next working day.')], '8', addressee='Lowmere General Hospital',
      why='Child W left the hospital in the early hours with a letter to the general practitioner, which was opened nine days later.'),
 item('The Board should write to the Department for Education to ask that national guidance set a period within which records of a child under one must pass between authorities.', '9', addressee='The Board',
      why='There is no such period now, and no single board can make one for its neighbours.',
      variant='The Board should write to the Department for Education to ask for national guidance on the period within which records of a child under one must pass between authorities.'),
]
META = dict(title='Serious Case Review: Child W. Overview Report', reference='Child W', type='SCR', publisher='Thornmarsh Safeguarding Children Board',
  lead_reviewer='Dorothea Prangnell', published='2016-03', stated_count=9, main_from='This chapter sets out the nine recommendations',
  none_of=['Practitioners should always ask who else is in the home',
    'A mark on a baby who cannot yet roll must be treated',
    'Managers should read the whole of the record, not the last entry',
    'Recommendation 3: The Board should commission training for all midwives',
    'Recommendation 5: Children’s Social Care should review its threshold document',
    'consider whether the bruising protocol was known, and should have been followed',
    'To establish whether agencies should have recognised that Child W',
    'The Trust must now be told within one working day',
    'The Board’s own practice note, Seeing the Whole Family (2014), says that fathers should be seen',
    'Three practitioners saw a mark on Child W’s face in the same week',
    'It should be remembered that hindsight makes a path look straight',
    'The Board will publish its response on the same day as this report and should be held to it'])

def build():
    d = base('Carlito', 11.5, after=8, line=1.15)
    NAVY = '1F3864'
    hstyle(d, 1, 'Carlito', 18, NAVY, before=0, after=10); hstyle(d, 2, 'Carlito', 13, '2E74B5', before=12); hstyle(d, 3, 'Carlito', 12, NAVY, before=12, after=3)
    fn = Foot(d, 'Carlito')
    s = d.sections[0]; s.left_margin = s.right_margin = Cm(2.6); s.top_margin = Cm(2.4); s.bottom_margin = Cm(2.2); s.different_first_page_header_footer = True
    hp = s.header.paragraphs[0]; hp.alignment = WD_ALIGN_PARAGRAPH.CENTER; runs(hp, 'OFFICIAL – SENSITIVE until published', size=8.5, color='7F7F7F')
    fp = s.footer.paragraphs[0]; runs(fp, 'SCR Child W – Overview Report – FINAL v7\tPage ', size=8.5, color='7F7F7F'); fp.paragraph_format.tab_stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT)
    for ts in (): pass
    field(fp, 'PAGE', size=8.5); runs(fp, ' of ', size=8.5, color='7F7F7F'); field(fp, 'NUMPAGES', size=8.5)
    P = lambda t, **k: runs_fn(d.add_paragraph(), t, fn, **k)
    def H(t, n=1, new=True):
        h = d.add_heading(t, n); h.paragraph_format.page_break_before = new and n == 1; return h
    # cover
    for _ in range(5): d.add_paragraph()
    runs(d.add_paragraph(), 'Thornmarsh Safeguarding Children Board', size=16, color='2E74B5', bold=True)
    runs(d.add_paragraph(), 'Serious Case Review', size=30, color=NAVY, bold=True)
    runs(d.add_paragraph(), 'Child W', size=26, color=NAVY)
    p = runs(d.add_paragraph(), 'Overview Report, with Executive Summary', size=14); border(p, NAVY, ('bottom',), 12)
    for _ in range(9): d.add_paragraph()
    P('Independent lead reviewer: Dorothea Prangnell'); P('Agreed by the Board on 21 January 2016'); P('Published: March 2016')
    # contents
    heads = ['Executive summary', '1. Why this review was made', '2. How it was made', '3. The family', '4. What happened', '5. What the review learned', '6. What earlier reviews had said', '7. What has changed since', '8. Recommendations', 'Appendix: terms of reference']
    pg = toc_pages(NAME, heads)
    h = d.add_paragraph(); h.paragraph_format.page_break_before = True; runs(h, 'Contents', size=18, color=NAVY, bold=True)
    for x in heads:
        q = d.add_paragraph(f'{x}\t{pg.get(x, "")}'); q.paragraph_format.tab_stops.add_tab_stop(Cm(15.8), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS); q.paragraph_format.space_after = Pt(5)
    # executive summary
    H('Executive summary')
    P('Child W was nine months old when an ambulance brought the baby to Lowmere General Hospital with a serious injury. Child W has made a good recovery and lives with a relative. Both parents were later before the courts, and this report adds nothing to what was found there.')
    P('The family was known to eight services. Much of the work that they did was careful and kind. What was missing was any one place at which the separate pieces were laid side by side: a mark that was seen by three people, a father whom hardly anybody met, and two moves across the county boundary during which the records travelled more slowly than the baby did.')
    P('The review found no single mistake without which the injury would not have happened. It found a bruising protocol that asked practitioners to be suspicious before they could be curious, and a system in which a missed appointment was counted but not told to anyone. The Board has accepted the whole of the report.')
    d.add_heading('The recommendations in brief', 2)
    P('For the reader’s convenience the nine recommendations are printed here as well as in chapter 8, where the reasons for them are given.')
    sec = d.add_section(WD_SECTION.CONTINUOUS); columns(sec, 2); sec.different_first_page_header_footer = False
    n = new_list(d, left=400, hang=400)
    for it in ITEMS:
        first = True
        for l, t in ([('', it['variant'])] if 'variant' in it else it['parts']):
            t = re.sub(r'\[\^.*?\]', '', t)
            q = d.add_paragraph(); q.paragraph_format.space_after = Pt(4); q.paragraph_format.line_spacing = 1.0
            if first: in_list(q, n); first = False
            else:
                q.paragraph_format.left_indent = Cm(1.35); q.paragraph_format.first_line_indent = Cm(-0.6)
                t = (l if l != '-' else '–') + '\u00a0' + t
            runs(q, t, size=9.5)
    sec = d.add_section(WD_SECTION.CONTINUOUS); columns(sec, 1)
    H('1. Why this review was made')
    P('The law at the time required a board to review a case in which a child had been seriously harmed, abuse or neglect was known or suspected, and there was cause for concern about the way in which agencies had worked together. The Board’s chair decided in February 2015 that all three conditions were met.')
    P('The purpose of such a review is to learn. It does not ask who is to blame. It should be remembered that hindsight makes a path look straight which nobody at the time could have seen, and the reviewer has tried to describe the case as it looked to those who stood in the middle of it.')
    H('2. How it was made', new=False)
    P('Eight agencies wrote reports on their own work. The reviewer met twenty-three practitioners in two groups and eleven of them again alone. Mother met the reviewer twice. Father was written to and did not reply; his right not to take part has been respected.')
    P('A panel drawn from agencies that had no part in the case read three drafts. The reviewer had not worked for any of the agencies.')
    t = d.add_table(rows=1, cols=2); t.style = 'Table Grid'
    cell(t.rows[0].cells[0], 'Agency', 10, True, 'D9E2F3'); cell(t.rows[0].cells[1], 'Part in the case', 10, True, 'D9E2F3')
    for a, b in [(TRUST, 'Health visiting for W; school nursing for V'), (CSC, 'Two contacts about W; child protection plan for V until June 2013'), ('Lowmere General Hospital', 'Maternity care; three attendances'), ('Eddlewater Police', 'Two calls to the address'), ('The general practice', 'Care of the whole family'), ('Hobb’s Acre Primary School', 'V’s school'), ('Thornmarsh Homes', 'Landlord until the first move'), ('The neighbouring authority', 'Services during the second move')]:
        r = t.add_row(); cell(r.cells[0], a, 10); cell(r.cells[1], b, 10)
    widths(t, [7.6, 8.2])
    d.add_paragraph()
    H('3. The family', new=False)
    P('Child W is the second child of Mother, who was twenty-four at the time of the birth. V, a half-sibling, was then five. V’s father lives abroad. Father of W came to live in the household at some time in the autumn of 2013; no agency recorded when. Maternal Grandmother lived four streets away and saw the children most days until the first move.')
    P('Mother told the reviewer that she had been “good at looking as if I was managing”. She spoke warmly of V’s teacher, who had noticed when she was not.')
    H('4. What happened')
    P('**Before the birth.** Mother went to the midwife at eleven weeks. She said that V had been on a plan because of V’s father, and that he was gone. The midwife asked Children’s Social Care whether the family was known and was told that there was no open case. That was true, and the question had been answered as it was asked.')
    P('In December 2013 a neighbour called the police to the flat. Two officers spoke to both adults, found nobody hurt, and wrote a report that graded the risk as standard. It was sent to Children’s Social Care with some sixty others that week.')
    P('**The first five months.** Child W was born in April 2014, well and at term. The health visitor made the new birth visit and saw Mother, W and V. In June the family moved across the boundary to a cousin’s house and in August they came back. At each move the records were asked for and sent by post.')
    P('**The marks.** In the last week of November a nursery nurse, a practice nurse and a housing officer each noticed a small mark on W’s face or ear. Mother gave each of them an explanation that was reasonable when heard by itself. Each wrote it down.')
    P('**The injury.** Child W was taken to hospital in the first days of December, was treated, and went home. Ten days later an ambulance was called and the injury with which this review is concerned was found.')
    H('5. What the review learned', new=True)
    P('The chapter follows the questions in the terms of reference. Learning points are for practitioners and their supervisors and are set in boxes.')
    def learn(n, t):
        q = d.add_paragraph(); border(q, '2E74B5'); shade(q._p.get_or_add_pPr(), 'DEEAF6'); runs(q, f'**Learning point {n}.** {t}', size=11); q.paragraph_format.space_before = Pt(6); q.paragraph_format.space_after = Pt(12)
    d.add_heading('Seeing the whole household', 2)
    P('Nobody set out to ignore Father. Appointments were made for mornings, when he was at work; letters were addressed to Mother; the electronic record opened on the mother’s page. Four practitioners had met him and none could say, when asked, whether he lived there.')
    learn(1, 'Practitioners should always ask who else is in the home and who else looks after the baby, and should write down the answer even when it is “no one”.')
    d.add_heading('The marks', 2)
    P('The protocol of 2011 told practitioners to refer a bruise that was “suspicious”. All three who saw a mark said to the reviewer that they did not want to accuse Mother of anything. The word had turned a medical question into a moral one.')
    learn(2, 'A mark on a baby who cannot yet roll must be treated as a question for a paediatrician, whatever the explanation and however well the family is known.')
    d.add_heading('Records and moves', 2)
    P('When the records came back in September they were filed with a covering sheet that said “no concerns”. The sheet had been printed from a template in which these were the default words. The health visitor, who had four hundred families on her list, had no reason to look behind it.')
    learn(3, 'Managers should read the whole of the record, not the last entry, when a family comes back to them.')
    d.add_heading('Good practice', 2)
    P('V’s class teacher kept a note of mornings on which V came in hungry and spoke to Mother about it in a way that Mother remembers with gratitude. The ambulance crew who came in December stayed with Mother after the baby had been handed over. The health visitor who visited after the second move did so in her own time on a Friday evening because no other hour could be found.')
    H('6. What earlier reviews had said', new=False)
    P('In 2012 the Board published a review about Child P, a baby of four months. Two of its recommendations bear upon this case and are quoted here.')
    for x in ['Recommendation 3: The Board should commission training for all midwives and health visitors in the assessment of fathers.', 'Recommendation 5: Children’s Social Care should review its threshold document so that the history of older children is weighed when a baby is expected.']:
        q = P(x, italic=True); q.paragraph_format.left_indent = Cm(1.2); q.paragraph_format.right_indent = Cm(1.2)
    P('The training was given to ninety-one people in 2013 and was not repeated. The threshold document was reviewed and the words about older children were taken out again in 2014 when it was shortened. The reviewer draws no moral from this but that a change in a document is not yet a change in practice.')
    H('7. What has changed since', new=False)
    P('The hospital now has a children’s safeguarding nurse on duty at weekends. Children’s Social Care and the Trust share a weekly list of expectant mothers about whom either has a question. The Trust must now be told within one working day of any police report that names a child under one. These changes were made before this review had ended and no recommendation is made about them.')
    H('8. Recommendations', new=False)
    P('This chapter sets out the nine recommendations that the review makes. They are few because the Board has learned, from its own experience, that a long list is seldom carried out. After each the reason for it is given in italics.')
    for it in ITEMS:
        h = d.add_heading(f'Recommendation {it["number"]}', 3)
        for l, t in it['parts']:
            if l == '-':
                q = d.add_paragraph(style='List Bullet'); runs_fn(q, t, fn)
            elif l:
                q = d.add_paragraph(); q.paragraph_format.left_indent = Cm(1.6); q.paragraph_format.first_line_indent = Cm(-0.9); q.paragraph_format.tab_stops.add_tab_stop(Cm(1.6)); runs_fn(q, l + '\t' + t, fn)
            else: q = P(t)
            q.paragraph_format.space_after = Pt(4)
            q.paragraph_format.widow_control = True
        q = P('Reason: ' + it['why'], italic=True, size=10.5, color='404040'); q.paragraph_format.left_indent = Cm(0.8)
    P('The Board will publish its response on the same day as this report and should be held to it by all who read both.')
    h = H('Appendix: terms of reference')
    P('The review was asked:')
    for i, x in enumerate(['To establish whether agencies should have recognised that Child W was at risk before December 2014, and what stood in the way.', 'To consider whether the bruising protocol was known, and should have been followed, by each of those who saw a mark.'.replace('To consider', 'To consider'), 'To examine how information passed between authorities when the family moved.', 'To say what part the history of V played, and ought to have played, in decisions about W.', 'To identify what the Board must do so that the learning reaches practitioners.'], 1):
        q = P(f'({"abcde"[i-1]})\t{x}'); q.paragraph_format.left_indent = Cm(1.2); q.paragraph_format.first_line_indent = Cm(-1.2); q.paragraph_format.tab_stops.add_tab_stop(Cm(1.2))
    P('The period under review ran from 1 September 2013 to 20 December 2014. Agencies were asked to mention earlier matters where they threw light upon it.')
    pdf(d, NAME, fn)

if __name__ == '__main__':
    build(); build()
