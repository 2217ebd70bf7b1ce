"""SCR Child FF (2017): HTML through Chromium; findings, each with a boxed recommendation (For/By lines inside) and a rationale,
or with questions for the Board; prose recommendations on national matters; summary table at the end in the same words."""
import subprocess, html
from wordkit import HERE, item, os
NAME = 'scr-child-ff'
def R(no, parts, who, by, **k): return item(parts, no, addressee=who, target_date=by, kind='recommendation', box=True, **k)
LEAD = 'The Board may wish to consider:'
def Q(t): return item(t, None, kind='question', lead_in=LEAD, addressee='The Board')
REC = {
 1: [R('One', 'The hospital and the community nursing service should agree that a child with a long-term condition who is not brought to two appointments in succession is spoken about, on the day of the second, by a doctor who knows the child and a nurse who knows the home.', 'Sallerton Hospitals NHS Foundation Trust', '31 January 2018')],
 2: [R('Two', [('', 'Ellingwick Council should change its practice with families who educate their children at home, so that:'), ('•', 'the officer asks, at the first letter, whether the child has a health condition for which school staff would have had a plan;'), ('•', 'with the parents’ agreement, that plan is sent to the child’s nurse; and'), ('•', 'where agreement is refused, the officer seeks advice from the designated doctor before the file is closed.')], 'Ellingwick Council', '30 April 2018'),
     R('Three', 'The Board should ask the families who educate their children at home in Ellingwick to help it to write its guidance to practitioners about them. The invitation should be an open one. It should be made through the families’ own networks, it should make plain that the great majority of such families give no cause for concern, and it should offer to meet in the evenings and at places other than Council offices, so that those who have reason to be wary of the Council are heard beside those who have not.', 'Ellingwick Safeguarding Children Board', '30 June 2018')],
 3: [Q('How can the Board be sure that a disagreement between two doctors about a child is heard by somebody who is able to settle it?'), Q('Do practitioners know that they may ask for a professionals’ meeting, and does anyone count how often they do so?'), Q('What would tell the Board, a year from now, that deference has lessened?')],
 4: [R('Four', 'All services should use the words “was not brought” instead of “did not attend” in the records of children under sixteen, and should show the Board that the change of words has been followed by a change in what is done.', 'All partner agencies', '31 March 2018')],
 5: [Q('Is there any group of children in Ellingwick to whom nobody but their parents has spoken in the last year?'), Q('Should the Board hear each year from an advocate for disabled children, and what would it need to do to make the hearing count?')],
 6: [R('Five', 'The school nursing service should keep a child upon its list when the child leaves the school roll, until another service has said that it has taken the child on.', 'Ellingwick Community Health Partnership', '28 February 2018'),
     R('Six', 'Any general practice that receives a letter about a missed appointment for a child should give the letter to a clinician and not only to the file.', 'Ellingwick and Howe Clinical Commissioning Group', '31 December 2017')],
}
NAT = [item('The review therefore recommends that the Department for Education consult upon a duty to let the local authority see, once in each year, every child who is educated at home.', None, kind='recommendation', addressee='the Department for Education'),
       item('It is recommended that NHS England add to the national contract for diabetes services a requirement to report the number of children who have not been seen for six months.', None, kind='recommendation', addressee='NHS England')]
ITEMS = [i for k in REC for i in REC[k]] + NAT
META = dict(title='Child FF: A Serious Case Review', reference='Child FF', type='SCR', publisher='Ellingwick Safeguarding Children Board',
  lead_reviewer='Maud Thessiger-Lane', published='2017-10-12', main_from='Finding 1', stated_count=None,
  none_of=['Two services each believed that the other would ring', 'Ask the child, by herself if she is old enough, how she manages', 'The words that are used in a record should describe what the adult did',
    'A letter to the file is not a message to a person', 'Nobody should read this finding as a criticism of education at home', 'Recommendation 2 of that audit: The hospital should send missed appointment letters',
    'should agencies have acted differently when Child FF left school', 'The hospital must now telephone after every missed clinic', 'Deference cannot be forbidden by a procedure', 'Parents have a right in law to teach their children',
    'The Board’s response, which should be read with this report'])

