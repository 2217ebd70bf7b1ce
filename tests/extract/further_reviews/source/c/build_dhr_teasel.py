"""DHR 'Teasel': Word, Carlito, Home Office style action plan in landscape."""
from kit import *

OSP, EVP, NHS = 'Safer Ostlebury Partnership', 'Eddle Valley Police', 'Tarrow Vale NHS Foundation Trust'
CCG, HOU, HO, CH = 'Ostlebury Clinical Commissioning Group', 'Brackenly Fold Homes', 'Home Office', 'College of Policing'

def T(*parts):
    return ' '.join(parts)

# number, group, parts (first = main; others sub-items), addressee, scope, actions, milestones, target, outcome
RECS = [
 ('1', 'Multi-agency', ['Safer Ostlebury Partnership should review the local MARAC operating protocol so that a case which has been heard and closed is brought back whenever there is a further incident within twelve months.'], OSP, 'Local',
  'Task and finish group to redraft the protocol. All MARAC members should sign the new version.', 'Draft protocol circulated March 2017. Consultation closed May 2017.', 'September 2017', 'Ongoing'),
 ('2', 'Multi-agency', ['Safer Ostlebury Partnership should commission training on coercive and controlling behaviour for staff of all partner agencies, and should satisfy itself that the training:',
   '(a) uses local case material, including the learning from this review;', '(b) is attended by first line managers as well as by practitioners; and', '(c) explains what can be done when a person declines a referral.'], OSP, 'Local',
  'Training needs analysis to be completed. Provider must be appointed by the autumn.', 'Specification agreed by the Partnership Board in April 2017.', 'December 2017', 'Ongoing'),
 ('3', 'Multi-agency', ['Safer Ostlebury Partnership should publish a short guide for friends, neighbours and employers who are worried about someone’s relationship, and should test it with people who have used local services.'], OSP, 'Local',
  'Communications leads to draft the guide with the survivors’ forum.', 'Survivors’ forum met on 9 February and 11 May 2017.', 'October 2017', 'Not yet due'),
 ('4', 'Multi-agency', ['All agencies represented on the panel should confirm in writing to Safer Ostlebury Partnership, within six months of publication, that the learning from this review has been shared with their front-line staff.'], 'All agencies represented on the panel', 'Local',
  'Template letter to be issued by the community safety team.', 'Template agreed.', 'Six months from publication', 'Not yet due'),
 ('5', 'National', ['The Home Office should consider whether the national guidance on risk assessment gives enough weight to the period after separation where there are no children of the relationship.'], HO, 'National',
  'Chair to write to the Home Office Quality Assurance Panel.', 'Letter sent with this report.', 'June 2017', 'Completed'),
 ('6', 'National', ['The College of Policing should add the use of shared bank accounts and of vehicle tracking devices to the examples of controlling behaviour in its training for response officers.'], CH, 'National',
  'Eddle Valley Police to raise through the regional learning board.', 'On the agenda of the regional board for July 2017.', 'December 2017', 'Ongoing'),
 ('7', EVP, ['Eddle Valley Police should ensure that every risk assessment graded as standard is checked by a supervisor before the end of the tour of duty in which it was made.'], EVP, 'Local',
  'New supervisory screen in the crime recording system.', 'Screen live in two of four districts.', 'August 2017', 'Ongoing'),
 ('8', EVP, ['Eddle Valley Police should make sure that:', 'intelligence checks on both parties are made before officers leave the scene;', 'earlier calls from the same address are read out to the officers attending; and', 'the reasons for not taking positive action are written down.'], EVP, 'Local',
  'Control room procedure to be amended; dip sampling each month.', 'Procedure amended January 2017. First two dip samples show improvement.', 'July 2017', 'Completed'),
 ('9', NHS, ['To introduce routine enquiry about domestic abuse at first appointment in the musculoskeletal service and to audit compliance after six and twelve months.'], NHS, 'Local',
  'Service lead to amend the first appointment form.', 'Form amended. Six month audit due in October.', 'April 2018', 'Ongoing'),
 ('10', NHS, ['To remind all clinical staff that a relative or partner should not be used as an interpreter or as the only source of the patient’s history.'], NHS, 'Local',
  'Seven minute briefing and screen saver.', 'Briefing issued in November 2016.', 'December 2016', 'Completed December 2016'),
 ('11', CCG, ['That the named GP for safeguarding works with practices to agree a single way of recording domestic abuse in the notes of the victim, of the perpetrator and of any children, which cannot be seen by others through online access to records.'], CCG, 'Local',
  'Named GP to hold two protected learning events.', 'First event held with 41 practice staff.', 'January 2018', 'Ongoing'),
 ('12', CCG, ['That practices are offered the identification and referral programme which the panel heard has been successful elsewhere.'], CCG, 'Local',
  'Business case to be taken to the governing body.', 'Business case deferred to the autumn.', 'November 2017', 'Not yet due'),
 ('13', HOU, ['Brackenly Fold Homes should revise its abandonment procedure so that a sole tenant who leaves in a hurry is asked, through a safe means of contact, whether she or he left because of abuse.'], HOU, 'Local',
  'Procedure to be revised by the head of tenancies.', 'Revised procedure approved by the housing board.', 'May 2017', 'Completed May 2017'),
 ('14', HOU, ['Brackenly Fold Homes should give its repairs contractors a simple way to report concerns about damage to doors, locks and telephones.'], HOU, 'Local',
  'Contractor app to have a “worried about someone” button.', 'Pilot with one contractor.', 'March 2018', 'Ongoing'),
]

