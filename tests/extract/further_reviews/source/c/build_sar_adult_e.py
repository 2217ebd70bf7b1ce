"""SAR Adult E: Word, Times-like serif, decimal paragraphs typed by hand, prose recommendations in running text, footnotes."""
from kit import *

B = 'Lenscombe and District Safeguarding Adults Board'
# number -> (text parts, addressee)
R = {
 '6.3': (['It is recommended that Penwardine County Council, whenever it places a person in a nursing home outside its boundary, names an officer who will visit within six weeks of the placement and at least once in every year after that.'], 'Penwardine County Council'),
 '6.5': (['The review therefore recommends that the host authority is told in writing of every such placement before it begins, and that the letter gives the name and the direct telephone number of the placing officer.'], 'the host authority'),
 '6.8': (['It is recommended that the Lenscombe Clinical Commissioning Group should agree with the five nursing homes in its area a common chart for recording food, drink and weight. The chart should:', '(a) fit on one side of a sheet of paper;', '(b) show the amount that is expected as well as the amount that is taken; and', '(c) say plainly who is to be told, and by when, if the two are not the same.'], 'the Lenscombe Clinical Commissioning Group'),
 '6.11': (['I recommend that the speech and language therapy service writes its advice in a form that can be put up in a kitchen, and that a copy is always sent to the person’s family where the person agrees.'], 'the speech and language therapy service'),
 '6.13': (['The review recommends that Ashenmere Hospitals NHS Trust should not discharge to a nursing home any patient who has lost a tenth of his or her body weight until a nurse on the ward has spoken to a nurse in the home, and that the conversation should cover the following:', 'what the patient will and will not eat;', 'the help that the patient needs at mealtimes;', 'the next date for weighing, and', 'who in the family would like to be told.'], 'Ashenmere Hospitals NHS Trust'),
 '6.16': (['It is recommended that the Board asks the regulator to join in drawing up a short local agreement on the sharing of concerns about nursing homes which fall below the threshold for enforcement.'], 'the Board'),
 '6.18': (['It is accordingly recommended that all three commissioners of nursing care in the district make it a term of their contracts that staff who raise a concern are told within ten days what has been done about it.'], 'all three commissioners of nursing care in the district'),
 '6.21': (['The Board is recommended to arrange for independent advocacy to be offered to every resident who is placed from outside the district and who has no relative within an hour’s journey.'], 'The Board'),
 '6.23': (['It is recommended that general practitioners who look after residents of nursing homes should be funded to carry out one full review of each resident’s health and medicines every year, in the presence of a member of the home’s staff who knows the resident.'], 'general practitioners who look after residents of nursing homes'),
 '6.26': (['Lastly, it is recommended that the Board should itself visit each nursing home in the district once in two years, by a pair of its members of whom one is a lay member, and should publish what it sees.'], 'the Board'),
}
RECOMMENDATIONS = [dict(number=n, text=' '.join(p), addressee=a) for n, (p, a) in R.items()]
REVIEW = dict(file='sar-adult-e.pdf', title='Safeguarding Adults Review concerning Adult E: Report of the Independent Reviewer', reference='Adult E', type='SAR', publisher=B, lead_reviewer='Bernard Hollowick', published='2016-11-22', stated_count=10,
  none_of=['It was recommended by the dietitian that Adult E should be weighed',
   'National guidance recommends that a person at high risk should be screened',
   'the Board should maintain a register of all placements',
   'whether to recommend that the home should be required to employ a dietitian',
   'The home should have told the placing authority of the loss',
   'All agencies must provide a chronology and a report by the date',
   'whether the arrangements for reviewing the placement were as they should be',
   'The home now weighs every resident on the first Monday',
   'Every new nurse must shadow a mealtime before working alone',
   'The recommendation is directed to the county council rather than to the home',
   'The Board should expect to be asked in a year',
   'It would be unfair to recommend that one nurse should carry'])

