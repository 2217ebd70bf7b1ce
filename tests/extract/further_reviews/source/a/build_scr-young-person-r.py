"""SCR Young Person R (2018): Typst; decimal paragraphs with two introductory and three closing ones in the recommendations
chapter, nested sub-items, hyphenation and ligatures, a footnote and a figure between the halves of an item."""
import typst
from wordkit import HERE, item, toc_pages, re, os
NAME = 'scr-young-person-r'
ITEMS = [
 item('The Board should adopt one definition of a missing episode, for use by children’s homes, schools, the police and health services alike, and should bring to an end the practice of recording some young people as “absent” and others as “missing”.', '8.3', addressee='The Board', grp='For the Board'),
 item('The Board should publish each quarter the number of return conversations[^A return conversation is the talk with an independent person that the statutory guidance requires to be offered to each child who comes back after being missing. Some agencies call it an independent return interview.] that were offered, the number that took place within seventy-two hours, and the number in which the young person chose who should hold the conversation.', '8.4', addressee='The Board'),
 item([('', 'The Board, the Council and Merrin Valley Police should together set up a standing meeting about young people who are harmed by others outside their families. The meeting should:'),
   ('(a)', 'be held each fortnight and be led by an officer who has authority to commit the resources of the agency from which that officer comes;'),
   ('(b)', 'look at places as well as at people, and in particular keep a map of those places in which young people have been harmed or have been seen with adults who have harmed others, which should be:'),
   ('(i)', 'drawn from what young people, park keepers, bus drivers and shopkeepers say as well as from recorded crime;'),
   ('(ii)', 'shown to the licensing and planning committees of the Council before they decide upon an application in the neighbourhood; and'),
   ('(iii)', 'made anew at least twice in each year;'),
   ('(c)', 'keep for each young person a plan of one page that says who is the trusted adult, what the young person wants to happen, and what will be done if the young person is missing for longer than is usual; and'),
   ('(d)', 'send a note of its decisions within one working day to the school, the general practitioner and any children’s home or foster carer.')], '8.5', addressee='The Board, the Council and Merrin Valley Police', fig=True),
 item('Merrin Valley Police should stop closing a missing person report upon the word of the person who made it, and should see and speak to the young person before the report is closed.', '8.6', addressee='Merrin Valley Police', grp='For the police and the Council'),
 item('The Council should offer to every young person who has been missing on three occasions in ninety days an advocate who is not employed by the Council. The offer should be made face to face. A refusal should be treated as an answer for that day only.', '8.7', addressee='The Council'),
 item('Schools and colleges should not place a pupil about whom there is concern of this kind upon a part-time timetable unless the pupil’s social worker has agreed in writing, and should bring any such timetable to an end within six weeks.', '8.8', addressee='Schools and colleges', grp='For education and health'),
 item([('', 'The Quillingford and District Clinical Commissioning Group should commission:'), ('•', 'a youth worker for the emergency department on each evening of the week;'), ('•', 'a sexual health clinic that can be reached by bus from the eastern estates after school; and'), ('•', 'a talking therapy that does not discharge a young person for missing two appointments.')], '8.9', addressee='The Quillingford and District Clinical Commissioning Group'),
 item('Merrin Ambulance Service should tell the police control room when a crew is called to a young person under eighteen at any of the places upon the map.', '8.10', addressee='Merrin Ambulance Service'),
 item('The Department for Education should consider whether children’s homes that take young people from more than three authorities ought to be required to tell the local board before they open.', '8.11', addressee='The Department for Education', grp='For the Government'),
]
META = dict(title='Serious Case Review: Young Person R', reference='Young Person R', type='SCR', publisher='Quillingford Local Safeguarding Children Board',
  lead_reviewer='Rosalind Quarmby-Hythe', published='2018-09', stated_count=9, main_from='The review makes nine recommendations',
  none_of=['The recommendations have been discussed with the agencies to which they are addressed', 'A recommendation should say what is to be different', 'They should be read as one.',
   'The Board should not wait for the last of them to be done', 'R has asked that the last word should be about bus passes', 'The Board should develop a strategy on missing children',
   'Police should review the training of call handlers', 'All foster carers and residential staff must now carry', 'The Council should be told of every new children’s home', 'should have been asked to write or draw',
   'To consider whether agencies should have seen R', 'A return conversation is the talk with an independent person', 'Figure 2: Where R was found', 'Practice point: adults should go on turning up'])

def esc(s): return re.sub(r'([#$*_@<>\[\]`~\\])', r'\\\1', s).replace('“', '“').replace("'", '’')
def fnote(s):
    out = ''
    for bit in re.split(r'(\[\^.*?\])', s):
        out += f'#footnote[{esc(bit[2:-1])}]' if bit.startswith('[^') else esc(bit)
    return out

