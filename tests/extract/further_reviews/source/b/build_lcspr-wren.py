"""LCSPR 'Wren': HTML through chromium; no recommendations at all, many decoys."""
from common import *
NAME = 'lcspr-wren'
NONE = ['Every adult service should ask who would look after the children',
 'Care plans for adults with epilepsy must name a person who will',
 'Advocates should be offered at the start of an assessment, and',
 'Nurseries should treat an unexplained absence as a reason to ring',
 'Housing officers must be told, when a flat is let to a',
 'A parent with a learning disability should be given every letter in',
 'Partners should be wary of the word “engages”',
 'Ask the child. A child of three can say who comes',
 'The Partnership should consider how information about the health of parents',
 'What would have had to be different for somebody to ring',
 'Local partnerships should agree how services for adults with a learning',
 'The Department should publish guidance on parents with fluctuating health conditions',
 'All nurseries should hold at least two contact numbers for each',
 'Each partner should go on reporting to the Practice Review Group',
 'Since May 2023 the epilepsy nurses must ask every new patient',
 'it would be easy to recommend that a protocol be written',
 'Do I know who the child would go to?']
LP = [
 ('Learning point 1', 'Every adult service should ask who would look after the children if the adult were taken ill, and should write the answer where the next person will find it.'),
 ('Learning point 2', 'Care plans for adults with epilepsy must name a person who will come to the children. Where there is nobody, that is itself a need, and should lead to a conversation with early help.'),
 ('Learning point 3', 'Advocates should be offered at the start of an assessment, and not when it begins to go wrong.'),
 ('Learning point 4', 'A parent with a learning disability should be given every letter in a form that she can read, and should be rung to see whether she has.'),
 ('Learning point 5', 'Nurseries should treat an unexplained absence as a reason to ring, on the first morning, every number that they have.'),
 ('Learning point 6', 'Housing officers must be told, when a flat is let to a person with seizures, what to do if there is no answer at the door.'),
 ('Learning point 7', 'Partners should be wary of the word “engages”. It is used of parents who come to meetings. It does not say what they understood there.'),
 ('Learning point 8', 'Ask the child. A child of three can say who comes to the house, who puts her to bed, and what Mummy does when she is poorly.'),
]
lp = lambda n: f'<div class="lp"><b>{LP[n-1][0]}</b><br>{LP[n-1][1]}</div>'
CSS = '''
@page { size: A4; margin: 24mm 26mm 22mm 26mm;
 @top-center { content: "Aldersmere Safeguarding Children Partnership · LCSPR Wren"; font: italic 8.5pt "Liberation Serif"; color: #444; }
 @bottom-center { content: "Page " counter(page) " of " counter(pages); font: 9pt "Liberation Serif"; color: #444; } }
@page :first { @top-center { content: none } @bottom-center { content: none } }
body { font: 11.5pt/1.42 "Liberation Serif"; text-align: justify; hyphens: manual; margin: 0; }
h1 { font: small-caps bold 17pt "Liberation Serif"; margin: 18pt 0 6pt; text-align: left; break-after: avoid; }
h2 { font: italic bold 12.5pt "Liberation Serif"; margin: 12pt 0 4pt; text-align: left; break-after: avoid; }
p { margin: 0 0 8pt; }
.n { float: left; width: 12mm; } .np { padding-left: 12mm; text-indent: -12mm; } .np span { display: inline-block; width: 12mm; text-indent: 0; }
.lp { border: 1.2pt solid #222; padding: 6pt 9pt; margin: 8pt 10mm 12pt; text-align: left; break-inside: avoid; }
blockquote { margin: 6pt 14mm; font-style: italic; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; line-height: 1.25; text-align: left; margin: 6pt 0 10pt; }
td, th { border: 0.7pt solid #333; padding: 3pt 5pt; vertical-align: top; } th { background: #ddd; }
thead { display: table-header-group; }
ul, ol { margin: 4pt 0 10pt; padding-left: 9mm; } li { margin-bottom: 3pt; }
.cover { height: 235mm; text-align: center; position: relative; break-after: page; } .cover div { position: absolute; width: 100%; }
.toc { text-align: left; } .toc div { display: flex; } .toc i { flex: 1; border-bottom: 1pt dotted #555; margin: 0 4pt 4pt; }
'''
CH = ['1. Introduction', '2. Wren and her mother', '3. Scope and method', '4. The events in outline', '5. Analysis and learning', '6. The national picture', '7. Why this review makes no recommendations', '8. What has changed since', '9. Questions for practitioners', '10. Conclusion', 'Annex A: Terms of reference', 'Annex B: The audit of nursery absence, 2021']