CH = [
 ('1', 'INTRODUCTION', [
  'This is the report of a Safeguarding Adults Review which was commissioned by the Lenscombe and District Safeguarding Adults Board (“the Board”) under section 44 of the Care Act 2014. It concerns a man of 58 who is called Adult E.',
  'Adult E died at Ashenmere General Hospital on 4 January 2015. He had lived for three years and two months at Larkbarrow, a nursing home in the district, where he had been placed by Penwardine County Council. He had a learning disability and, from his fifties, difficulty in swallowing.',
  'A coroner has since found that Adult E died of pneumonia, to which his loss of weight contributed. Nothing in this report is intended to go behind that finding.[^The inquest was held on 19 and 20 October 2015. The reviewer has read the record of inquest but was not present.]',
  'I was asked to carry out the review in February 2016. I am a retired director of nursing and I have never worked for any of the bodies named in this report.',
  'I make ten recommendations. They are not gathered in a list, because each belongs to the argument that leads to it. They will be found in Part 6.']),
 ('2', 'HOW THE REVIEW WAS CARRIED OUT', [
  'The terms of reference asked me to consider how well Adult E’s needs were understood; whether the arrangements for reviewing the placement were as they should be; how concerns about the home were dealt with; and what may be learned by those who commission, provide and inspect care.',
  'All agencies must provide a chronology and a report by the date set by the panel: so ran the letter that was sent to eight of them. Seven did so. The eighth, a transport firm, had closed.',
  'I met Adult E’s brother and his wife on two occasions. I also met fourteen members of staff, some of whom had left the home. I am grateful to all of them.']),
 ('3', 'ADULT E', [
  'Adult E was born in Penwardine, the younger of two brothers. He liked brass bands, custard, and being first in the minibus. He used about forty words and a good many signs, several of his own invention. His brother describes him as “the best-mannered man in the family”.',
  'He lived with his mother until her death in 2005, then in a small group home, which closed in 2011. No place could be found for him near by. Larkbarrow is 70 miles from his brother’s house.']),
 ('4', 'A SHORT NARRATIVE', [
  'On admission in November 2011 Adult E weighed 71 kilograms. In June 2013 he was seen by a speech and language therapist, who advised a soft diet and that he should sit upright for half an hour after meals. The advice ran to six pages.',
  'It was recommended by the dietitian that Adult E should be weighed each week and that fortified milk should be offered at bedtime. Between July 2013 and March 2014 he was weighed nine times. His weight had fallen to 63 kilograms.',
  'Penwardine County Council carried out a review by telephone in April 2014. It recorded that Adult E was “settled and eating well”.',
  'In August 2014 a care assistant told the manager, and then the local council, that residents who needed help with their meals were not getting it. The council visited at eleven in the morning. It found the home clean and the staff kind.',
  'Adult E was in hospital for nine days in November 2014. He weighed 56 kilograms on the day he was discharged. The discharge letter dealt with his chest. He was admitted again on 30 December.']),
 ('5', 'WHAT HAS BEEN DONE SINCE', [
  'Larkbarrow has a new owner and a new manager. The home now weighs every resident on the first Monday of the month and keeps the results in one book. Every new nurse must shadow a mealtime before working alone.',
  'Penwardine County Council has brought the review of its distant placements up to date. I have seen the figures and have no reason to doubt them.']),
]
# part 6 in order: plain string, or ('R', number, before text, after text)
SIX = [
 'In this Part I discuss the main questions and make my recommendations as they arise. Each recommendation is identified by the number of the paragraph in which it stands.',
 'I begin with distance. Adult E was visited by an officer of the authority that paid for his care once in three years. I was told that the post which carried out such visits had been removed to save money and that telephone reviews had taken its place. A telephone review asks the home how the person is. It cannot ask the person.',
 ('', ' The recommendation is directed to the county council rather than to the home because it was the council’s duty to know.'),
 'The earlier review of Adult B, which the Board published in 2010, recommended that “the Board should maintain a register of all placements made into the district by others”. A register was begun and was kept for eleven months. I do not think that it should be revived, since its usefulness depended upon letters that did not come.',
 ('Lenscombe’s own officers learned that Adult E was living in the district when the care assistant rang them in August 2014. They could not have been expected to ask after a man of whom they had not heard. ', ''),
 'I turn to weight. Adult E lost 15 kilograms. The loss can be traced in the records, but only by putting together five books kept in three places. The home should have told the placing authority of the loss by the spring of 2014 at the latest. National guidance recommends that a person at high risk should be screened each month, and the home’s policy said the same.',
 'I do not find that anybody hid anything. The nurse in charge told me, and I accept, that she had seen each of the figures but never two of them together. It would be unfair to recommend that one nurse should carry the responsibility for a system of paper that would have defeated anyone.',
 ('', ''),
 'The panel discussed whether to recommend that the home should be required to employ a dietitian. I decided against it. The dietitian’s advice was sound and it was given in time; what was wanting was someone to carry it out at half past five in the evening.',
 'The same is true of the advice on swallowing. It was good advice and it was filed. The cook, who was the person most in need of it, had not been shown it. She said to me, “I’d have pinned it over the hatch.”',
 ('', ' Adult E’s sister-in-law, who made his custard at Christmas, did not know that it ought to have been thickened.'),
 'There is then the matter of the discharge from hospital in November 2014. The ward had recorded his weight on arrival and on leaving and had noted that it was low. The note was in the nursing record. The letter that went with Adult E was written by a doctor from the medical record.[^The Trust has explained that the two records were on different computer systems until September 2015.]',
 ('', ''),
 'I have considered whether the local council’s visit to the home in August 2014 was adequate. The officers came in good faith, and quickly. But the concern was about mealtimes, and they came between breakfast and lunch.',
 'The inspector of the regulator had been to Larkbarrow in May. Her report, published in July, noted that mealtimes were “rushed”. Neither the officers nor the commissioners had read it. The inspector, for her part, did not learn of the care assistant’s call until after Adult E’s death.',
 ('', ''),
 'The care assistant left Larkbarrow in September 2014. She believed that nothing had been done. In fact the council had written twice to the manager; but nobody wrote to her. Others at the home took note of what they thought had happened, and kept their own counsel.',
 ('I regard this as the saddest part of the story, after the death itself. ', ''),
 'Adult E could not say in words that he was hungry. He signed it. Two members of staff told me that he used to rub the front of his jersey, which his brother at once recognised as the sign he had used since he was a boy.',
 'An advocate who came to know Adult E would have learned the sign. None was asked for, since on paper he had a brother. The brother was 70 miles away and was himself unwell.',
 ('', ''),
 'The general practitioner visited Larkbarrow every Thursday and saw those residents whom the home asked him to see. Adult E was seen eleven times, on each occasion for his chest. He was not weighed by the practice because he was weighed by the home.',
 ('', ' I am aware that the cost of this falls upon a budget which is already under strain.'),
 'I have been asked to say whether Adult E’s death could have been prevented. I cannot. It is likely that he would have been stronger, and that he would have been more comfortable.',
 'It has struck me, in the course of this work, that the members of the Board knew Larkbarrow only on paper. So did I until I went there. I was given lunch. It was a good lunch, and I saw more in that hour than in the three weeks that I had spent with the records.',
 ('', ''),
 'I have discussed these recommendations with those to whom they are addressed and all of them have been accepted in principle. The Board will publish an account of progress each spring.',
 'The Board should expect to be asked in a year whether anything is different. I hope that it will put the question first to the residents.',
]
SEVEN = ['Adult E’s brother asked me to record that many of those who cared for him were good to him. The night nurse used to bring him the brass band programme on a small radio, and sat with him until it finished.', 'I have tried to write this report as he would have wished it: with good manners.']

