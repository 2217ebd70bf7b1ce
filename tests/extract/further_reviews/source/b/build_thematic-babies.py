"""Thematic LCSPR on injuries to babies: Word; landscape table with a rationale column; unnumbered bullets under lead-ins; one in prose."""
from common import *
NAME = 'thematic-babies'
def T(n, head, why, lead, by, subs=()):
    return Item(head, subs, number=f'R{n}', addressee=lead, target_date=by, why=why)
TAB = [
 T(1, 'The Partnership should agree and publish a single pathway for bruising and other marks in babies who are not yet mobile, to be followed by every agency, including general practice, nurseries and the ambulance service.', 'Three documents were in use. They differed on whether a health visitor may wait until the next working day. In the case of Baby B a health visitor waited.', 'Designated Doctor', 'June 2024'),
 T(2, 'The Partnership should ask each partner to name one person, of sufficient seniority to release staff, who will answer for the use of the pathway in that agency and who will report on it each year.', 'Earlier guidance had been “cascaded”. The review could not find anyone to whom it had been cascaded.', 'Partnership Manager', 'April 2024'),
 T(3, 'Maternity, health visiting and general practice should introduce one conversation about crying, sleep and coping, to be held with each parent separately, and with any other adult who will have the care of the baby alone,', 'In none of the three families had the conversation been held with the man of the house. In two it had been held with the mother on the day after the birth, when by her own account she would have agreed to anything. It must be held when people can hear it, and it should not depend upon a leaflet.', 'Head of Midwifery and Head of Health Visiting, jointly', 'September 2024',
   ['before the birth, at about thirty-four weeks;', 'again at the new birth visit; and', 'again between three and six weeks, when crying is at its height.']),
 T(4, 'Partners should record the name, date of birth and contact details of every father or partner at the first contact in pregnancy, and should offer him an appointment of his own.', 'Fathers were recorded as “FOB”, as “partner supportive” and, on one form, as a tick.', 'All partner agencies', 'May 2024'),
 T(5, 'Children’s social care and the hospital trusts should end the use of written agreements with families as a means of keeping a baby safe unless the agreement says who will check it, how often, and what will be done when it is not kept.', 'Agreements were signed in two cases. No one was sure afterwards whether the other agencies had been sent copies. The agreement in Baby A’s case forbade what had never been likely and was silent about the nights.', 'Director of Children’s Social Care', 'July 2024'),
 T(6, 'The Partnership should commission joint training for those who take part in strategy discussions about injured babies, to cover the weight that can and cannot be placed upon a medical opinion given by telephone, the ways in which an opinion may properly change as results come in, and the duty of everyone present, whatever their profession or rank, to ask what else could have caused the injury and what would have to be true for the explanation given by the family to be right.', 'A provisional opinion was written down as a conclusion, and then repeated by others with more and more confidence, in two cases. Paediatricians told the review that they had been quoted in reports which they had not seen. Social workers told the review that they did not think it was for them to question a doctor. Police officers were in the room and on another call.', 'Learning and Development Group', 'October 2024'),
 T(7, 'Hexwold Integrated Care Board should secure a second paediatric opinion, from outside the treating hospital, within two working days in each case where the cause of an injury to a baby under six months is disputed.', 'There is no arrangement at present. Consultants rely upon favours.', 'Integrated Care Board', 'December 2024'),
 T(8, 'The Partnership should require that where a baby has a brother or sister, the plan for each child is considered and minuted by name.', 'Older children were described as “no role” in the first discussions. One of them had seen what happened.', 'Chairs of strategy discussions', 'Immediate'),
 T(9, 'The Partnership should seek the views of parents whose babies were found not to have been harmed on purpose, and publish what they say and what has been done in answer.', 'One family in this review was separated for seven weeks. They were courteous to the reviewer. They should not have had to be asked by a reviewer.', 'Partnership Manager', 'March 2025'),
 T(10, 'The Partnership should carry out an audit of all strategy discussions about injured babies twelve months after the publication of this report and send the results to the lead reviewer’s successor as independent scrutineer.', 'Audits in 2020 looked at timeliness only.', 'Independent Scrutineer', 'February 2025'),
]
def B(lead, who, head, subs=()): return Item(head, subs, lead_in=lead, addressee=who, single_agency=True)
G = [
 ('Hexwold Council’s children’s social care should:', 'Hexwold Council’s children’s social care', [
   ('ensure that the duty manager hears directly from the referring clinician before deciding that an injury to a baby can be dealt with by way of assessment alone;',),
   ('give newly qualified workers a named experienced colleague to go with them on first visits to families with a baby under twelve weeks;',),
   ('review its use of supervised contact at weekends, when two of the three families were offered none, in order to make certain that', ['a baby who is breastfed can be fed by the mother at all reasonable hours;', 'family members who supervise are told what they are being asked to look out for, and whom to ring; and', 'the arrangement is looked at again after seven days.'])]),
 ('The Saltwater and Hexwold Hospitals NHS Trust should:', 'Saltwater and Hexwold Hospitals NHS Trust', [
   ('provide a quiet room on the children’s ward for conversations with families;',),
   ('make body maps part of the electronic record so that they can be seen by community staff.',)]),
 ('North Marle Constabulary is asked to:', 'North Marle Constabulary', [
   ('arrange for officers in its child abuse investigation team to spend a day with the health visiting service within their first year;',),
   ('tell families in writing, and without their having to ask, when an investigation has ended.',)]),
 ('The review recommends that GP practices in Hexwold:', 'GP practices in Hexwold', [
   ('link the records of parents and babies who live at one address, and place an alert on each when a concern is raised about any of them.',)]),
]
BUL = [B(l, w, *x) for l, w, xs in G for x in xs]
PROSE = Item('It is also recommended, because so much of what is in this report was learned from people who did not choose to be in it, that the Partnership makes the story of the three families, told with their agreement and in their own words, the opening item of its next annual conference, and that it pays for their travel and their time.', number='8.2', addressee='the Partnership')
ITEMS = TAB + BUL + [PROSE]
TITLES = ['1. Why this review was held', '2. The three families', '3. How the review was done', '4. What the research says', '5. Analysis', '6. Good practice', '7. Recommendations to the Partnership', '8. Recommendations to individual partners', '9. What has changed since', '10. Last words', 'Appendix A: Position on the 2020 audit', 'Appendix B: Questions asked of each agency']
NONE = ['Three documents were in use. They differed on whether a health',
 'It must be held when people can hear it, and it should',
 'They should not have had to be asked by a reviewer',
 'Any mark on a baby who is not yet mobile should be',
 'Professionals must hold two possibilities in mind at the same time',
 'All agencies should refresh their guidance on bruising in infants',
 'Health visitors should complete the home safety checklist at each contact',
 'Did your agency follow the bruising guidance then in force, and',
 'The Trust must now ring, and not write to, the health visitor',
 'the review suggests that partners should be slow to add another form',
 'How the partners respond will be published alongside this report']

