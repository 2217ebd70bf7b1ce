"""Thematic SAR, Ombersea Bay: HTML printed by Chromium; two columns, R1 to R7 in a table with reasons, bullets under a lead-in, single-agency tables."""
from kit import *
from html import escape as E

P = 'Ombersea Bay Safeguarding Adults Partnership'
R = [
 ('R1', ['The Partnership should adopt a rough sleeping and safeguarding protocol that says how a concern about a person without an address is received, who makes the enquiry and how the person is told of the result.'], 'Six of eleven concerns about K, M and R were closed because there was “no address to visit”.', 'Partnership Business Manager', 'March 2021'),
 ('R2', ['Every agency in the Partnership should agree that the last service to have seen a person who sleeps rough keeps the case open until another service has met that person, and should change its closure policy so that:', 'a text message is never the only attempt at contact', 'a missed appointment leads to outreach, not to discharge', 'the day centre is told before the case is closed.'], 'Between them the three were discharged 24 times for not attending. Their post went to a hostel that had shut.', 'All agencies', 'December 2020'),
 ('R3', ['Ombersea Bay Clinical Commissioning Group should fund a nurse prescriber who works on the street and at the day centre for at least four half-days a week.'], 'K had not seen a doctor, other than in an emergency, for three years. He must have been in considerable pain.', 'Clinical Commissioning Group', 'April 2021'),
 ('R4', ['The mental health trust and the drug and alcohol provider should publish a joint statement that neither will refuse a person an assessment on the ground that she or he should first be treated by the other.'], 'M called this “being posted back and forth”. Staff on both sides should not be left to settle it case by case.', 'Seabrink Mental Health Trust and Dunlin Recovery', 'January 2021'),
 ('R5', ['The Partnership should commission training on mental capacity, brain injury and addiction, taught in part by people who have slept rough, and should expect a manager as well as a practitioner from each team to attend.'], 'R’s head injury of 2014 was known to the hospital. Nobody who assessed his capacity had been told of it.', 'Learning and Improvement Group', 'June 2021'),
 ('R6', ['The acute hospital should appoint a homeless discharge co-ordinator and should not discharge a person to the street between 6pm and 8am unless the person has been asked, has understood the question and has chosen to go.'], 'R left the emergency department in a paper suit at 2.40 in the morning in January. The ward should have kept his clothes.', 'Ombersea General Hospital', 'Immediate, and by October 2020 for the post'),
 ('R7', ['The Director of Public Health should maintain a record of the deaths of people who are homeless in the borough, whatever the cause, and report on it each autumn to the Partnership and to the Health and Wellbeing Board. The report should:', 'name no one without the family’s consent', 'compare the figures with those for the rest of the county', 'say what was learned from each death.'], 'Until this review nobody could say with certainty how many had died.', 'Director of Public Health', 'First report November 2021'),
]
LEAD1 = 'Ombersea Council, as commissioner of the street outreach service, should:'
COUNCIL = ['extend the hours of the service so that workers are out before the town wakes and after the shops have closed, on every day of the year',
 'let the service hold a small personal budget for each person, to be spent on whatever will start a conversation, and trust workers to use it without asking first',
 'require the provider to keep one record for each person, which can be read by the hospital, the police and the day centre with that person’s agreement',
 'write into the next contract a measure of how long relationships last as well as of how many people have been moved indoors.']
LEAD2 = 'The Partnership should write to the Secretary of State to ask that:'
GOV = ['the duty to refer be extended to general practices and to the ambulance service',
 'funding for rough sleeping be settled for three years at a time, so that good workers do not leave each February',
 'a national lead be named for safeguarding adults who are homeless.']
TRUST = [('1', 'The Trust will give every outreach worker direct access to the duty psychiatrist for advice.', 'October 2020'), ('2', 'Staff should record a person’s usual sleeping place, with consent, as they would an address.', 'November 2020'), ('3', 'The Trust will review its did-not-attend policy.', 'January 2021')]
POL = [('1', 'Response officers should carry the outreach card and should hand it over in person.', 'October 2020'), ('2', 'The force should flag for the neighbourhood inspector any person moved on from the same doorway three times in a month.', 'December 2020'), ('3', 'Custody nurses should tell the day centre, with the detained person’s consent, about wounds that need dressing.', 'February 2021')]

