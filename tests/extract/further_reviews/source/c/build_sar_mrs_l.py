"""SAR Mrs L: Word, Liberation Sans, four domains; questions in boxes after the findings, recommendations with the label in the margin."""
from kit import *

B = 'Marrendale Safeguarding Adults Board'

# domain -> findings; questions: (number, parts)
QUESTIONS = {
 'A': [('1', ['How will the Board satisfy itself that practitioners in every agency can tell the difference between a choice and a habit formed by years of illness, and in particular that they:', '(a) ask about the person’s history before they describe a refusal as a lifestyle choice;', '(b) record the conversation in the person’s own words?']),
       ('2', ['Does the Board know how many mental capacity assessments for people who neglect themselves are made at home, at different times of day, rather than in a single office-hours visit?'])],
 'B': [('3', ['What does the Board need to see, and how often, in order to be confident that a multi-agency meeting is called before a third failed visit and not after it?']),
       ('4', ['Is the Board content that the local escalation procedure is known and used:', '(a) by staff in the voluntary sector;', '(b) by general practice; and', '(c) by the ambulance service, whose crews are often the only people to see inside the home?'])],
 'C': [('5', ['How can the Board encourage its partners to make room in caseloads for slow work, given that each agency measures its success by how quickly it closes a case?'])],
 'D': [('6', ['Has the Board set out clearly enough who chairs the self-neglect panel, to whom the panel reports, and what happens when its members disagree?']),
       ('7', ['How does the Board test whether the learning from its earlier reviews has reached the people who knock on doors?'])],
}
# domain -> (number, why, parts, lead, by)
RECS = {
 'A': [('1', 'Mrs L’s refusals were recorded 31 times. The reasons were recorded twice.',
        ['The Board should require its partners to adopt a shared practice standard for work with people who neglect themselves, which expects practitioners to:', '(a) make at least three attempts to build a relationship, in different ways, before a refusal is accepted;', '(b) find out who the person trusts and, with consent, work through that relationship;', '(c) consider executive capacity and record how it was tested in real life; and', '(d) explore the impact of bereavement, of trauma and of pain.'], 'Practice Development Sub-group', 'September 2023', 2),
       ('2', 'No one asked for an advocate because no one thought of Mrs L as having difficulty in being involved.',
        ['Marrendale County Council should review how it decides that a person would have substantial difficulty in being involved in a safeguarding enquiry, so that the offer of an advocate is the usual course in cases of self-neglect.'], 'Marrendale County Council, Adult Social Care', 'December 2023', 1)],
 'B': [('3', 'Seven agencies held information; there were two meetings; four agencies were at neither.',
        ['Marrendale Safeguarding Adults Board should bring the threshold for a multi-agency meeting into a single page which can be used by all partners, and which says:', 'that any agency can call a meeting;', 'that the person must be asked what she or he would like the meeting to talk about;', 'that a lead practitioner is named before the meeting closes.'], B, 'July 2023', 2),
       ('4', 'The fire service was told about the risk at the very end, and then by chance.',
        ['All partner agencies should make a referral for a home fire safety visit when they become aware of hoarding together with smoking, oxygen or paraffin-based creams, and should tell the person that they are doing so.'], 'All partner agencies', 'June 2023', 1),
       ('5', 'Practitioners worked alone with a great deal of worry.',
        ['Commissioners of community nursing and of home care should write into their contracts, at the next renewal:', '(a) that time for joint visits is paid;', '(b) that a missed or refused visit is reported to the lead practitioner on the same day; and', '(c) that reflective supervision is offered after three refused visits in a row.'], 'Marrendale Integrated Care Board', 'April 2024', 1)],
 'C': [('6', 'The case was closed and opened again nine times, by four teams.',
        ['The Trust and the Council should together pilot a long-term team with small caseloads for people who are hard to reach, should agree how the pilot is to be evaluated and should report the findings to the Board after one year.'], 'Fernside Community Health Trust with Marrendale County Council', 'May 2024', 1),
       ('7', 'Legal advice was asked for late and by e-mail.',
        ['Each statutory partner should make sure that its staff can obtain legal advice about self-neglect within two working days, including advice on the inherent jurisdiction of the High Court.'], 'Each statutory partner', 'October 2023', 1)],
 'D': [('8', 'The self-neglect panel met, but no one could say on whose behalf.',
        ['The Board should agree terms of reference for the self-neglect panel which cover:', '(a) who is to chair it and for how long;', '(b) its authority to ask an agency to think again; and', '(c) a report to the Board twice a year, with numbers, themes and the views of people with whom the panel has worked.'], 'Independent Chair of the Board', 'September 2023', 1),
       ('9', 'Three earlier reviews had said much the same.',
        ['The Board should hold an assurance event one year after publication, at which partners show, with examples from practice, what they have done differently because of this review.'], B, 'March 2024', 1)],
}
DOM = {'A': 'Direct practice with Mrs L', 'B': 'The team around Mrs L', 'C': 'The organisations around the team', 'D': 'Leadership by the Board'}

