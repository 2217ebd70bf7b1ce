"""LCSPR 'Jory and Kit': Word; a systems review: findings in boxes, questions for the Partnership, a response sheet that repeats them."""
from common import *
NAME = 'lcspr-jory-kit'
LEAD = 'Questions for the Partnership to consider:'
def Q(n, head, subs=()): return Item(head, subs, number=str(n), kind='question', lead_in=LEAD, addressee='the Partnership')
F = [
 dict(no='1', title='Home conditions are described by what professionals see on the day, and not by what the same home was like the last time somebody looked',
      cat='Tools',
      box='Without a shared way of describing a home over time, each visit starts afresh. Gradual decline is recorded as a series of acceptable days, and brief improvement as recovery. Children live through the gaps.',
      q=[Q(1, 'Does the Partnership agree that the present assessment tool for neglect is designed for a single visit, and is that the purpose for which it was bought?'),
         Q(2, 'How might photographs, floor plans or children’s drawings be used, with the family’s consent, so that the next professional can see what the last one saw?'),
         Q(3, 'What would the Partnership expect to hear from a health visitor, a housing officer and a teaching assistant, each of whom sees a different room?')],
      body=[('How did the issue show itself in this case?', ['Thirty-one visits were made to the house in eighteen months, by nine people. The words used were “cluttered”, “improving”, “cluttered but safe”, “no concerns today” and, in the last entry before the fire service forced the door, “as before”. Nobody could say as before what.',
             'The housing officer had measured the width of the hallway each quarter, because of the gas inspection. It fell from ninety centimetres to thirty-eight. Her figures were the only ones in the case that could be compared with each other, and she had not been asked for them.']),
            ('What makes it an underlying issue?', ['Members of the case group recognised this from their other work. They described a tool of forty-four questions which is completed once, filed, and completed again from the beginning when the next worker is allocated. Two said that they copied the earlier answers, and were candid as to why.']),
            ('Why does it matter?', ['Neglect is a matter of time. A tool that has no memory cannot find it. Should a practitioner be expected to carry the earlier picture in her head, when the case has changed hands four times? The reviewers think not.'])]),
 dict(no='2', title='An adult’s acquired brain injury is treated as a fact about the adult, so that nobody asks what it means for the running of a household',
      cat='Professional norms and culture',
      box='Adult neurological services assess a patient’s safety, and children’s services assess a parent’s care. Where the same person is both, each service waits for information that the other does not know it has.',
      q=[Q(1, 'Is the Partnership satisfied that adult neurological rehabilitation is represented, by a person who can make decisions, in its work on neglect?'),
         Q(2, 'What would it take for every discharge letter after a brain injury to say whether the patient has the care of children and, if so:', ['what the patient can no longer be relied upon to notice;', 'what the patient can do if reminded, and by whom;', 'how the children have been told?']),
         ],
      body=[('How did the issue show itself in this case?', ['The boys’ father was injured at work in 2017. He was discharged from rehabilitation as independent in all activities of daily living, which he was. He could cook a meal. He could not tell, from the meal, that it was time for others to eat.',
             'His occupational therapist knew that he had begun to keep things. She understood it, rightly, as a consequence of the injury. Her notes record two sons. The notes of children’s services record a father who “has some memory issues”.']),
            ('How widespread is it?', ['There are no figures. Adult rehabilitation teams in the area see about two hundred people of working age each year and do not count those who are parents. The teams told us that they would like to be asked.'])]),
 dict(no='3', title='When a relative is coping, services step back, and the relative’s coping is then taken as proof that stepping back was right',
      cat='Patterns of interaction with families',
      box='Grandparents and other relatives fill gaps quietly and at cost. Professionals read the filled gap as an absence of need, and no plan exists for the day when the relative can do no more.',
      q=[Q(1, 'How would the Partnership come to know that a family plan rests upon one person, and that she is seventy-four?'),
         Q(2, 'Does the Partnership wish to see a contingency recorded in each plan, and tested, before a case is stepped down?'),
         Q(3, 'Can family group conferences be offered early enough to be of use, and does the Partnership know how many were offered last year?'),
         Q(4, 'What do relatives say about how they were treated when they rang to ask for help?')],
      body=[('How did the issue show itself in this case?', ['The boys’ grandmother came every day by two buses. She washed their clothes at her own home. She was named in five plans as a “protective factor”, and was invited to none of the meetings at which the plans were made.',
             'In October she was taken into hospital for an operation that had been arranged since June. Attendance at school fell within a week. The school rang her number, which was the one it had, and left messages.']),
            ('What makes it an underlying issue?', ['The case group could name no step-down form, in any agency, that asks who is doing the work. In one, the box for “support network” was found to have been completed in eleven files out of twelve with the single word “good”.']),
            ('Why does it matter?', ['“They kept telling me I was marvellous,” the grandmother told us. “I’d have swapped it for a lift.”'])]),
 dict(no='4', title='Children who are quiet, fed at school and liked by their teachers do not meet anyone’s picture of a neglected child',
      cat='Human reasoning',
      box='Schools do a great deal for children without recording it as a response to need. The help disguises the need from the school itself, and from all who ask the school how the children are.',
      q=[Q(1, 'What would help schools to see, and to count, what they are already doing for a child?'),
         Q(2, 'Is the Partnership confident that “no concerns” is never accepted, from any agency, as an answer to the question how a child is?'),
         Q(3, 'How should the voices of brothers and sisters be heard separately, where one of them does the talking?')],
      body=[('How did the issue show itself in this case?', ['Jory, who was six, had breakfast at school, a second pair of shoes in the cloakroom and a reading volunteer who brought him a banana. Kit, who was four, attended the nursery class in clothes from the spare box. Staff were kind and quick. When the social worker rang, they said that the boys were lovely.',
             'Jory spoke for both. Kit’s own speech was late, and in eighteen months there is no account of anyone having sat down with him alone.']),
            ('How widespread is it?', ['The designated safeguarding leads of six schools met the reviewers. All six recognised the spare box. None had thought to write down who used it. One has since started to, and says that three names were a surprise to her.'])]),
 dict(no='5', title='Managers’ decisions to close are made on Fridays, from summaries, and no one sees the summaries together',
      cat='Management systems',
      box='Pressure on throughput leads managers to decide from a paragraph. Each decision is defensible. A series of defensible decisions, made by different people who do not see one another’s, is not a plan.',
      q=[Q(1, 'What does the Partnership know about how often the same children are referred, assessed and closed within two years, and what does it do with the answer?'),
         Q(2, 'Would the Partnership support a rule that a third closure is made by somebody who has read the first two, even where this would cost time that managers say they have not got and where the figures reported to the Partnership on timeliness would, for a period that might well be longer than a year, look worse than those of its neighbours?'),
         Q(3, 'Has the Partnership asked managers themselves what would make it easier to wait?')],
      body=[('How did the issue show itself in this case?', ['The family was referred five times. Three of the referrals led to an assessment, and each of the assessments to a closure within thirty-five days. The three closing summaries were written by three people and authorised by three managers. Laid side by side they describe, with some skill, the same winter.']),
            ('How widespread is it?', ['In a sample of sixty closures from the same quarter, forty-one had been authorised on the last working day of the week.']),
            ('Why does it matter?', ['A manager told us that on Friday afternoons the screen turns from green to amber. She did not say it as an excuse. It is how the week is built.',
             'The reviewers also heard that decisions have been better since a second manager began to sit in on them. Nobody had arranged this, and it depends upon two people getting on. It is the sort of practice that a busy office keeps for as long as nobody is ill, and the reviewers would be sorry to see it made into a panel with terms of reference.'])]),
]
ITEMS = [x for f in F for x in f['q']]
TITLES = ['1 Introduction', '2 The family', '3 Methodology', '4 Appraisal of professional practice in this case', '5 The findings', '6 Additional learning', '7 Closing remarks', 'Appendix 1: Members of the review team and case group', 'Appendix 2: Response sheet']
NONE = ['What can be learned about the way in which agencies recognise',
 'How do services for adults and services for children understand one',
 'Should a practitioner be expected to carry the earlier picture in',
 'Why was the fifth referral treated differently from the four before',
 'the allocated worker should have asked to see upstairs, and would',
 'The board should ensure that all agencies use the same tool',
 'Practitioners should say aloud what they cannot see when they visit',
 'Interpreters and advocates should be booked for the child as well',
 'How will leaders tell staff about this report, and will they',
 'the findings are not recommendations, and the Partnership must decide']