RECOMMENDATIONS = [dict(number=n, text=' '.join(parts), addressee=who, target=td, copies=2, main=0, single=(g in (EVP, NHS, CCG, HOU)))
                   for n, g, parts, who, sc, ac, mi, td, ou in RECS]

REVIEW = dict(file='dhr-teasel.pdf', title='Domestic Homicide Review: Overview Report into the death of Teasel', reference='Teasel', type='DHR',
  publisher='Safer Ostlebury Partnership', lead_reviewer='Marian Petherwick', published='2017-06', stated_count=14,
  none_of=['Whether agencies should have recognised that the risk to Teasel had risen',
   'Agencies must secure all records and should not discuss the review',
   'The review should be conducted in line with the expectations of the statutory guidance',
   'A person who declines a service should be asked again',
   'Professionals should ask about abuse when a person is seen alone',
   'Recommendation 3: All front-line staff should carry a card',
   'The MARAC should set a date on which each action is looked at again',
   'Since the spring of 2016 every officer must complete a risk assessment',
   'All MARAC members should sign the new version',
   'Provider must be appointed by the autumn',
   'The panel recognises that a recommendation is only as good as the action',
   'The panel wishes to see these four agencies act without waiting',
   'The Partnership should be proud of the independent advocacy service'])

def build():
    w = W('Carlito', 11, after=6, line=1.1)
    w.heads({1: dict(size=15, color='1F3864', before=14, after=6), 2: dict(size=12.5, color='1F3864', before=10, after=4), 3: dict(size=11, color='000000', italic=True, before=8, after=3)})
    bul = w.numbering([('bullet', '\uf0b7', 1.27, 0.63, 'Symbol')])
    tor = w.numbering([('lowerRoman', '%1)', 1.5, 0.9, None)])
    sub = w.numbering([('bullet', '\uf0a7', 1.9, 0.6, 'Wingdings')])
    s = w.doc.sections[0]
    s.different_first_page_header_footer = True
    hp = s.header.paragraphs[0]; hp.alignment = AL.RIGHT; w.runs(hp, 'OFFICIAL SENSITIVE: FINAL – Safer Ostlebury Partnership – DHR Teasel', size=8.5, color='7F7F7F')
    fp = s.footer.paragraphs[0]; fp.alignment = AL.CENTER; w.runs(fp, 'Page ', size=9); w.field(fp, 'PAGE', size=9); w.runs(fp, ' of ', size=9); w.field(fp, 'NUMPAGES', '16', size=9)
    # cover
    w.p('', after=90)
    w.p('SAFER OSTLEBURY PARTNERSHIP', align='c', size=16, bold=True, color='1F3864', after=40)
    w.p('DOMESTIC HOMICIDE REVIEW', align='c', size=26, bold=True, color='1F3864', border=('1F3864', 12, 'top'), after=4, before=10)
    w.p('Overview Report into the death of Teasel', align='c', size=18, color='1F3864', after=10)
    w.p('who died in October 2015', align='c', size=14, italic=True, border=('1F3864', 12, 'bottom'), after=120)
    w.p('Independent Chair and Author: Marian Petherwick', align='c', size=12, after=4)
    w.p('Report completed: December 2016', align='c', size=12, after=4)
    w.p('Published: June 2017', align='c', size=12, bold=True, after=60)
    w.p('The panel offers its sincere condolences to Teasel’s family and to all who knew her.', align='c', italic=True)
    w.p('CONTENTS', page_break=True, bold=True, size=14, color='1F3864')
    w.toc([('1. Introduction', 1, 0), ('2. Terms of reference', 2, 0), ('3. The people in this review', 3, 0), ('4. Summary of events', 4, 0), ('5. Analysis', 5, 0), ('6. Lessons to be learned', 9, 0), ('7. Good practice and changes already made', 10, 0), ('8. Recommendations', 11, 0), ('9. Concluding remarks', 19, 0), ('Appendix A: Action plan', 20, 0)])
    w.h('1. Introduction')
    w.p('1.1\tThis report of a domestic homicide review examines how agencies responded to, and supported, a woman who is known here as Teasel, a resident of Ostlebury, before her death in October 2015. The name was chosen by her sister, who remembers the tall seed heads that Teasel kept in a jug on the kitchen window sill.', left=1.27, first=-1.27)
    w.p('1.2\tThe review considered the contact that agencies had with Teasel, then aged 44, and with her former partner, then aged 47, from 1 January 2012 until the date of her death. In addition, the panel looked at relevant matters before that period where they helped to explain what came later.', left=1.27, first=-1.27)
    w.p('1.3\tThe key purpose of a domestic homicide review is to enable lessons to be learned where a person is killed as a result of domestic violence and abuse. For these lessons to be learned as widely and thoroughly as possible, professionals need to understand fully what happened and, most importantly, what needs to change. The review should be conducted in line with the expectations of the statutory guidance and is not an inquiry into how a person died or who is to blame.', left=1.27, first=-1.27)
    w.p('1.4\tThe former partner was convicted at the Crown Court in May 2016. The panel met six times. Teasel’s sister and her manager at work both spoke to the Chair and read the report in draft; their comments have been woven into the text.', left=1.27, first=-1.27)
    w.p('1.5\tAn earlier review in the area, DHR Bramble (2012), made seven recommendations. Two of them are of interest here because the panel was not able to find evidence that they had been completed:', left=1.27, first=-1.27)
    w.p('Recommendation 3: All front-line staff should carry a card with the numbers of the local domestic abuse services.', left=2.2, italic=True)
    w.p('Recommendation 5: The MARAC should set a date on which each action is looked at again.', left=2.2, italic=True)
    w.h('2. Terms of reference')
    w.p('2.1\tThe panel agreed that the review would consider the following:', left=1.27, first=-1.27, keep=True)
    for t in ['Whether agencies should have recognised that the risk to Teasel had risen in the months after she moved out.', 'How each agency assessed risk and whether its staff had the training that they needed to do so.', 'Whether information was shared in a timely way, and whether there were barriers to sharing it.', 'Whether there were obstacles to Teasel, her family or her colleagues reporting abuse, and what could be done to reduce them.', 'How agencies took account of the protected characteristics of both parties.']:
        w.p(t, num=tor, after=3)
    w.p('2.2\tAgencies must secure all records and should not discuss the review with staff outside the individual management review process until criminal proceedings have ended. The panel was assisted by a specialist from a domestic abuse charity in another county.', left=1.27, first=-1.27, before=6)
    w.h('3. The people in this review')
    w.table([['Pseudonym or role', 'Relationship', 'Age in October 2015'], ['Teasel', 'The subject of this review', '44'], ['Burdock', 'Former partner, convicted of her murder', '47'], ['Sister', 'Teasel’s older sister, who lives in Hollinsea', '51'], ['Manager', 'Teasel’s line manager at a garden centre', 'not recorded']], [4.5, 7.6, 3.8])
    w.h('4. Summary of events')
    w.p('4.1\tTeasel and Burdock had been together for nine years. They lived in a rented house that belonged to Brackenly Fold Homes; the tenancy was in Teasel’s sole name. Teasel worked full time. Burdock drove for a delivery firm until 2013, when his contract ended.', left=1.27, first=-1.27)
    w.table([['Date', 'Event', 'Source'],
      ['March 2013', 'A neighbour telephoned the police because of shouting. Officers spoke to both parties at the door. The incident was graded as standard risk.', 'Police'],
      ['July 2013', 'Teasel went to a walk-in centre with a painful wrist. Burdock answered the questions put to her.', 'Health'],
      ['January 2014', 'Second call, made by Teasel, who ended it before she gave an address. The address was traced and she said that she had rung by mistake.', 'Police'],
      ['May 2014', 'The case was heard at MARAC after a referral from a hospital nurse. Two actions were set; both were reported complete in June and the case was closed.', 'MARAC'],
      ['February 2015', 'Teasel left the house with one bag and stayed with a colleague. The landlord began its abandonment procedure in April.', 'Housing'],
      ['June 2015', 'Teasel told a physiotherapist that her former partner “always seems to know where I have parked”. The remark was written down but not explored.', 'Health'],
      ['September 2015', 'A third call to police, from the colleague’s address. The earlier calls were not linked because the address was new.', 'Police']], [2.8, 10.6, 2.5], size=9.5)
    w.h('5. Analysis')
    w.h(EVP, 2)
    w.p('5.1\tOfficers were courteous and prompt. On each occasion, however, the assessment was made from what could be seen on the night. The call handler had the history on the screen but was not asked for it, and the officers did not know that they were the third crew to attend. Supervisors signed off the assessments in batches, in one case eleven days later.', left=1.27, first=-1.27)
    w.p('5.2\tThe panel discussed whether a different grading would have led to a different response. It is not possible to say. What can be said is that nobody had the chance to consider it.', left=1.27, first=-1.27)
    w.h('Health services', 2)
    w.p('5.3\tTeasel attended 14 health appointments in the period. She was seen alone at three of them. None of the services that saw her had a form that asked about relationships, and the musculoskeletal service did not regard itself as a place where such questions are asked. The hospital nurse who referred her to MARAC did so because she had worked in a refuge and, as she said, “knew the look”.', left=1.27, first=-1.27)
    w.p('5.4\tThe general practice recorded the MARAC letter in Teasel’s notes under “correspondence – other”. It was not coded and could not be found by a search. The practice was also anxious that Burdock, who managed her online appointments, would see any entry.', left=1.27, first=-1.27)
    w.h('Housing', 2)
    w.p('5.5\tThe landlord followed its procedure to the letter. The procedure asked whether the property was empty and whether the rent was being paid. It did not ask why a tenant with nine years of perfect rent payments had gone. Contractors had replaced an internal door twice and the front door lock three times; the work orders carried no comment.', left=1.27, first=-1.27)
    w.h('6. Lessons to be learned')
    w.p('6.1\tThe panel draws the following lessons from its analysis:', left=1.27, first=-1.27, keep=True)
    for t in ['A person who declines a service should be asked again, by someone whom she trusts and at a time that is safe.', 'Professionals should ask about abuse when a person is seen alone, whatever the service is for.', 'Separation is not the end of risk. It is often the point at which risk is greatest.', 'Those who see most may be those who are asked least: neighbours, colleagues and tradespeople.']:
        w.p(t, num=bul, after=3)
    w.h('7. Good practice and changes already made')
    w.p('7.1\tThe hospital nurse’s referral was persistent and well written. The manager at the garden centre changed Teasel’s shifts so that she did not have to close the shop alone. The Partnership should be proud of the independent advocacy service, which rang Teasel six times and left no message that could have put her at risk.', left=1.27, first=-1.27)
    w.p('7.2\tSince the spring of 2016 every officer must complete a risk assessment on a hand-held device before leaving the scene. Tarrow Vale NHS Foundation Trust has appointed a domestic abuse lead. These changes were made before the review ended and the panel therefore makes no recommendation about them.', left=1.27, first=-1.27)
    w.h('8. Recommendations')
    w.p('8.1\tThe panel makes fourteen recommendations. They have been discussed with the agencies concerned and an action plan is attached as Appendix A. The panel recognises that a recommendation is only as good as the action that should follow it.', left=1.27, first=-1.27)
    last = None
    for n, g, parts, *_ in RECS:
        if g != last:
            if g == EVP:
                w.h('Single agency recommendations', 2)
                w.p('The panel wishes to see these four agencies act without waiting for the formal publication of the report.')
            w.h(g, 2 if g in ('Multi-agency', 'National') else 3); last = g
        w.p('Recommendation ' + n, bold=True, after=0, keep=True)
        w.p(parts[0], keep=len(parts) > 1)
        for x in parts[1:]:
            if x.startswith('('): w.p(x[:3] + '\t' + x[4:], left=1.9, first=-0.7, after=3)
            else: w.p(x, num=sub, after=3)
    w.h('9. Concluding remarks')
    w.p('9.1\tTeasel did what public campaigns ask people to do. She left; she told people; she rang. The agencies that knew her each held a part of the picture and each acted on its part. It is the hope of the panel that those who read this report will look for the other parts.', left=1.27, first=-1.27)
    w.p('9.2\tHer sister asked that the last words be about her and not about her death. Teasel could name any plant from its seed. She is missed every day.', left=1.27, first=-1.27)
    w.landscape()
    w.h('Appendix A: Action plan')
    rows = [['Recommendation', 'Scope of recommendation', 'Action to take', 'Lead agency', 'Key milestones achieved in enacting recommendation', 'Target date', 'Date of completion and outcome']]
    for n, g, parts, who, sc, ac, mi, td, ou in RECS:
        rows.append([[(n + '. ' + parts[0], {})] + [(x, {'left': 0.3}) if x.startswith('(') else ('–  ' + x, {'left': 0.3}) for x in parts[1:]], sc, ac, who, mi, td, ou])
    w.table(rows, [6.6, 2.4, 4.4, 3.2, 4.4, 2.3, 2.8], size=9, shade='BDD6EE')
    w.save('dhr-teasel')

if __name__ == '__main__':
    build(); answers(REVIEW, RECOMMENDATIONS)