def build():
    w = W('Liberation Serif', 12, margins=(2.54, 3.0, 2.54, 3.0), after=10, line=1.4)
    s = w.doc.sections[0]
    hp = s.header.paragraphs[0]; hp.alignment = AL.CENTER; w.runs(hp, 'OFFICIAL – SENSITIVE until published', size=9, bold=True)
    fp = s.footer.paragraphs[0]; fp.alignment = AL.CENTER; w.runs(fp, '- ', size=10); w.field(fp, 'PAGE', size=10); w.runs(fp, ' -', size=10)
    w.p('', after=60)
    for t, z, a in [('LENSCOMBE AND DISTRICT', 14, 0), ('SAFEGUARDING ADULTS BOARD', 14, 70), ('SAFEGUARDING ADULTS REVIEW', 20, 10), ('CONCERNING', 12, 10), ('ADULT E', 20, 60), ('REPORT OF THE INDEPENDENT REVIEWER', 13, 40), ('Bernard Hollowick', 13, 120), ('22 November 2016', 12, 0)]:
        w.p(t, align='c', size=z, bold=z > 12, after=a)
    def para(n, t, **kw):
        w.p('%s\t%s' % (n, t), left=1.5, first=-1.5, align='j', tabs=[1.5], **kw)
    def head(n, t, pb=False):
        w.p('PART %s:  %s' % (n, t), bold=True, before=16, after=10, keep=True, page_break=pb, align=None)
    for k, (n, t, ps) in enumerate(CH):
        head(n, t, k == 0)
        for i, x in enumerate(ps, 1): para('%s.%d' % (n, i), x)
    head('6', 'DISCUSSION AND RECOMMENDATIONS')
    nums = list(R)
    for i, x in enumerate(SIX, 1):
        n = '6.%d' % i
        if isinstance(x, str):
            assert n not in R, n
            para(n, x)
        else:
            parts, a = R[n]
            para(n, x[0] + parts[0] + x[1] if len(parts) == 1 else x[0] + parts[0])
            for y in parts[1:]:
                if y.startswith('('): w.p(y[:3] + '\t' + y[4:], left=2.5, first=-1.0, tabs=[2.5], align='j', after=6)
                else: w.p('–\t' + y, left=2.5, first=-1.0, tabs=[2.5], align='j', after=4)
    assert all(not isinstance(SIX[int(n[2:]) - 1], str) for n in R)
    head('7', 'A CLOSING WORD')
    for i, x in enumerate(SEVEN, 1): para('7.%d' % i, x)
    w.p('Bernard Hollowick', align='r', italic=True, before=20)
    w.save('sar-adult-e')

if __name__ == '__main__':
    build(); answers(REVIEW, RECOMMENDATIONS)