RECOMMENDATIONS = [dict(number=n, text=' '.join(p), addressee=who, target=by, copies=2, main=1) for n, p, why, who, by in R] + \
 [dict(text=t, lead_in=LEAD1, addressee='Ombersea Council') for t in COUNCIL] + [dict(text=t, lead_in=LEAD2, addressee='The Partnership') for t in GOV] + \
 [dict(number=n, text=t, addressee=a, target=by, single=True) for rows, subj in ((TRUST, ['The Trust', 'Staff', 'The Trust']), (POL, ['Response officers', 'The force', 'Custody nurses'])) for (n, t, by), a in zip(rows, subj)]

REVIEW = dict(file='sar-ombersea.pdf', title='Thematic Safeguarding Adults Review: Adults K, M and R', reference='Adults K, M and R', type='SAR', publisher=P, lead_reviewer='Yewande Marlowe', published='2020-09',
  none_of=['The review should look at systems rather than at individuals',
   'what did services know of K, M and R',
   'Somebody should have asked me what I was good at',
   'Local authorities should treat rough sleeping as a possible sign',
   'Safeguarding boards should agree a lead officer for homelessness',
   'Hospitals should admit rather than discharge when there is doubt',
   'He must have been in considerable pain',
   'Staff on both sides should not be left to settle it',
   'The ward should have kept his clothes',
   'All night shelter staff must now carry naloxone',
   'Relationships should come before referrals',
   'We should all learn to say a person’s name',
   'An adult who has needs for care and support should be protected',
   'These actions should be read beside the recommendations in chapter 6'])

CSS = '''
@page { size: A4; margin: 24mm 18mm 20mm 18mm; @top-left { content: "Thematic SAR: K, M and R"; font: 8pt "DejaVu Sans"; color: #6b4c7a } @top-right { content: "OFFICIAL"; font: bold 8pt "DejaVu Sans"; color: #6b4c7a }
 @bottom-right { content: counter(page) " | " counter(pages); font: 8pt "DejaVu Sans"; color: #666 } }
@page :first { margin: 0; @top-left { content: none } @top-right { content: none } @bottom-right { content: none } }
* { -webkit-print-color-adjust: exact }
body { font: 9.6pt/1.5 "DejaVu Sans"; color: #222; margin: 0; hyphens: auto }
.cover { height: 297mm; background: linear-gradient(#4b2a5e, #8e6aa3); color: #fff; page-break-after: always; position: relative }
.cover div { position: absolute; left: 22mm; right: 30mm }
h1 { font: bold 20pt "DejaVu Serif"; color: #4b2a5e; margin: 9mm 0 4mm; page-break-after: avoid; hyphens: none }
h2 { font: bold 12pt "DejaVu Serif"; color: #4b2a5e; margin: 5mm 0 2mm; break-after: avoid; hyphens: none }
p { margin: 0 0 2.6mm }
.two { columns: 2; column-gap: 9mm; column-rule: 0.4pt solid #c9b8d3; text-align: left }
.quote { border-left: 3pt solid #8e6aa3; padding: 1mm 0 1mm 4mm; font: italic 11pt/1.4 "DejaVu Serif"; color: #4b2a5e; margin: 3mm 0; break-inside: avoid }
.learn { background: #f3edf6; border-radius: 2mm; padding: 3mm; margin: 3mm 0; break-inside: avoid }
table { border-collapse: collapse; width: 100%; font-size: 8.6pt; line-height: 1.4; margin: 3mm 0; hyphens: none }
th { background: #4b2a5e; color: #fff; text-align: left; padding: 2mm; border: 0.5pt solid #4b2a5e }
td { -webkit-box-decoration-break: clone; box-decoration-break: clone; border: 0.5pt solid #b9a6c6; padding: 2mm; vertical-align: top }
td ul { margin: 1mm 0 0; padding-left: 4mm } td li::marker, .arrow li::marker { color: #4b2a5e }
.arrow { list-style: "\\27A2  "; padding-left: 6mm; margin: 1mm 0 3mm } .arrow li { margin-bottom: 1.6mm }
.ex td { border: none; border-bottom: 0.5pt solid #b9a6c6 }
thead { display: table-header-group }
'''