def html(pages):
    k = [0, 0]; o = []
    def H(i, brk=False):
        k[0] = i + 1; k[1] = 0; o.append(f'<h1{" style=break-before:page" if brk else ""}>{CH[i]}</h1>')
    def P(t): k[1] += 1; o.append(f'<p class="np"><span>{k[0]}.{k[1]}</span>{t}</p>')
    X = o.append
    X(f'''<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>LCSPR Wren</title><style>{CSS}</style><body>
<div class="cover"><div style="top:35mm;font-size:16pt">Aldersmere Safeguarding Children Partnership</div><div style="top:80mm;font-size:27pt;line-height:1.25">Local Child Safeguarding<br>Practice Review</div><div style="top:120mm;font-size:30pt;font-style:italic">Wren</div><div style="top:185mm;font-size:12.5pt">Report by Prudence Ockwell-Dare</div><div style="top:193mm;font-size:12.5pt">9 October 2023</div></div>
<h1>Contents</h1><div class="toc">''' + ''.join(f'<div>{t}<i></i>{pages.get(t, 0)}</div>' for t in CH) + '</div>')
    H(0, True)
    P('On a wet evening in March 2022 a girl of three, wearing pyjamas and one shoe, was noticed on the platform of a small railway station by a guard. She told him that she was going to fetch Nana, because Mummy would not wake up. The guard sat down with her and asked someone to ring for help. Her mother was found at home, unconscious after a seizure. She recovered. The girl, who is called Wren in this report, was cold and otherwise unharmed.')
    P('Nana had died the previous summer. She had been, as the review came to understand, the whole of the plan.')
    P('This is an account of what was learned. It is short because the events were, and it makes no recommendations. The reasons for that are given in chapter 7, which readers who turn first to the end of reports are asked to look at.')
    H(1)
    P('Wren likes trains, which is as well. She lives with her mother, Ms D, who has a mild learning disability and has had epilepsy since childhood. Ms D left school with a prize for attendance and has worked in the same laundry for nine years. Her own mother lived in the next street until her death and was in the flat most days.')
    X('<table><tr><th style="width:30%">Person</th><th>Relationship</th><th style="width:25%">Age in March 2022</th></tr><tr><td>Wren</td><td>The child</td><td>3</td></tr><tr><td>Ms D</td><td>Mother</td><td>31</td></tr><tr><td>Nana</td><td>Maternal grandmother</td><td>Died in July 2021</td></tr><tr><td>Mr F</td><td>Father; not in contact at the time</td><td>34</td></tr></table>')
    P('Ms D met the reviewer three times with an advocate. She does not think that she did anything wrong, and neither does the reviewer.')
    H(2)
    P('The review covered the period from Wren’s birth to the night on which she was found. Seven agencies sent a chronology. Sixteen practitioners came to a day’s discussion in a church hall, at which the guard was also present, by invitation. The terms of reference are at Annex A.')
    H(3)
    P('Ms D was well supported in pregnancy. A pre-birth assessment recorded that she would need “her mother’s continued help”. Health visitors, who visited for two years, found a bright and well-cared-for child, and said so. When Nana died, the GP offered condolences and a prescription. The nursery sent flowers. The housing association changed the name on the rent account.')
    P('In the eight months that followed, Ms D had five seizures of which a service knew. Two were at work. In each case she was taken to hospital, was seen, and was sent home when she said that she had to fetch her daughter. On 14 March Wren was not at nursery. On 15 March she was not at nursery. The nursery rang Ms D’s mobile on the second day and left a message.')
    H(4)
    X('<h2>The plan was a person</h2>')
    P('From the time of the pre-birth assessment every plan relied upon Nana, and none said so. She was not a carer in the eyes of the carers’ service, because she did not ask for anything. When she died, no plan changed, for there was none in which her name appeared as more than a telephone number.')
    X(lp(1)); X(lp(2))
    X('<h2>Being understood</h2>')
    P('Ms D was sent nineteen letters in the period. She can read a short one. The letter that invited her to a first appointment with the epilepsy nurse after her mother’s death was of two pages, both sides, and gave the date in the third paragraph. When she did not attend, she was sent a longer one.')
    P('An assessment by adult social care in October 2021 came to the view that she had no eligible needs. She told the assessor that she could manage and had a family. It would have taken one more question to learn that the family was three years old.')
    X(lp(3)); X(lp(4))
    X('<h2>The two mornings</h2>')
    P('The nursery’s policy was to telephone on the second day of absence. It was followed. There were two numbers on the card, of which one was that of Nana, and a member of staff who knew that she had died did not like to ring it. It had in fact been passed on to a cousin, who has a car.')
    P('On the evening of the fourteenth a neighbour had knocked to ask about a parcel and had heard a child. She mentioned it to the caretaker in the morning. He had a key. He had been trained, properly, not to use it.')
    X(lp(5)); X(lp(6))
    X('<h2>What Wren could have said</h2>')
    P('Wren told the guard where she lived, what was the matter, and that Mummy “does the shaking and then she has a sleep”. No one had asked her before. The reviewer makes no criticism of this; she was three. But she knew more than any of the seven agencies, and told it in order.')
    X(lp(7)); X(lp(8))
    H(5)
    P('A national panel looked in 2021 at parents whose health changes from day to day. Two of its recommendations have a bearing upon this case. They were addressed to others, and they are printed here so that the reader may see what was already known:')
    X('<blockquote><b>Recommendation 2</b> The Department should publish guidance on parents with fluctuating health conditions, drawn up with parents who have them.</blockquote><blockquote><b>Recommendation 5</b> Local partnerships should agree how services for adults with a learning disability will be told when a relative who helps them to bring up a child has died.</blockquote>')
    P('Aldersmere had begun to act on the second before these events. A working group had met twice. The reviewer has read the notes, and they are sensible.')
    H(6)
    P('The Partnership asked the reviewer not to make recommendations unless something was needed that would otherwise not be done. She has thought about it with care. At several points it would be easy to recommend that a protocol be written, and in each there is one.')
    P('Those who met in the church hall went back and changed things. By the time of the second draft all that the reviewer had thought of asking for had been put in hand, and some of it had been bettered. To turn this into a list of recommendations, each to be marked complete, would be to say something untrue about how the changes came to be made. This review therefore makes no recommendations. Each partner should go on reporting to the Practice Review Group as it now does, and the Group has the means to ask if it does not.')
    H(7)
    P('The following changes have been made in Aldersmere. The reviewer has seen evidence of each. The table was kept by the agencies themselves.')
    rows = [('Aldersmere and Tarn Vale NHS Trust', 'Since May 2023 the epilepsy nurses must ask every new patient who is at home, and who would come.', 'In place; 140 patients asked'),
            ('Adult social care', 'Assessors should now speak to one other person before they decide that a parent has no eligible needs.', 'In place since January 2023'),
            ('Larkrise Nursery and eleven others', 'Calls are made on the first morning. Staff are to ring all numbers, and to go to the house if there is no reply by eleven.', 'In place; two children found to be in need of help'),
            ('Moorgate Row Homes', 'Caretakers may use a key where a child has been heard and there is no answer. They must ring the police as they do so.', 'Policy changed in August 2022'),
            ('GP practices', 'When a patient dies, the practice looks to see who relied on him or her. A template has been made to help with this.', 'Nine practices of fourteen'),
            ('Children’s services', 'The pre-birth assessment should end with a page headed “If this person were not here”.', 'In use since February 2023'),
            ('All partners', 'An easy-read letter was written with a group of parents, and agencies have agreed to use it.', 'Under way')]
    X('<table><thead><tr><th style="width:25%">Agency</th><th>What has changed</th><th style="width:24%">Position in September 2023</th></tr></thead><tbody>' + ''.join('<tr>' + ''.join(f'<td>{c}</td>' for c in r) + '</tr>' for r in rows) + '</tbody></table>')
    P('Ms D now has a support worker for six hours a week, an alarm that she wears on her wrist, and a list on the fridge. The cousin comes on Thursdays.')
    H(8)
    P('The group in the church hall suggested that practitioners might like to have some questions to take to supervision. They are meant to be thought about and need no reply:')
    X('<ol><li>Do I know who the child would go to?</li><li>When did I last ask a question to which I did not know the answer?</li><li>Who, in this family, would notice if I stopped coming, and who would notice if somebody else did?</li><li>What would have had to be different for somebody to ring the second number?</li></ol>')
    H(9)
    P('The guard has been thanked by the railway. When he was asked what had made him sit down, and not take her at once to the office, he said that she had seemed to be the one in charge.')
    P('There is a good deal in this report about what people should do. Most of it they do already, on most days and for most families. It is hoped that the learning points will be read in that spirit.')
    X(f'<h1 style="break-before:page">{CH[10]}</h1><p>The Partnership should consider how information about the health of parents is shared between services for adults and services for children. To this end the review is to:</p><ol type="a"><li>establish what each agency knew of Ms D’s health and of the help given by her mother;</li><li>consider whether the agencies’ response to the death of Wren’s grandmother was what it ought to have been;</li><li>identify good practice, and make recommendations only where the Practice Review Group could not otherwise secure a change;</li><li>hear from Ms D, and find a way of hearing from Wren.</li></ol>')
    X(f'<h1>{CH[11]}</h1><p>The Partnership’s audit of absence from nursery was finished four months before Wren was found. It had made three recommendations, of which the first two had been carried out:</p><ol><li>All nurseries should hold at least two contact numbers for each child.</li><li>Nurseries should ring home by the end of the second day of any unexplained absence.</li><li>The Partnership should look at absence again in 2023.</li></ol><p>The third has been overtaken by the changes that are described in chapter 8.</p></body></html>')
    return '\n'.join(o)

def build(pages):
    open('/tmp/wave-b/wren.html', 'w').write(html(pages))
    subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=/tmp/wave-b/chrome', '--no-pdf-header-footer', f'--print-to-pdf={HERE}/{NAME}.pdf', 'file:///tmp/wave-b/wren.html'], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)

if __name__ == '__main__':
    build({}); build(heading_pages(NAME, CH))
    answers(NAME, dict(title='Local Child Safeguarding Practice Review: Wren', reference='Wren', type='SPR', publisher='Aldersmere Safeguarding Children Partnership',
            lead_reviewer='Prudence Ockwell-Dare', published='2023-10-09'), [], ('Learning point 1', 0, None, 0), NONE)
