"""Rapid review on a form: one long two-column table of prompts and answers, recommendations within its cells (Word)."""
from common import *
NAME = 'rr-linnet'
ITEMS = []
def it(**k): ITEMS.append(dict(kind='recommendation', **k)); return k['text']
PARTIES = 'Wrensby Safeguarding Children Partnership'
REC = [
 dict(head='Recommendation 1', why='Linnet moved house four times in nine months. Each move was known to one agency on the day and to the others by chance.',
      text='Wrensby Borough Council housing services should tell the health visiting and school nursing services of every move into or out of temporary accommodation by a household with a child under eighteen, within two working days of the move.',
      lead='Wrensby Borough Council (Housing)', by='31 January 2025', who='Wrensby Borough Council (Housing)'),
 dict(head='Recommendation 2', why='The transfer of records took between three and eleven weeks.',
      text='The partnership should agree a transfer standard for children\u2019s records between areas, under which: (a) a telephone conversation takes place between the outgoing and the receiving worker before the case is closed; (b) the receiving service confirms in writing that it has (i) the records, (ii) the chronology and (iii) the name of every adult in the household; and (c) a case on which no confirmation has been had is not closed.',
      lead='Learning and Practice Subgroup', by='28 February 2025', who='Learning and Practice Subgroup'),
 dict(head='Recommendation 3', why='Three professionals separately noted that Linnet\u2019s mother seemed frightened and none asked her when she was alone.',
      text='All partner agencies should ensure that a parent who may be subject to controlling behaviour is offered a conversation alone, at a place and time that can be explained to a partner without suspicion. Where the offer cannot be made safely, the worker should record why and take advice from the specialist service on the same day.',
      lead='All agencies', by='30 April 2025', who='All agencies'),
 dict(head='Recommendation 4', why='The emergency department had the ambulance sheet, which described the flat. It was scanned after Linnet had gone home.',
      text='Wrensby and Ossenvale Hospitals Trust should make sure that ambulance records are read by the clinician who decides upon discharge.',
      lead='Associate Director of Nursing', by='31 December 2024', who='Associate Director of Nursing'),
 dict(head='Recommendation 5', why='The review was told that practitioners do not know what became of earlier reviews.',
      text='The partnership should send a one-page account of this review to everyone who worked with Linnet, and should meet with them within six weeks to hear whether it is right.',
      lead='Partnership Manager', by='15 November 2024', who='Partnership Manager')]
for r in REC: it(number=r['head'].split()[-1], text=r['text'], addressee=r['who'], target_date=r['by'])
PROSE = it(text='The review therefore recommends that the safeguarding lead at each of the borough\u2019s three colleges be invited to join the education subgroup, where at present only schools are represented.')
ITEMS[-1]['addressee'] = None
NATL = it(text='It is recommended that the Department responsible for homelessness statistics publish the number of moves made by children in temporary accommodation as well as the number of children who are in it.', addressee='the Department responsible for homelessness statistics')
SINGLE = [('Ossenvale Health Visiting Service', [('HV1', 'The service should ask at each contact whether the family expects to move.', 'The service', '01/12/2024'), ('HV2', 'Duty staff should have access to the records of children who live in another borough and are seen in Wrensby, and should be told how to obtain them out of hours.', 'Duty staff', '01/03/2025')]),
          ('Wrensby Children\u2019s Services', [('CS1', 'Add the question \u201cWho else stays here?\u201d to the duty screening form.', None, '01/12/2024'), ('CS2', 'Managers should sign off any decision to close a referral about a child who has moved within the past month.', 'Managers', '01/12/2024'), ('CS3', 'Provide reflective supervision to the workers involved in this case.', None, 'Completed')]),
          ('Brackwater Academy', [('E1', 'The academy should contact the previous school by telephone within five days of a mid-year admission, and should ask the previous designated safeguarding lead three questions: what worried you, what helped, and who else should we speak with.', 'The academy', '06/01/2025')])]
for ag, l in SINGLE:
    for no, t, a, by in l: ITEMS.append(dict(kind='recommendation', number=no, text=t, addressee=ag, single_agency=True, target_date=by))