def build(pages):
    d = Doc('Cambria', 11, (2.4, 2.6, 2.2, 2.6), after=7, line=1.1, heading='Calibri', colour='7A2E2E')
    d.foot = ['A baby is regarded as not mobile until he or she can crawl, shuffle or roll with purpose.', 'All three families were shown the report in draft. Two asked for changes, which have been made.']
    sec = d.d.sections[0]
    HEAD, FOOT = 'Thematic review: babies under one year', 'Final – approved by the Partnership Executive 30 January 2024\u2003\u2003{PAGE}'
    d.foot_head(sec, HEAD, FOOT, size=8.5, align_h='RIGHT', align_f='RIGHT')
    d.p('Hexwold Safeguarding Children Partnership', size=13, font='Calibri', after=70, before=40)
    d.p('Thematic Local Child Safeguarding Practice Review', size=24, bold=True, font='Calibri', colour='7A2E2E', after=4)
    d.p('Serious injury to babies in their first year', size=17, font='Calibri', after=30)
    d.p('Kwabena Lisscombe, independent reviewer', size=12, font='Calibri'); d.p('14 February 2024', size=12, font='Calibri', after=40)
    d.p('Contents', bold=True, font='Calibri', size=13, colour='7A2E2E')
    d.contents([(1, t) for t in TITLES], pages, 15.8)
    bul = d.num(d.abstract([('bullet', '\uf0b7', 1.6, 0.6, 'Symbol'), ('bullet', '\uf0d8', 2.4, 0.6, 'Wingdings')]))
    H = lambda t: d.h(t, 1)
    k = {'c': 0, 'n': 0}
    def HH(t): k['c'] = int(t.split('.')[0]); k['n'] = 0; return H(t)
    def para(t, **kw):
        k['n'] += 1; return d.p('%d.%d\t%s' % (k['c'], k['n'], t), indent=1.2, hang=1.2, align='JUSTIFY', **kw)
    d.pagebreak_before(HH(TITLES[0]))
    para('In fourteen months three babies in Hexwold were admitted to hospital with injuries that could not at once be explained. All have recovered. In one case it was found that an adult had caused the harm; in one the cause remains unknown; in one the injury proved to be the result of a rare condition of the bones.')
    para('The Partnership chose to look at the three together. It did so because the same professionals had been involved, often in the same week, and because a review of the one case in which harm was proved would have missed what can be learned from the others: in particular, what it is like to be a family about whom such a question is rightly asked and wrongly answered.')
    para('This report makes nineteen recommendations. Ten are to the Partnership as a whole and are set out as a table in chapter 7. The others, which concern individual partners, are in chapter 8 together with a last one to the Partnership.')
    HH(TITLES[1])
    d.table([2.2, 3.0, 5.4, 5.2], ['Baby', 'Age at admission', 'What was found', 'Outcome'], [
        ['Baby A', 'Seven weeks', 'Bruise to the cheek, later a healing rib fracture', 'Harm by an adult found by the family court; now with grandparents'],
        ['Baby B', 'Eleven weeks', 'Bruise to the shin', 'Cause unknown; at home with both parents'],
        ['Baby C', 'Five months', 'Fracture of the thigh bone', 'Condition of the bones; at home with both parents after seven weeks apart']], size=9.5, head_fill='E9D3D0')
    d.p('', after=2)
    para('Baby A lived with his mother, who was nineteen, and her partner. Baby B was the third child of parents who had come to the town for seasonal work. Baby C was the first child of a teacher and a fitter. None of the families was known to children’s social care.')
    HH(TITLES[2])
    para('The reviewer read the records of nine agencies, met all three families,^2^ and held a workshop at which forty practitioners worked through the three cases in mixed groups and without being told which was which. That exercise was itself the most useful source of evidence. The groups disagreed as often as the professionals had at the time.')
    HH(TITLES[3])
    para('There is a good deal of agreement in the literature. Any mark on a baby who is not yet mobile should be looked at by a doctor who knows about children on the same day.^1^ Most such marks will turn out to have an innocent cause. Both of these statements are true, and much of what goes wrong can be traced to somebody’s having remembered only one of them.')
    para('Crying is at its height at about six weeks. It is no one’s fault. Programmes that tell parents so before the event, fathers included, appear to reduce harm.')
    HH(TITLES[4])
    d.h('5A  Seeing and saying', 2)
    para('In each of the three cases a professional saw a mark before the admission. In two, it was mentioned to a colleague, and in one it was measured. The professional who measured it, a nursery nurse attached to a health visiting team, did not know that there was a pathway, and did what she would have wanted done for her own child, which was to take the mother and baby to a doctor.')
    d.h('5B  Thinking together', 2)
    para('Professionals must hold two possibilities in mind at the same time, and this is hard to do at four o’clock in a room without windows. The records of the three strategy discussions use the words “consistent with” on seventeen occasions. In the workshop it was plain that doctors mean by it “does not rule out” and that others hear “is proof of”.')
    para('Once an explanation had been written down it was hard to shift. In the case of Baby C the results that pointed to a different cause were available nine days before anyone outside the hospital was told of them. Nobody withheld them. There was no place to put them.')
    d.h('5C  Fathers, partners and nights', 2)
    para('Services were arranged around mothers and mornings. The men were at work, or were taken to be at work. Baby A’s mother’s partner worked nights and was alone with the baby for most of each day. In the course of eleven visits by two services he had been met once, on the stairs.')
    HH(TITLES[5])
    para('The ward sister who sat with Baby C’s mother through the first night, and who neither accused nor reassured her, did the hardest thing that can be asked of anyone in this field. The family asked that she be mentioned. The interpreter who stayed past the end of a shift so that Baby B’s father would not hear the news from his ten-year-old is also remembered.')
    # landscape chapter 7
    s2 = d.d.add_section(WD_SECTION.NEW_PAGE); s2.orientation = WD_ORIENT.LANDSCAPE; s2.page_width, s2.page_height = Cm(29.7), Cm(21)
    s2.left_margin = s2.right_margin = Cm(2.0); s2.top_margin = Cm(2.2); s2.bottom_margin = Cm(1.9)
    d.foot_head(s2, HEAD, FOOT, size=8.5, align_h='RIGHT', align_f='RIGHT')
    HH(TITLES[6])
    para('The review has tried to recommend few things and to say why each is worth doing. In considering the table, the review suggests that partners should be slow to add another form. The third column gives the reason for each recommendation and is not part of it.')
    rows = []
    for it in TAB:
        def cell(c, it=it):
            d.p(it.head, where=c, size=10.5, after=2)
            if it.subs:
                nb = d.num(d.abstract([('bullet', '\uf0b7', 0.5, 0.4, 'Symbol')]))
                for x in it.subs: d.p(x, where=c, size=10.5, num=nb, after=1)
        rows.append(['**' + it.k['number'] + '**', [cell], it.k['why'], it.k['addressee'], it.k['target_date']])
    d.table([1.3, 9.6, 8.2, 3.8, 2.8], ['Ref.', 'Recommendation', 'Why the review makes it', 'Lead', 'By when'], rows, size=10.5, head_fill='7A2E2E', head_colour='FFFFFF', fills=['F3E6E4', None, 'FAF6F5', None, None])
    s3 = d.d.add_section(WD_SECTION.NEW_PAGE); s3.orientation = WD_ORIENT.PORTRAIT; s3.page_width, s3.page_height = Cm(21), Cm(29.7)
    s3.left_margin = s3.right_margin = Cm(2.6); s3.top_margin = Cm(2.4); s3.bottom_margin = Cm(2.2)
    d.foot_head(s3, HEAD, FOOT, size=8.5, align_h='RIGHT', align_f='RIGHT')
    HH(TITLES[7])
    para('Some matters are for one partner alone. Each has been discussed with the partner concerned, and each has been accepted.')
    for lead, who, xs in G:
        d.p(lead, indent=1.2, keep=True, before=6, after=4)
        for x in xs:
            d.p(x[0], num=bul, after=3)
            for y in (x[1] if len(x) > 1 else []): d.p(y, num=bul, lvl=1, after=2)
    d.p('', after=0)
    para(PROSE.head)
    HH(TITLES[8])
    para('Partners have told the review of the following. Since September 2023:')
    for x in ['a consultant paediatrician has been present, in person or by video, at every strategy discussion about a baby;', 'the term “consistent with” has been dropped from the template for medical reports;', 'the nursery nurse has trained her own team, and then two others.']: d.p(x, num=bul, after=3)
    para('The Trust must now ring, and not write to, the health visitor when a baby leaves hospital with any concern outstanding. This was agreed in the week of the workshop, and has been kept to on each of the nine occasions that have arisen.')
    HH(TITLES[9])
    para('The three babies are now children. One of them has a tricycle. Their families have read these pages. How the partners respond will be published alongside this report and again after a year, and readers who do not find it should ask.')
    p = H(TITLES[10]); d.pagebreak_before(p)
    d.p('An audit of bruising in infants was made by the Partnership in 2020. Its recommendations, and what has become of them, are given here for the record.')
    d.table([1.4, 6.6, 2.8, 5.0], ['No.', 'Recommendation (2020)', 'Lead', 'Position at December 2023'], [
        ['1', 'All agencies should refresh their guidance on bruising in infants.', 'All', 'Done by three agencies, each in its own words. See R1.'],
        ['2', 'Health visitors should complete the home safety checklist at each contact.', 'Health visiting', 'Withdrawn: the checklist has been replaced.'],
        ['3', 'The Partnership should receive a quarterly report on the timeliness of strategy discussions.', 'Partnership Manager', 'Done. The reports do not describe quality.']], size=9.5, head_fill='E9D3D0')
    d.p('', after=2)
    H(TITLES[11])
    for n, x in enumerate(['Did your agency follow the bruising guidance then in force, and how did staff know of it?', 'Who was spoken to, and who was not?', 'What was done well?', 'What should your agency do differently, and has it begun?'], 1): d.p('%d)\t%s' % (n, x), indent=1.2, hang=0.8, after=3)
    d.save(NAME)

if __name__ == '__main__':
    build({}); build(heading_pages(NAME, TITLES, 1))
    answers(NAME, dict(title='Thematic Local Child Safeguarding Practice Review: Serious injury to babies in their first year', type='SPR', publisher='Hexwold Safeguarding Children Partnership',
            lead_reviewer='Kwabena Lisscombe', published='2024-02-14', stated_count=19), ITEMS, ('7. Recommendations to the Partnership', -1, '9. What has changed since', -1), NONE)