FIG1 = '#figure(caption: [Missing episodes by month, January 2016 to June 2017])[#stack(dir: ltr, spacing: 4pt, ..(2,3,1,4,5,4,7,9,8,6,11,10,12,9,14,13,11,15).map(n => align(bottom, box(height: 80pt, align(bottom, rect(width: 12pt, height: n * 5pt, fill: rgb("#7a9e9f")))))))]'
FIG2 = '#place(top + center, float: true, clearance: 1.6em)[#figure(kind: image, caption: [Where R was found, by kind of place (27 occasions on which it was recorded)])[#table(columns: 4, inset: 6pt, align: center, fill: (x, y) => if y == 0 { rgb("#dfe9e9") }, [Friend’s home], [Bus station], [Park or seafront], [Address of an adult], [6], [9], [5], [7])]]'

def build():
    heads = ['1 Introduction', '2 About R', '3 What happened', '4 Analysis', '5 What R told us', '6 What was already known', '7 What has changed since', '8 Recommendations', 'Appendix A: Terms of reference', 'Appendix B: Agencies']
    pg = toc_pages(NAME, heads)
    o = ['''#set page(paper: "a4", margin: (x: 2.7cm, top: 2.6cm, bottom: 2.4cm), header: context { if counter(page).get().first() > 1 [#text(8pt, fill: rgb("#555"))[Young Person R #h(1fr) Final report for publication]#v(-6pt)#line(length: 100%, stroke: .4pt)] }, footer: context { if counter(page).get().first() > 1 [#align(center, text(8.5pt)[Page #counter(page).display() of #counter(page).final().first()])] })
#set text(font: "Caladea", size: 11.5pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 1.05em)
#show figure.caption: set text(9.5pt, style: "italic")
#let ch(t) = block(above: 2.2em, below: 1em, sticky: true, text(17pt, weight: "bold", fill: rgb("#1d5b5c"), t))
#let sh(t) = block(above: 1.5em, below: .8em, sticky: true, text(12pt, style: "italic", weight: "bold", t))
#let np(n, b) = grid(columns: (1.35cm, 1fr), n, b)
#let sp(l, n, b) = pad(left: l, grid(columns: (1cm, 1fr), n, b))
''']
    A = o.append
    ch = lambda t, brk=False: A(('#pagebreak()\n' if brk else '') + f'#ch[{esc(t)}]\n')
    sh = lambda t: A(f'#sh[{esc(t)}]\n')
    def np(n, t): A(f'#np[{n}][{fnote(t)}]\n')
    A('#v(5cm)#text(13pt, tracking: 2pt)[QUILLINGFORD LOCAL SAFEGUARDING CHILDREN BOARD]\n\n#v(1cm)#text(30pt, weight: "bold", fill: rgb("#1d5b5c"))[Young Person R]\n\n#text(18pt)[Serious Case Review]\n\n#v(6cm)#line(length: 40%)\n\nLead reviewer: Rosalind Quarmby-Hythe\n\nSeptember 2018\n#pagebreak()\n')
    A('#text(17pt, weight: "bold", fill: rgb("#1d5b5c"))[Contents]\n')
    for h in heads: A(f'#block(spacing: .8em)[{esc(h)} #box(width: 1fr, repeat[.]) {pg.get(h, "")}]\n')
    ch(heads[0], True)
    np('1.1', 'R was sixteen when, in June 2017, R was found badly hurt at a bus station forty miles from home. R has recovered and has helped to make this review. Two adults have since been convicted.')
    np('1.2', 'In the eighteen months before that night R had been reported missing on sixty-one occasions. Each of them was dealt with, most of them properly, and nearly all of them by itself.')
    np('1.3', 'The letter R stands for a name that R chose. We write “they” of R at R’s wish.')
    np('1.4', 'The review was carried out between October 2017 and June 2018. Twelve agencies gave accounts of their work, thirty practitioners came to two workshops, and R, R’s mother and R’s foster carer each met the reviewer.')
    ch(heads[1])
    np('2.1', 'R lived with their mother and two younger brothers until January 2016, then with a foster carer, Mrs T, and from March 2017 in a children’s home in Quillingford. R liked to mend bicycles and could name every bus in the county by its number.')
    A('#align(center, table(columns: (auto, auto, auto), inset: 6pt, stroke: .5pt, [*Who*], [*Relationship*], [*Lived with R*], [Ms L], [Mother], [to January 2016], [S and U], [Brothers], [to January 2016], [Mrs T], [Foster carer], [January 2016 to March 2017]))\n')
    ch(heads[2])
    for n, t in enumerate(['R did well at primary school. In the second year at Pellow Bank Academy they began to be late, then to leave at midday, and were placed upon a timetable of nine hours a week. It was meant to last for a month and lasted for fourteen.',
      'R was first reported missing in January 2016. From the spring the reports came weekly. R was usually back by the morning, and the report was closed when Mrs T telephoned to say so. On fewer than half of the occasions did anybody see R before it was closed.',
      'Return conversations were offered after forty-four of the sixty-one episodes and took place after nineteen. They were held by seven people. R said to the last of them: “You lot should have a loyalty card.”'], 1): np(f'3.{n}', t)
    A(FIG1 + '\n')
    for n, t in enumerate(['Between August 2016 and May 2017 R went four times to the emergency department. Each time the injury was small and the account was clear. On the third, a nurse wrote that R “looked to the man before answering”. There was nobody on duty to whom she could have spoken about it at that hour.',
      'In March 2017 the placement with Mrs T ended, against her wish and R’s, because it was thought that distance from the bus station would make R safer. The children’s home was nearer to it by train.',
      'The home opened in February 2017 and took young people from five authorities. Neither the Board nor the police knew of it until the first report of a missing young person.',
      'In June 2017 R was missing for three days. They were found by a bus driver, who knew them by name.'], 4): np(f'3.{n}', t)
    ch(heads[3])
    sh('Sixty-one single events')
    np('4.1', 'The procedure of the time asked at each report whether this episode was of high, medium or low risk. Because R came back the answer was “medium” on fifty-eight occasions. Nobody was asked to say what the fifty-eight, taken together, might mean.')
    np('4.2', 'Call handlers could choose to enter a young person as “absent”, and did so in cases in which the carer seemed calm. Mrs T is a calm person.')
    sh('Places')
    np('4.3', 'Bus drivers, a park keeper and two shopkeepers each knew something that no agency did. They were glad to be asked by the reviewer and surprised that it had taken a year.')
    np('4.4', 'It is too easy to say that R put themself at risk. R went where they were welcome. The adults who harmed R had thought harder about what a boy or girl of fifteen needs than some of those whose work it was to help.')
    sh('School')
    np('4.5', 'Nine hours at school left R with some twenty in which all their friends were busy. The academy made the arrangement in good faith. It did not know that the timetable was printed in the plan of the adults who were grooming R, since that came out only in court.')
    A('#block(fill: rgb("#eef4f4"), inset: 10pt, width: 100%)[*Practice point:* adults should go on turning up. R could name each of those who did, and the day of the week on which they came.]\n')
    ch(heads[4])
    np('5.1', 'R met the reviewer three times, twice at a café of R’s choice and once upon a bus. R read this report and asked for four changes, all of which were made. They said that young people should have been asked to write or draw where they felt safe, “and then someone should have gone and looked”.')
    np('5.2', 'Asked what would have helped, R said: the same person; not being moved; and a bus pass, because “if I’d had my own way home I wouldn’t have needed a lift”.')
    ch(heads[5])
    np('6.1', 'A review of the Board’s work on missing children was made by an outside adviser in 2015. It is right to set down what it recommended:')
    for i, t in enumerate(['The Board should develop a strategy on missing children and should review it each year.', 'Police should review the training of call handlers.', 'The Council should be told of every new children’s home.'], 1): A(f'#sp(1.35cm)[{i}.][{esc(t)}]\n')
    np('6.2', 'The strategy was written and reviewed. The training was reviewed and left as it was. No agency could be found to own the third.')
    ch(heads[6])
    np('7.1', 'Much has been done since the summer of 2017. The word “absent” has already been taken out of the form, though it survives in three databases. All foster carers and residential staff must now carry a card with a number that is answered at night. The bus company’s drivers have been trained, at their own request.')
    np('7.2', 'The academy has no pupil upon a part-time timetable.')
    ch(heads[7])
    np('8.1', 'The review makes nine recommendations. The recommendations have been discussed with the agencies to which they are addressed, and all have been accepted by them, save that the Government has yet to be asked.')
    np('8.2', 'A recommendation should say what is to be different and by whose hand. Where an agency has put right since 2017 the matter of which the review would have spoken, nothing is said about it here.')
    for it in ITEMS:
        if it.get('grp'): sh(it['grp'])
        np(it['number'], it['parts'][0][1])
        for k, (l, t) in enumerate(it['parts'][1:]):
            if it.get('fig') and k == 2: A(FIG2 + '\n')
            left = '2.35cm' if l in ('(i)', '(ii)', '(iii)') else '1.35cm'
            A(f'#sp({left})[{l}][{esc(t)}]\n')
    A('#v(.4em)\n')
    np('8.12', 'These are nine recommendations about one thing. They should be read as one.')
    np('8.13', 'The Board should not wait for the last of them to be done before it asks young people whether they can tell the difference, and the reviewer has been promised that it will not.')
    np('8.14', 'R has asked that the last word should be about bus passes. Since August 2018 every young person in care in Quillingford has had one.')
    ch(heads[8], True)
    for i, t in enumerate(['To consider whether agencies should have seen R as a child who was being exploited, and when.', 'To examine the response to each report that R was missing.', 'To look at the effect upon R of decisions about school and placement.', 'To find out what R and R’s family think should be done.'], 1): A(f'#sp(0cm)[{i}.][{esc(t)}]\n')
    ch(heads[9])
    A('Quillingford Council (children’s social care, licensing, youth service); Merrin Valley Police; Merrin Ambulance Service; Pellow Bank Academy; the children’s home; the fostering agency; Quillingford and District Clinical Commissioning Group; the hospital; two general practices; the bus company; the youth offending team.\n')
    typ = '\n'.join(o); os.makedirs(HERE + '/tmp', exist_ok=True); open(f'{HERE}/tmp/{NAME}.typ', 'w').write(typ)
    typst.compile(f'{HERE}/tmp/{NAME}.typ', output=f'{HERE}/{NAME}.pdf', font_paths=['/usr/share/fonts'])

if __name__ == '__main__':
    build(); build()