def build():
    o = []; A = o.append
    def para(*ts): [A('<p>%s</p>' % E(t, False)) for t in ts]
    def ul(ts, cls='arrow'): A('<ul class="%s">%s</ul>' % (cls, ''.join('<li>%s</li>' % E(t, False) for t in ts)))
    cell = lambda p: E(p[0], False) + ('<ul>%s</ul>' % ''.join('<li>%s</li>' % E(t, False) for t in p[1:]) if p[1:] else '')
    A('<div class="cover"><div style="top:70mm;font:bold 34pt/1.15 \'DejaVu Serif\'">Thematic Safeguarding Adults Review</div><div style="top:118mm;font:20pt \'DejaVu Serif\'">Adults K, M and R</div><div style="top:140mm;font-size:12pt">Three people who died without a home in Ombersea</div><div style="top:235mm;font-size:11pt">Lead reviewer: Yewande Marlowe<br>September 2020</div><div style="top:262mm;font:bold 12pt \'DejaVu Sans\'">%s</div></div>' % P)
    A('<h1>Summary</h1>')
    para('K, M and R died in Ombersea between November 2018 and February 2019. All three had slept rough for more than a year. K was 39, M was 51 and R was 46. They knew one another a little, and they were known to a great many services.',
      'The review found kindness everywhere and continuity almost nowhere. Seven recommendations are made to agencies of the Partnership and are set out below. The reasons for them, and what we ask of the Council as commissioner and of government, are in chapter 6.')
    A('<table class="ex">%s</table>' % ''.join('<tr><td style="width:10mm"><b>%s</b></td><td>%s</td></tr>' % (n, cell(p)) for n, p, *_ in R))
    A('<h1>1. About the review</h1><div class="two">')
    para('The Partnership decided in April 2019 that the three deaths met the criteria of section 44 of the Care Act 2014 and should be looked at together. The review should look at systems rather than at individuals, the Partnership’s case group said, and should be finished within a year. The pandemic delayed it by five months.',
      'The terms of reference asked four things: what did services know of K, M and R; did they know it of one another; should any of the three have been the subject of an enquiry under section 42; and what has to change.',
      'Yewande Marlowe, who leads a homelessness charity in another region, was the lead reviewer. She held two days of conversation with staff. Nine people who sleep rough or have done so met her at the day centre, and were paid for their time. She also spoke to K’s mother and to M’s daughter. R had no family that could be found.',
      'The law is not complicated. An adult who has needs for care and support should be protected from abuse and neglect, self-neglect included, whether or not the adult has an address.')
    A('</div><h1>2. K, M and R</h1><div class="two">')
    para('K came from the north of the county and had been a roofer. He had a dry wit and a bad hip. After a fall he lost his work, then his flat. He liked to be where he could see the sea.',
      'M had brought up a daughter and had worked in a bakery. She had heard voices since she was thirty. She drank, she said, to turn them down. She kept a notebook, in which she wrote the names of workers and the dates on which they left: there are thirty-one.',
      'R had been in the army for four years. He told few people so. He had a head injury in 2014 and after it was quick to anger and quick to be sorry. He was banned from the hostel, the library and two surgeries.')
    A('<div class="quote">“Somebody should have asked me what I was good at. They only ever asked me what was wrong.”<br><span style="font-size:8.5pt">A member of the day centre</span></div>')
    para('All three accepted help at some time from some person. When that person moved on, the help went too.')
    A('</div><h1>3. What happened</h1><table><thead><tr><th style="width:28mm">Date</th><th>Event</th><th style="width:16mm">Adult</th></tr></thead>')
    for d, e, a in [('January 2018', 'Left the emergency department at night after treatment for a cut hand.', 'R'), ('March 2018', 'Referred to mental health services by outreach; advised to stop drinking first.', 'M'), ('April 2018', 'Referred to drug and alcohol services; advised that mental health should be stable first.', 'M'), ('July 2018', 'The hostel at Ropewalk closed. Letters from three clinics continued to be sent there.', 'All'), ('September 2018', 'Concern raised by a library assistant about weight loss. Closed: no address.', 'K'), ('November 2018', 'K died in hospital, two days after being found by a council street cleaner.', 'K'), ('January 2019', 'M died in a tent behind the bowling green.', 'M'), ('February 2019', 'R died in a stairwell. He had been seen that day by four services.', 'R')]:
        A('<tr><td>%s</td><td>%s</td><td>%s</td></tr>' % (d, E(e, False), a))
    A('</table><h1>4. What we found</h1><div class="two"><h2>Nowhere to write to</h2>')
    para('Services run on addresses. Letters went to a hostel that had shut; each unanswered letter counted as a refusal. Of eleven safeguarding concerns six were closed because no one could say where to visit, though any of the outreach workers could have pointed to the place.')
    A('<div class="learn"><b>Learning point 1</b><br>Relationships should come before referrals. A form that is passed between strangers is not yet help.</div><h2>Which comes first</h2>')
    para('M was referred four times to mental health services and four times to drug and alcohol services. Each had a rule, and each rule was sensible when read by itself. Together they made a circle. Workers in both services said that they would have liked to see her, and that they had not felt able to break the rule.')
    A('<h2>The hospital at night</h2>')
    para('R attended the emergency department nine times. He was well treated for what he came with. On six occasions he left between midnight and five. The staff on duty had one telephone number for homelessness, and it was answered from nine to five.')
    A('<h2>Capacity</h2>')
    para('The records say that each of the three “had capacity” to decide to sleep outside. The assessments, when there were any, were of a few lines. In R’s case they were made without knowledge of his injury, and while he was cold.')
    A('<div class="learn"><b>Learning point 2</b><br>We should all learn to say a person’s name, and to say our own. M’s notebook is a reproach to none of those whose names are in it; it shows that she minded when they went.</div>')
    A('</div><h1>5. What has changed since</h1><div class="two">')
    para('A great deal was done in the spring of 2020, when everyone who slept rough was offered a room. Of 44 people who came in, 37 were still indoors in August. All night shelter staff must now carry naloxone and know how to use it. The outreach team has been given a desk in the hospital. The library has lifted its bans.',
      'The lesson of the spring is that it could be done. The risk is that it will be remembered as an exception.')
    A('</div><h1>6. Recommendations</h1><h2>6.1 To the agencies of the Partnership</h2>')
    A('<table><thead><tr><th style="width:9mm">No.</th><th>Recommendation</th><th style="width:40mm">Why we say this</th><th style="width:28mm">Who</th><th style="width:22mm">By when</th></tr></thead>')
    for n, p, why, who, by in R:
        A('<tr><td><b>%s</b></td><td>%s</td><td><i>%s</i></td><td>%s</td><td>%s</td></tr>' % (n, cell(p), E(why, False), who, by))
    A('</table><div class="two"><h2>6.2 To the Council as commissioner</h2>')
    para('The street outreach service is good and thinly spread. Its contract ends in September 2021, so this is the time to think about the next one.', LEAD1)
    ul(COUNCIL)
    para('The Council told the review that it accepts these points and that they will be costed in the autumn.')
    A('<h2>6.3 What we ask of government</h2>')
    para('Some of what would help cannot be decided in Ombersea.', LEAD2)
    ul(GOV)
    A('</div><h1>7. Last words</h1><div class="two">')
    para('K’s mother would like it to be known that he mended the roof of the chapel for nothing. M’s daughter has the notebook. R’s medals were found in a locker at the day centre, and are kept there.', 'The reviewer’s thanks go to the nine people who talked to her in the back room of the day centre, with the door open, over a great deal of tea.')
    A('</div><h1>Appendix 1. What other reviews have said</h1>')
    para('Reviews of the deaths of people who were homeless have been published by other partnerships. Their recommendations, which the lead reviewer used in planning her conversations, may be summarised as follows.')
    A('<table><thead><tr><th style="width:9mm">No.</th><th>Theme of recommendation</th><th style="width:40mm">Reviews</th></tr></thead>')
    for i, (t, r) in enumerate([('Local authorities should treat rough sleeping as a possible sign of self-neglect.', 'Adult T (2016), Mr F (2017)'), ('Safeguarding boards should agree a lead officer for homelessness.', 'Adult T (2016)'), ('Hospitals should admit rather than discharge when there is doubt about capacity.', 'Ms V (2018)')], 1):
        A('<tr><td>%d</td><td>%s</td><td>%s</td></tr>' % (i, E(t, False), r))
    A('</table><h1>Appendix 2. Single-agency recommendations</h1>')
    para('Two agencies made recommendations to themselves in their own reports to the review. These actions should be read beside the recommendations in chapter 6 and will be followed up in the same way.')
    for head, rows in (('Seabrink Mental Health Trust', TRUST), ('Ombersea Bay Police', POL)):
        A('<h2>%s</h2><table><thead><tr><th style="width:9mm">No.</th><th>Recommendation</th><th style="width:36mm">Timescale</th></tr></thead>%s</table>' % (head, ''.join('<tr><td>%s</td><td>%s</td><td>%s</td></tr>' % (n, E(t, False), by) for n, t, by in rows)))
    html = '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Thematic SAR</title><style>%s</style><body>%s</body></html>' % (CSS, '\n'.join(o))
    os.makedirs(HERE + '/tmp', exist_ok=True)
    open(HERE + '/tmp/sar-ombersea.html', 'w').write(html)
    subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=/tmp/chromium-c', '--no-pdf-header-footer', '--print-to-pdf=%s/sar-ombersea.pdf' % HERE, 'file://%s/tmp/sar-ombersea.html' % HERE], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

if __name__ == '__main__':
    build(); answers(REVIEW, RECOMMENDATIONS)