RECOMMENDATIONS = [dict(number=n, text=' '.join(p), kind='question', addressee='the Board') for d in 'ABCD' for n, p in QUESTIONS[d]] + \
  [dict(number=n, text=' '.join(p), addressee=lead, target=by, copies=c, main=c - 1) for d in 'ABCD' for n, why, p, lead, by, c in RECS[d]]

REVIEW = dict(file='sar-mrs-l.pdf', title='Safeguarding Adults Review: Mrs L', reference='Mrs L', type='SAR', publisher=B, lead_reviewer='Imelda Crosswaite', published='2023-03-14', stated_count=9,
  none_of=['How well did agencies understand Mrs L’s reasons for refusing care',
   'What opportunities were there to bring professionals together, and should they',
   'Practitioners should be curious about what a refusal is for',
   'A meeting should have a purpose that can be said in one sentence',
   'Managers should ask what a closure means for the person',
   'A board must be able to see its own blind spots',
   'they should have asked her about the piano',
   'Mrs L’s refusals were recorded 31 times',
   'The Council’s case system now requires a manager to agree any closure',
   'Every front-line team must now nominate a self-neglect champion',
   'the Board should produce a hoarding toolkit',
   'Readers should not take the absence of a recommendation'])

def build():
    TEAL, LT = '0B5C63', 'E0F0F0'
    w = W('Liberation Sans', 10.5, margins=(2.3, 2.2, 2.2, 2.2), after=7, line=1.15)
    w.heads({1: dict(size=18, color=TEAL, before=16, after=8), 2: dict(size=13, color=TEAL, before=12, after=5), 3: dict(size=11, color='404040', before=8, after=4)})
    alph = lambda: w.numbering([('lowerLetter', '(%1)', 0.8, 0.7, None)])
    bul = w.numbering([('bullet', '\uf0a7', 1.1, 0.6, 'Wingdings')])
    inn = w.numbering([('bullet', '\uf0b7', 0.8, 0.6, 'Symbol')])
    def parts(p, **kw):
        out = [(p[0], dict(kw))]
        n = alph() if len(p) > 1 and p[1].startswith('(') else inn
        for x in p[1:]:
            out.append((x[4:] if x.startswith('(') else x, dict(kw, num=n, after=3)))
        return out
    s = w.doc.sections[0]; s.different_first_page_header_footer = True
    fp = s.footer.paragraphs[0]; w.runs(fp, 'Safeguarding Adults Review – Mrs L\tFinal version for publication\t', size=8, color='666666'); w.field(fp, 'PAGE', size=8)
    # cover: a shaded table
    t = w.doc.add_table(rows=1, cols=1); c = t.rows[0].cells[0]
    w.cell(c, [('', dict(after=120)), ('Safeguarding Adults Review', dict(size=30, bold=True, color='FFFFFF', after=6)), ('Mrs L', dict(size=30, color='FFFFFF', after=40)), ('Independent reviewer: Imelda Crosswaite', dict(size=13, color='FFFFFF')), ('14 March 2023', dict(size=13, color='FFFFFF', after=130))], shade=TEAL)
    w.p('', after=60); w.p(B, size=14, bold=True, color=TEAL)
    w.p('This review was commissioned under section 44 of the Care Act 2014.', size=9.5, color='666666')
    w.h('Summary', 1, page_break=True)
    w.p('Mrs L was a retired piano teacher. She died at home in February 2021, aged 76, from an infection that could have been treated. In the last two years of her life she let very few people through her front door. This review asks what it was like to be Mrs L and what it was like to be a practitioner on her doorstep.')
    w.p('The findings are set out in four domains: direct practice, the team around the person, the organisations around the team, and leadership by the Board. After each group of findings there are questions that the Board is asked to answer in its public response. The review then makes nine recommendations. The two that the reviewer regards as most urgent are printed here as well as in chapter 6.')
    for d, k in (('A', 0), ('B', 0)):
        n, why, p, *_ = RECS[d][k]
        w.box([('Recommendation ' + n, dict(bold=True, color=TEAL))] + parts(p), fill='FFFFFF', line=TEAL, width=16.4, size=10)
    w.h('1  About this review', 1)
    w.p('The Board’s case review group decided on 8 June 2021 that the criteria were met. Imelda Crosswaite, who has no connection with any of the agencies, was appointed in September. She worked with a panel of managers, read the records, held two learning events with 26 practitioners, and met Mrs L’s niece.')
    w.p('The key lines of enquiry agreed by the panel were:', keep=True)
    for x in ['How well did agencies understand Mrs L’s reasons for refusing care?', 'What opportunities were there to bring professionals together, and should they have been taken sooner?', 'How did the Board and its partners support staff in work of this kind?', 'What got in the way of good practice, and is it still in the way?']:
        w.p(x, num=bul, after=3)
    w.p('The review does not set out to judge whether different practice would have led to a different ending. Readers should not take the absence of a recommendation about an agency to mean that the agency has nothing to learn.', before=6)
    w.h('2  Mrs L', 1)
    w.textbox('“If they wanted to come in, they should have asked her about the piano. She would have talked all afternoon.”\nMrs L’s niece', 165, 92, '#E0F0F0')
    w.p('Mrs L taught the piano to three generations of children in Skelderby. Former pupils remember her as exact, funny and generous with biscuits. She married late and was widowed after eleven years. She stopped teaching in 2012 because of arthritis in her hands, and she told her niece that the house had been “very quiet since the music went out of it”.')
    w.p('From 2017 her home became hard to move around in. Newspapers and sheet music covered the floors, then the stairs. She slept in a chair. She had leg ulcers and used a cream that she bought herself. She was courteous to callers and sent nearly all of them away.')
    w.h('3  What happened', 1)
    w.table([['When', 'What happened'],
     ['March 2019', 'The GP asked the community nurses to dress Mrs L’s legs. Eleven visits were made; she accepted four. The nurses discharged her in June for “non-engagement”.'],
     ['August 2019', 'A neighbour wrote to the Council. A social worker called twice and left a card. The contact was closed.'],
     ['January 2020', 'An ambulance was called after a fall. The crew sent in a safeguarding concern with photographs. It was read as a request for a care assessment, and Mrs L declined one by telephone.'],
     ['October 2020', 'The first multi-agency meeting. The housing officer and the nurse came; the social worker’s post was vacant. The action was “continue to monitor”.'],
     ['December 2020', 'A second meeting discussed the home fire safety visit that had not been asked for. It was asked for.'],
     ['February 2021', 'Mrs L was found by the postman, who had noticed that her curtains were closed.']], [3, 13.4], size=9.5, shade=LT)
    w.h('4  Findings', 1)
    FIND = {
     'A': (['The practitioners who met Mrs L liked her. Their notes are kind. But they describe what she would not accept and hardly ever what she wanted. The phrase “has capacity, lifestyle choice” appears in the records of four agencies, in the same words, and it seems to have been copied from one to the next. Nobody had made a formal assessment.', 'Her niece believes that pain, and shame about the state of the house, explain more than choice. One nurse found a way in: she asked about the photographs in the hall. That visit lasted fifty minutes and the dressing was changed. The nurse’s record of it was a single line, since the template has no place for more.'],
           'Practitioners should be curious about what a refusal is for. A closed door may protect something that the person values.'),
     'B': (['No one was in charge. That is not a criticism of any one person: each agency believed that another was the lead and each had some reason to think so. The two meetings that were held took place because the housing officer was persistent. She had no authority to call them and said that she had been “made to feel a nuisance”.', 'Information moved between agencies as e-mail attachments. The ambulance crew’s photographs, which would have shown anyone how far things had gone, were in a folder that social workers could not open.'],
           'A meeting should have a purpose that can be said in one sentence, and a person to see that it is carried out.'),
     'C': (['The pressures on each organisation were real. The community nursing service had a third of its posts vacant. The Council’s team was measured on contacts closed within ten days. These pressures shaped what people did, and staff told the reviewer that the pressure had come to feel like the job.'],
           'Managers should ask what a closure means for the person as well as for the waiting list.'),
     'D': (['The Board has published three reviews on self-neglect since 2015. The first, about Mr D, recommended that “the Board should produce a hoarding toolkit”. It did, and it is a good one. Of the 26 practitioners at the learning events, five had seen it.', 'A self-neglect panel was set up in 2018. Mrs L was never discussed there. The panel’s minutes do not show to whom it reported.'],
           'A board must be able to see its own blind spots. The people best placed to point them out are rarely in the room.')}
    for i, d in enumerate('ABCD', 1):
        w.h('4.%d  %s' % (i, DOM[d]), 2)
        for x in FIND[d][0]: w.p(x)
        w.box([('Learning point', dict(bold=True, color='7A5C00')), FIND[d][1]], fill='FFF8E1', line='E0B000', width=16.4, size=10)
        ps = [('Questions for the Board', dict(bold=True, color='FFFFFF', shade=TEAL))]
        for n, p in QUESTIONS[d]:
            ps += [('**Question %s**' % n, dict(before=4, keep=True))] + parts(p)
        w.box(ps, fill=LT, line=TEAL, width=16.4, size=10)
    w.h('5  What has changed since', 1)
    w.p('The reviewer was told of the following changes, and has seen evidence of the first two.', keep=True)
    for x in ['The Council’s case system now requires a manager to agree any closure where a person has declined an assessment.', 'Every front-line team must now nominate a self-neglect champion, who has two days of training.', 'Ambulance crews’ photographs are stored where social workers can see them.']:
        w.p(x, num=bul, after=3)
    w.h('6  Recommendations', 1)
    w.p('The nine recommendations follow the four domains. The line in italics explains why each is made. The lead and the date were agreed with the agencies at a meeting on 20 January 2023.')
    for i, d in enumerate('ABCD', 1):
        w.p('DOMAIN %d   %s' % (i, DOM[d].upper()), bold=True, color='FFFFFF', shade=TEAL, before=8, after=6, keep=True)
        t = w.doc.add_table(rows=0, cols=2); t.autofit = False
        for n, why, p, lead, by, c in RECS[d]:
            r = t.add_row(); r.cells[0].width = Cm(3.7); r.cells[1].width = Cm(12.7)
            w.cell(r.cells[0], ('**Recommendation %s**' % n), size=10, color=TEAL)
            w.cell(r.cells[1], [('__%s__' % why, dict(color='555555', size=9.5))] + parts(p, size=10.5) + [('**Lead:** %s' % lead, dict(size=9.5, after=0)), ('**By:** %s' % by, dict(size=9.5, after=10))], size=10.5)
        for g, x in zip(t._tbl.tblGrid.findall(qn('w:gridCol')), (3.7, 12.7)): g.set(qn('w:w'), str(int(x * 567)))
        w.p('', after=2)
    w.h('7  Closing words', 1)
    w.p('Practitioners came to the learning events knowing that it would be painful, and they stayed for the whole day. Several had kept the postcards that Mrs L sent to thank them for visits she had cut short. The reviewer thanks them, and Mrs L’s niece, for their honesty. The Board will publish its response, including its answers to the questions in chapter 4, within six months.')
    w.p('One of Mrs L’s pupils now teaches in the room next to the library in Skelderby, on Mrs L’s piano.')
    w.h('Glossary', 2)
    for a, b in [('Executive capacity', 'the ability to carry out a decision, and not only to make and explain it'), ('Lead practitioner', 'the person who holds the plan together, from whichever agency'), ('Self-neglect panel', 'a meeting of managers to which complex cases can be brought')]:
        w.p('**%s**\t%s' % (a, b), left=4.5, first=-4.5, after=3, size=9.5)
    w.save('sar-mrs-l')

if __name__ == '__main__':
    build(); answers(REVIEW, RECOMMENDATIONS)