# in the order of the document: 6.3 comes before section 8
ITEMS.insert(0, ITEMS.pop(len(REC)))
NONE = ['Partners should use this form within fifteen working days',
        'Rapid reviews should not repeat learning that is already in hand',
        'A child who moves should not have to be discovered again',
        'Professionals should be curious about who is in the household',
        'Silence in a record should be read as a question',
        'Addresses should be checked at every contact',
        'The 2022 review of Child Wheatear recommended that housing services',
        'The Trust should now be able to show that the change has held',
        'housing officers must now enter the names of children',
        'What should the panel know about the child',
        'The surviving children should be offered support by one worker',
        'the police should be told at once',
        'Does the case meet the criteria, and should a local child safeguarding practice review',
        'The transfer of records took between three and eleven weeks',

        'A briefing should be ready for team meetings by the new year']
REVIEW = dict(title='Rapid Review Learning Report', reference='Child Linnet', type='other', publisher=PARTIES, lead_reviewer='Hanne Wickerby', published='2024-10-09')

def build():
    D = Doc('Liberation Sans', 11.5, after=6, line=1.15, margins=(2.2, 2.0, 2.2, 2.0)); d = D.d
    s = d.sections[0]
    h = s.header.paragraphs[0]; D.rich(h, 'CONFIDENTIAL UNTIL PUBLISHED', bold=True, size=8); D.rich(h, '\t\tRapid Review \u2013 Linnet \u2013 v5 clean', size=8)
    f = s.footer.paragraphs[0]; D.rich(f, 'WSCP / RR / template 2023-04 (do not alter section numbers)\t\t', size=7.5); D.field(f, 'PAGE', size=8); D.rich(f, '/', size=8); D.field(f, 'NUMPAGES', size=8)
    p = pshade(D.p(PARTIES, align='c', size=12, bold=True, color='FFFFFF', after=0), '00695C'); pshade(D.p('Rapid Review Learning Report', align='c', size=20, bold=True, color='FFFFFF', after=0), '00695C'); pshade(D.p('Child Linnet', align='c', size=14, color='FFFFFF', after=8), '00695C')
    D.p('Partners should use this form within fifteen working days of a notification. Text in italics may be deleted. The form grows as it is filled in.', italic=True, size=9)
    t = d.add_table(rows=0, cols=2); t.style = 'Table Grid'
    secs = []
    def sec(no, title, hint=''):
        r = t.add_row(); a, b = r.cells; shade(a, 'D9ECE9'); D.rich(a.paragraphs[0], '%s. %s' % (no, title), bold=True)
        if hint: D.p(hint, a, italic=True, size=9)
        b._tc.remove(b.paragraphs[0]._p)
        return b
    bul = D.numbering([('bullet', '\uf0b7', 0.6, 0.5, 'Symbol', False)])
    def bl(c, x, **k): return D.li(D.p(x, c, after=3, **k), bul)
    c = sec(1, 'Review details')
    for a, b in [('Panel chair and author', 'Hanne Wickerby, Independent Chair'), ('Date of incident', 'July 2024'), ('Date of notification', '6 August 2024'), ('Panel meetings', '15 August and 29 August 2024'), ('Report agreed', '9 October 2024'), ('Published', '9 October 2024')]: D.p('**%s:** %s' % (a, b), c, after=2)
    c = sec(2, 'The child', 'What should the panel know about the child as a person?')
    D.p('Linnet was two years old. Linnet liked water, keys and a neighbour\u2019s dog, and had begun to put two words together. Relatives described a cautious child who watched before joining in. Linnet is not the child\u2019s name; it was chosen by the family.', c)
    D.p('Linnet lived with a mother, Ms A, and two older siblings. The mother\u2019s partner, Mr B, was there on most days and was not known to most agencies.', c)
    c = sec(3, 'Family composition')
    tt = c.add_table(rows=1, cols=3); tt.style = 'Table Grid'
    for x, y in zip(tt.rows[0].cells, ['Known as', 'Relationship', 'Age at the time']): shade(x, 'EEEEEE'); D.rich(x.paragraphs[0], y, bold=True, size=9)
    for row in [('Linnet', 'Subject', '2'), ('Siblings 1 and 2', 'Half-siblings', '6 and 9'), ('Ms A', 'Mother', '27'), ('Mr B', 'Mother\u2019s partner', '30'), ('Mr C', 'Father of Linnet', '29')]:
        for x, y in zip(tt.add_row().cells, row): D.rich(x.paragraphs[0], y, size=9)
    D.p('', c, after=0)
    c = sec(4, 'Immediate action', 'What has been done to keep children safe?')
    for x in ['A strategy discussion was held within two hours and the siblings were placed with an aunt.', 'The panel agreed that the surviving children should be offered support by one worker, whom they had chosen, and this began in August.', 'Agencies were reminded on 7 August that if Mr B made contact with any of the children the police should be told at once.']: bl(c, x)
    c = sec(5, 'Summary of what happened')
    D.p('Ms A left an area in the north in October 2023 after violence from Mr C. She was placed by Wrensby Borough Council in a hotel, then in two flats in a neighbouring borough, and in April 2024 in a flat in Wrensby. In each place the older children started school and the health visitor made a new birth-style visit, because the records had not come.', c)
    D.p('Mr B was first mentioned in January 2024, by one of the siblings, to a teaching assistant. She wrote it down. He was present at two visits by health staff and was recorded as \u201cmale friend\u201d. In May and June the police were called by neighbours. On both occasions officers spoke with Ms A and with Mr B together at the door.', c)
    D.p('On a Thursday in July an ambulance was called. Linnet had an injury to the arm. The explanation was accepted and Linnet was sent home. Eight days later Linnet was brought again, gravely hurt, and died the next day. Criminal proceedings have ended.', c)
    c = sec(6, 'Analysis', 'Rapid reviews should not repeat learning that is already in hand.')
    D.p('**6.1 Moves.** The panel heard that every service did what its procedure asks when a family arrives. No procedure asks anything of a service when a family leaves. A child who moves should not have to be discovered again; Linnet was discovered four times.', c)
    D.p('**6.2 The hidden man.** Professionals should be curious about who is in the household. They were, in the sense that they wondered; the wondering was not written down. The 2022 review of Child Wheatear recommended that housing services record the names of all adults, and that they do so at sign-up. That recommendation was met for tenancies but not for temporary accommodation, and housing officers must now enter the names of children and adults alike before a placement is confirmed.', c)
    D.p('**6.3 Education.** Sibling 2 had twice told a mentor at a college open day, which she attended with her school, that she did the cooking. The mentor had no route by which to pass this on. Colleges take children from the age of fourteen and meet many who are younger. ' + PROSE, c)
    D.p('**6.4 The first injury.** The clinicians who saw Linnet on the Thursday had some of what they needed. The ambulance crew had seen the flat, and had written clearly about it. The change made by the Trust in August, by which the ambulance sheet is handed over by word of mouth, was tested by the panel on a visit. The Trust should now be able to show that the change has held, and has offered to do so in the spring.', c)
    D.p('**6.5 What worked.** The teaching assistant who wrote down what a sibling said did so within the hour and in the child\u2019s words. The police officer who came in June returned on a rest day to leave a card. A receptionist at the second surgery rang three numbers until she found the family. These were acts of persistence by people who had not been asked to persist.', c)
    D.p('**6.6 Diversity and identity.** Linnet\u2019s mother had grown up in care and did not expect to be helped by people with lanyards; the phrase is hers. The family was offered an interpreter in error on two occasions because of a surname. Neither matter was recorded as something which bore upon the work.', c)
    c = sec(7, 'Learning points', 'No more than five.')
    n7 = D.numbering([('decimal', '%1', 0.7, 0.6, None, True)])
    for x in ['Addresses should be checked at every contact, and a change of address treated as news about the child.', 'Silence in a record should be read as a question and not as an answer.', 'A sibling\u2019s remark is evidence.', 'Being believed once makes it easier to speak twice.']: D.li(D.p(x, c, after=3), n7)
    c = sec(8, 'Recommendations', 'Number each. State lead and date.')
    D.p('The panel makes these recommendations to partners in Wrensby, in addition to what is said in 6.3 and 9. The reason for each is given first, in italics.', c)
    for r in REC:
        D.p(r['why'], c, italic=True, size=9.5, before=6, after=2)
        pp = D.p('**%s:** ' % r['head'], c, after=2)
        parts = re.split(r' (?=\((?:a|b|c|i|ii|iii)\) )', r['text'])
        D.rich(pp, parts[0])
        for q in parts[1:]:
            D.p(q, c, indent=1.4 if q.startswith('(i') else 0.7, hang=0.6, after=2)
        D.p('Lead: %s' % r['lead'], c, size=9.5, after=0, color='00695C'); D.p('Timescale: %s' % r['by'], c, size=9.5, after=4, color='00695C')
    c = sec(9, 'Learning for national bodies')
    D.p('The panel considered whether there was anything that could not be put right in Wrensby. Figures for temporary accommodation are published each quarter. They show how many children there are and not how often those children move. ' + NATL + ' The chair has written to say so.', c)
    c = sec(10, 'Decision', 'Does the case meet the criteria, and should a local child safeguarding practice review be held?')
    D.p('The criteria are met. The panel decided that a further review is unlikely to add to what has been learned. The National Panel agreed on 24 September 2024.', c)
    c = sec(11, 'Sharing the learning')
    D.p('The family have read this report. Ms A asked that it should say that she telephoned the health visitor on the Friday. A briefing should be ready for team meetings by the new year; the business unit has it in hand.', c)
    widths(t, [4.2, 12.8])
    D.p('', after=0)
    p = D.p('Annex 1: Single agency recommendations', bold=True, size=14, color='00695C', before=10); p.paragraph_format.page_break_before = True
    D.p('Taken from the agencies\u2019 own returns. The agency named is responsible for them.')
    t = d.add_table(rows=1, cols=4); t.style = 'Table Grid'
    for x, y in zip(t.rows[0].cells, ['Agency', 'Ref.', 'Recommendation', 'Due']): shade(x, '00695C'); D.rich(x.paragraphs[0], y, bold=True, color='FFFFFF')
    repeat(t.rows[0])
    m = []
    for ag, l in SINGLE:
        first = None
        for no, tx, a, by in l:
            r = t.add_row()
            for x, y in zip(r.cells[1:], (no, tx, by)): D.rich(x.paragraphs[0], y)
            first = first or r; last = r
        m.append((ag, first, last))
    widths(t, [3.8, 1.5, 9.3, 2.8])
    for ag, a, b in m:
        x = a.cells[0].merge(b.cells[0]) if a is not b else a.cells[0]; D.rich(x.paragraphs[0], ag, bold=True); shade(x, 'D9ECE9')
    D.p('Annex 2: Agencies that provided information', bold=True, size=14, color='00695C', before=16)
    for x in ['Wrensby Borough Council: children\u2019s services; housing; education', 'Ossenvale Health Visiting Service', 'Wrensby and Ossenvale Hospitals Trust', 'North Wrensby Ambulance Service', 'East Tarn Constabulary', 'Brackwater Academy; Little Osier Primary School', 'Withy House (domestic abuse service)']: bl(d, x)
    D.p('Annex 3: Timeline', bold=True, size=14, color='00695C', before=12).paragraph_format.page_break_before = True
    t = d.add_table(rows=1, cols=3); t.style = 'Table Grid'
    for x, y in zip(t.rows[0].cells, ['Date', 'Event', 'Comment']): shade(x, 'D9ECE9'); D.rich(x.paragraphs[0], y, bold=True, size=9)
    repeat(t.rows[0])
    for row in [('Oct 2023', 'Family placed in hotel', 'Health visiting service not told'), ('Dec 2023', 'Move to first flat', 'School place in six days'), ('Jan 2024', 'Sibling speaks of Mr B', 'Note made and filed'), ('Feb 2024', 'Move to second flat', 'Records requested'), ('Apr 2024', 'Move to Wrensby', 'New health visitor; records should have been chased'), ('May, June 2024', 'Police called', 'Adults spoken with together'), ('July 2024', 'First and second attendance at hospital', 'See 6.4')]:
        for x, y in zip(t.add_row().cells, row): D.rich(x.paragraphs[0], y, size=9)
    widths(t, [3, 7, 7.4])
    D.save(NAME)
if __name__ == '__main__': build()