def build(pages):
    d = Doc('Arial', 10.5, (2.6, 2.5, 2.4, 2.5), after=7, line=1.12, colour='3B2F5C')
    d.foot = ['The name of the tool has been left out at the request of its publisher.', 'Figures supplied by the housing association; the reviewers have seen the inspection sheets.']
    sec = d.d.sections[0]; sec.different_first_page_header_footer = True
    d.foot_head(sec, '**CONFIDENTIAL** | Systems review: Jory and Kit | Final report', '{PAGE}', size=8.5, align_h='LEFT', align_f='RIGHT')
    d.p('', after=60)
    d.panel([lambda c: d.p('LOCAL CHILD SAFEGUARDING PRACTICE REVIEW', where=c, size=20, bold=True, colour='FFFFFF', before=18, spacing=20),
             lambda c: d.p('Jory and Kit', where=c, size=26, colour='FFFFFF', after=4),
             lambda c: d.p('A systems review of the response to neglect', where=c, size=14, colour='FFFFFF', after=18)], '3B2F5C')
    d.p('', after=30)
    d.p('Lead reviewers: Samira Thistlewick and Col Harbrough', size=12)
    d.p('Saltreave and Ostlebury Safeguarding Children Partnership', size=12)
    d.p('June 2021', size=12)
    p = d.p('CONTENTS', bold=True, size=14, spacing=60, colour='3B2F5C'); d.pagebreak_before(p)
    d.contents([(1, t) for t in TITLES[:5]], pages, 15.8)
    d.contents([(2, 'Finding %s' % f['no']) for f in F], pages, 15.8)
    d.contents([(1, t) for t in TITLES[5:]], pages, 15.8)
    H = lambda t: d.h(t, 1)
    p = H(TITLES[0]); d.pagebreak_before(p)
    d.p('In November 2019 the fire service was called to a terraced house by a neighbour who could smell burning. There had been no fire, only a heater too near to some newspapers. Two boys, whom this report calls Jory and Kit, were found in an upstairs room with their father. The door to the room could not be opened from within. All three were unhurt, and very cold.')
    d.p('The Partnership decided to hold a review because the family had been known to services for most of the boys’ lives, and because the case seemed at first to have little in it that was unusual. It asked for a systems review: one that uses a single case as a window on the ordinary working of the whole.')
    d.p('The review was asked to address three research questions:')
    L = d.num(d.abstract([('lowerRoman', '%1.', 1.2, 0.8, None)]))
    for x in ['What can be learned about the way in which agencies recognise slow change in the circumstances of young children?', 'How do services for adults and services for children understand one another’s part when a parent has been injured?',
              'What helps, and what hinders, people who hold a worry but no proof?']: d.p(x, num=L, after=3)
    H(TITLES[1])
    d.table([3.5, 12.3], None, [['**Jory**', 'Aged 6. Fond of maps. Attends Year 2.'], ['**Kit**', 'Aged 4. Attends the nursery class of the same school.'], ['**Father**', 'Aged 35. Injured at work in 2017. Sole carer since 2018.'], ['**Mother**', 'Left the household in 2018; has since resumed contact.'], ['**Grandmother**', 'Father’s mother, aged 74. Lives four miles away.']], size=10, fills=['E6E1F0', None])
    d.p('', after=0)
    d.p('Both boys now live with their grandmother’s sister, within walking distance of school. Their father sees them most days. He has read the parts of this report that concern him, with an advocate, and asked us to say that he was trying.')
    H(TITLES[2])
    d.p('A systems review distinguishes between what happened in one case and what the case shows about the usual way of doing things. It moves from the first to the second by asking the people who were there. The case group met on four occasions. A review team of senior staff tested what was said against data and against their own knowledge.')
    d.p('The result is a small number of findings. In this approach the findings are not recommendations, and the Partnership must decide for itself how it will respond to each. To help it, each finding ends with some questions. We have taken care that none of them can be answered by writing a new procedure.')
    d.p('A finding has to say how the issue showed itself, what makes it underlying and not a quirk, how widespread it is, and why it matters. Where we could not find evidence on one of these we have said nothing under that heading.')
    H(TITLES[3])
    d.p('For the most part people did what their agencies asked of them, and in several respects more. The health visitor continued to visit after Kit was no longer on her caseload. The teaching assistant who noticed that Jory’s gloves did not come off told three people on the same day.')
    d.p('Some practice fell short of what was then expected. On the visit of 3 September the allocated worker should have asked to see upstairs, and would have done so had she not been told that the baby was asleep. There was no baby. She has said that she knew this, and cannot account for it except by the heat and the hour.')
    d.p('An earlier review by the former local safeguarding children board, in 2014, had dealt with a house not unlike this one. It recommended: “The board should ensure that all agencies use the same tool to assess neglect.” All agencies now do.^1^ Finding 1 is about what came of that.')
    d.p('Why was the fifth referral treated differently from the four before it? The reviewers have thought about this at length. The likeliest explanation is that the person who took it had, that morning, come back from leave.')
    p = H(TITLES[4]); d.pagebreak_before(p)
    d.p('Five findings have been prioritised for the Partnership. They are listed here by title and are set out in full on the pages that follow.')
    d.table([1.6, 10.2, 4.0], ['No.', 'Finding', 'Category'], [[f['no'], f['title'] + '.', f['cat']] for f in F], size=9.5, head_fill='3B2F5C', head_colour='FFFFFF')
    for f in F:
        p = d.p('FINDING ' + f['no'], size=9.5, bold=True, spacing=60, colour='7A6BA0', before=22, after=2, keep=True)
        p = d.h(f['title'] + '.', 2)
        for h, ps in f['body']:
            d.p(h, bold=True, italic=True, keep=True, after=3, before=4)
            for x in ps:
                if 'thirty-eight' in x: x = x.replace('thirty-eight.', 'thirty-eight.^2^')
                d.p(x, align='JUSTIFY')
        num = d.num(d.abstract([('decimal', '%1.', 0.9, 0.7, 'b'), ('bullet', '\uf02d', 1.7, 0.5, 'Symbol')]))
        fs = [lambda c: d.p('Finding %s in brief' % f['no'], where=c, bold=True, colour='3B2F5C', before=3, after=3), lambda c: d.p(f['box'], where=c, italic=True),
              lambda c: d.p(LEAD, where=c, bold=True, after=3, before=4)]
        def add(it):
            def g(c):
                d.p(it.head, where=c, num=num, after=4)
                for x in it.subs: d.p(x, where=c, num=num, lvl=1, after=2)
            return g
        d.panel(fs + [add(it) for it in f['q']], 'EFEBF6', 15.8, '3B2F5C')
        d.p('', after=0)
    H(TITLES[5])
    d.p('Some learning arose that does not amount to a finding. It is offered to practitioners for use in supervision:')
    b = d.num(d.abstract([('bullet', '\uf0a7', 1.1, 0.6, 'Wingdings')]))
    for x in ['Practitioners should say aloud what they cannot see when they visit. A shut door is information.', 'Interpreters and advocates should be booked for the child as well as for the adult.', 'The person who has the figures may be the gas engineer.']: d.p(x, num=b, after=3)
    H(TITLES[6])
    d.p('We have met nobody in this review who did not care about these two boys. That is the difficulty with which the Partnership is left. How will leaders tell staff about this report, and will they be able to do it without naming a tool, a form or a course? We hope so. Jory, when we asked what he would want changed, drew us a map of the house with the doors in.')
    p = H(TITLES[7])
    d.table([7.9, 7.9], ['Review team', 'Case group'], [['Head of safeguarding, Saltreave Council', 'Two social workers and a team manager'], ['Designated doctor, Saltreave and Ostlebury Integrated Care System', 'Health visitor; school nurse'], ['Detective inspector, Ostlebury Constabulary', 'Teaching assistant; designated safeguarding lead'], ['Director of housing, Tidewell Homes', 'Housing officer; occupational therapist']], size=9.5, head_fill='E6E1F0')
    p = H(TITLES[8]); d.pagebreak_before(p)
    d.p('This sheet repeats the questions under each finding so that the Partnership can record its response. It will be published with the responses six months after the report.')
    rows = []
    for f in F:
        for it in f['q']:
            def cell(c, it=it):
                d.p(it.head, where=c, size=9, after=1)
                if it.subs:
                    nb = d.num(d.abstract([('bullet', '\uf02d', 0.5, 0.4, 'Symbol')]))
                    for x in it.subs: d.p(x, where=c, size=9, num=nb, after=1)
            rows.append([f['no'] + ' / ' + it.k['number'], [cell], ''])
    d.table([2.2, 9.0, 4.6], ['Finding / question', 'Question', 'Response of the Partnership'], rows, size=9, head_fill='3B2F5C', head_colour='FFFFFF')
    d.save(NAME)

if __name__ == '__main__':
    build({})
    pg = heading_pages(NAME, TITLES); 
    for f in F:
        pdf = Pdf(f'{HERE}/{NAME}.pdf'); o = pdf.all('FINDING %s%s' % (f['no'], f['title'])); pg['Finding ' + f['no']] = pdf.page(o[0])
    build(pg)
    answers(NAME, dict(title='Local Child Safeguarding Practice Review: Jory and Kit', reference='Jory and Kit', type='SPR', publisher='Saltreave and Ostlebury Safeguarding Children Partnership',
            lead_reviewer='Samira Thistlewick and Col Harbrough', published='2021-06'), ITEMS, ('Five findings have been prioritised', -1, '6 Additional learning', -1), NONE)