def build():
    e = html.escape
    b = []
    A = b.append
    def p(t, c=''): A(f'<p{" class=" + c if c else ""}>{t}</p>')
    def box(it):
        parts = it['parts']; s = f'<p>{e(parts[0][1])}</p>'
        if len(parts) > 1: s += '<ul>' + ''.join(f'<li>{e(t)}</li>' for _, t in parts[1:]) + '</ul>'
        A(f'<div class=rec><div class=lab>RECOMMENDATION {it["number"].upper()}</div><div class=body>{s}<p class=meta><b>For:</b> {e(it["addressee"])}<br><b>By:</b> {it["target_date"]}</p></div></div>')
    def rationale(t): A(f'<p class=rat><b>Rationale.</b> {t}</p>')
    def learn(t): A(f'<div class=learn><b>For practice</b><br>{t}</div>')
    def quote(t): A(f'<aside>“{t}”</aside>')
    def qs(n):
        A(f'<div class=q><h4>Questions for the Board</h4><p>{LEAD}</p><ul>' + ''.join(f'<li>{e(i["text"])}</li>' for i in REC[n]) + '</ul></div>')
    A('<section class=cover><div class=band>Ellingwick Safeguarding Children Board</div><h1>Child FF</h1><p class=big>A Serious Case Review</p><p>Lead reviewer: Maud Thessiger-Lane</p><p>Published 12 October 2017</p></section>')
    A('<section class=brk><h2>In brief</h2>')
    p('Child FF is a girl who was eleven years old when she was taken to hospital in a coma that was caused by diabetes. She had not been seen by a nurse or a doctor for ten months. She is well now, manages her own care with some pride, and lives with an aunt.')
    p('FF had left school eighteen months before, to be taught at home. The decision was her parents’ to make. When she left, a whole round of small kindnesses by which her condition had been watched, by a teaching assistant, a school nurse and a dinner lady, left her as well, and nothing took its place.')
    p('This review sets out six findings. Where the reviewers are confident what should be done they make a recommendation, in a dark box, and give their rationale beneath it. Where the matter is one upon which the Board is better placed to judge, they put questions to it in place of a recommendation. Lighter boxes marked “For practice” are for practitioners to use in supervision and are not recommendations.')
    p('The Board’s response, which should be read with this report, is on its website.')
    A('<h2>How we went about it</h2>')
    p('We were a team of two from outside Ellingwick. We read the records, held nine conversations with practitioners and two meetings of all of them together, and talked with FF, her aunt and her father. Her mother did not wish to meet us but sent us a letter, which we have taken to heart.')
    p('The Board asked: should agencies have acted differently when Child FF left school? Who knew how she was, and how did they know? What gets in the way of asking a confident parent a plain question?')
    A('<h2>FF and her family</h2><table><tr><th>Name used</th><th>Who</th><th>Age in March 2017</th></tr><tr><td>FF</td><td>Subject of the review</td><td>11</td></tr><tr><td>GG</td><td>Brother</td><td>14</td></tr><tr><td>Mother, Father</td><td>Parents</td><td>41, 44</td></tr><tr><td>Aunt</td><td>Father’s sister</td><td>38</td></tr></table>')
    p('FF was found to have diabetes when she was six. She took to it bravely. Her mother, who had been a science teacher, learned all that there was to learn and was much admired for it in the clinic.')
    A('<h2>What happened, in outline</h2><table><tr><th>When</th><th>Event</th></tr>' + ''.join(f'<tr><td>{a}</td><td>{c}</td></tr>' for a, c in [('September 2015', 'FF leaves Oxlip Road School. The school tells the Council, as it must. The school nurse’s list is drawn from the roll, and FF’s name drops off it overnight.'), ('November 2015', 'The Council’s officer visits and finds the teaching to be good. Health is not spoken about.'), ('January 2016', 'Disagreement in clinic about the treatment. Mother asks for another doctor, and a second opinion differs from the first.'), ('May 2016', 'FF’s last attendance.'), ('July and October 2016', 'Two appointments missed. Two letters to Mother, copied to the practice.'), ('December 2016', 'The community nurse telephones and is told that all is well.'), ('March 2017', 'FF is taken to hospital.')]) + '</table></section>')
    A('<section><h2>The findings</h2>')
    def F(n, t): A(f'<h3><span>Finding {n}</span> {t}</h3>')
    F(1, 'When a child with a long-term illness stops coming, each service waits for the other')
    p('Two services each believed that the other would ring. The clinic’s rule was to write after one missed appointment and to tell the community nurse after three. The community nurse’s rule was to visit if the clinic asked. FF missed two.')
    quote('I kept thinking somebody would have told me if it was bad.')
    p('The community nurse, who telephoned in December without being asked, did more than her rule required. She was told that FF was well and was out with her brother. She wrote the conversation down, and wondered about it, and had eleven other calls to make.')
    box(REC[1][0])
    rationale('A letter to a parent cannot find out whether a child is ill. Two people who each know one half can do so in five minutes, and the cost of those minutes is small.')
    F(2, 'Teaching at home removes more than lessons')
    p('Parents have a right in law to teach their children, and most who do so do it well. Nobody should read this finding as a criticism of education at home. What the case shows is that a school does a dozen things for a sick child that are in nobody’s job description, and that they stop without notice.')
    p('The officer who visited was a former head teacher. He saw FF’s work and thought it excellent. It was not part of his task to ask who looked at her feet, or whether she had her kit with her.')
    p('The teaching assistant who had sat with FF at lunch told us that she had asked, in the week in which FF left, whether anybody would be told about the lunches. She was given to understand that the parents knew what to do, which was so. She had thought of writing to the hospital and had not known to whom. Nobody has criticised her and nor do we; she was the one person who saw that something was about to stop.')
    p('The Council keeps no count of the children taught at home who have an illness of this kind. It was able to make one for us in an afternoon. There were nineteen. The officer knew the families of all but two, and could have told a nurse that afternoon, had there been a nurse whose work it was to ask, which of them he was uneasy about and why. We say this not to find fault but because it shows how near the two halves of what was known lay to one another, in two rooms upon one corridor. Neither door was locked, and neither had a reason to be opened.')
    for i in REC[2]: box(i)
    rationale('The reviewers thought for some time about whether to recommend more visits. They were persuaded by parents that trust would do more.')
    learn('Ask the child, by herself if she is old enough, how she manages on a bad day.')
    F(3, 'Practitioners defer to parents who are expert, and doctors to one another')
    p('The clinic’s first doctor was uneasy about the treatment in January 2016. The second took another view. Each wrote to the practice and neither telephoned the other. Mother was well-informed, courteous and firm, and it was she who carried what each had said to the other.')
    p('Deference cannot be forbidden by a procedure, and for that reason we make no recommendation about it.')
    qs(3)
    F(4, 'The record said what FF did, not what the adults did')
    p('The words “did not attend” stand fourteen times in FF’s records. She was ten. An audit by the Board in 2014 had noticed the phrase. Recommendation 2 of that audit: The hospital should send missed appointment letters on coloured paper. They have been yellow since.')
    learn('The words that are used in a record should describe what the adult did or did not do for the child.')
    box(REC[4][0])
    rationale('Words alone will not keep a child safe. But it is hard to write “was not brought” for the third time without wondering by whom.')
    F(5, 'There are children whom nobody outside the home hears')
    p('Between May 2016 and March 2017 FF spoke to no professional. She has told us that she would have liked to be asked about the dog, and then about the rest. She is one child; we do not know how many others there are, and nor does any agency.')
    qs(5)
    F(6, 'Lists are made for services and not for children')
    quote('She did not fall through a net. There were three nets, with her-shaped holes.')
    p('The school nurse’s list was of pupils. The clinic’s was of appointments. The practice’s was of letters. Each was well kept. A letter to the file is not a message to a person, and the practice’s two letters were scanned by a clerk who did exactly as she had been told. Nobody at the practice had met FF since she was eight, and there was no rule that anybody should.')
    for i in REC[6]: box(i)
    rationale('It should not be possible for a child to be on no list. Of the two remedies the first is the more important and the second the more easily done.')
    A('<h2>National matters</h2>')
    p('The Council’s officer had no power to see FF, and it was by her parents’ courtesy that he did so. The Board cannot mend this. ' + e(NAT[0]['text']) + ' The reviewers know that opinion upon the matter is divided and that it has been looked at before.')
    p('The hospital’s figures for the year in which FF was not seen were among the best in the region, because a child who does not come is not counted. ' + e(NAT[1]['text']))
    A('<h2>What has changed</h2>')
    p('The hospital must now telephone after every missed clinic, and a volunteer with diabetes of her own does so. The Council’s officer and the school nurse share an office on Thursdays. FF has been to talk to both of them.')
    p('We thank her, and everyone who spoke with us.')
    A('</section><section class=brk><h2>Appendix: Recommendations to local agencies</h2><p>The recommendations made in the boxes are brought together here.</p><table class=sum><thead><tr><th>No.</th><th>Recommendation</th><th>For</th><th>By</th></tr></thead>')
    for i in ITEMS:
        if i.get('box'):
            ps = i['parts']; s = e(ps[0][1]) + ('<ul>' + ''.join(f'<li>{e(t)}</li>' for _, t in ps[1:]) + '</ul>' if len(ps) > 1 else '')
            A(f'<tr><td>{i["number"]}</td><td>{s}</td><td>{e(i["addressee"])}</td><td>{i["target_date"]}</td></tr>')
    A('</table></section>')
    css = '''@page{size:A4;margin:22mm 20mm 22mm 32mm;@top-right{content:"Child FF – Serious Case Review";font:8pt "Liberation Sans Narrow";color:#666}@bottom-left{content:"Ellingwick SCB";font:8pt "Liberation Sans Narrow";color:#666}@bottom-right{content:counter(page);font:9pt "Liberation Sans Narrow"}}
@page:first{@top-right{content:""}@bottom-left{content:""}@bottom-right{content:""}}
body{font:11pt/1.5 "DejaVu Sans",sans-serif;font-size:10pt;margin:0;color:#222}.brk{break-before:page}
.cover{padding-top:55mm}.band{background:#5b2a58;color:#fff;padding:10px 14px;font-size:14pt}h1{font-size:40pt;color:#5b2a58;margin:30px 0 0}.big{font-size:18pt}
h2{color:#5b2a58;font-size:17pt;margin:22px 0 8px;break-after:avoid}h3{font-size:12.5pt;margin:28px 0 8px;border-top:2px solid #5b2a58;padding-top:6px;break-after:avoid;clear:both}h3 span{display:block;color:#5b2a58;font-size:10pt;letter-spacing:1px}
.rec{clear:both;border:1.5px solid #5b2a58;margin:14px 0}.lab{background:#5b2a58;color:#fff;font-weight:bold;padding:5px 10px;letter-spacing:.5px;break-after:avoid}.body{padding:4px 12px}.rec p{margin:6px 0}.meta{font-size:9pt;color:#333;border-top:.5px solid #bbb;padding-top:5px}
.rat{font-style:italic;margin-left:0}.learn{background:#f3ecd9;padding:8px 12px;margin:12px 0;font-size:9.5pt;break-inside:avoid}.q{background:#ece6ef;padding:4px 14px;margin:14px 0}.q h4{margin:8px 0 4px;font-size:11pt}
aside{float:right;width:40%;margin:4px 0 10px 16px;font-size:13pt;line-height:1.35;color:#5b2a58;font-style:italic}
table{border-collapse:collapse;width:100%;font-size:9pt;margin:8px 0}th{background:#ddd0dc;text-align:left}td,th{border:.6px solid #888;padding:5px 7px;vertical-align:top}.sum td:nth-child(3){width:24%}.sum td:nth-child(4){width:13%}td ul{margin:4px 0;padding-left:16px}p{orphans:2;widows:2}'''
    os.makedirs(HERE + '/tmp', exist_ok=True); f = f'{HERE}/tmp/{NAME}.html'
    open(f, 'w').write(f'<!doctype html><html lang=en-GB><meta charset=utf-8><title>Child FF</title><style>{css}</style><body>' + '\n'.join(b) + '</body></html>')
    subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=/tmp/cr-a', '--no-pdf-header-footer', f'--print-to-pdf={HERE}/{NAME}.pdf', 'file://' + f], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

if __name__ == '__main__':
    build()
