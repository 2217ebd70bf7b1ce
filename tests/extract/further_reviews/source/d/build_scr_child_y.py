"""Serious case review of 2009 as a desktop publisher set it: two justified columns, ligatures, letter-spaced capitals, Symbol bullets,
pages whose blocks were drawn in whatever order they were laid down (reportlab)."""
import os, re, random
import pyphen
from reportlab.pdfgen import canvas
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
HERE = os.path.dirname(os.path.abspath(__file__))
NAME = 'scr-child-y'
L = '/usr/share/fonts/truetype/liberation/LiberationSerif-%s.ttf'
for n, f in (('R', 'Regular'), ('B', 'Bold'), ('I', 'Italic'), ('BI', 'BoldItalic')): pdfmetrics.registerFont(TTFont(n, L % f))
DIC = pyphen.Pyphen(lang='en_GB', left=3, right=3)
ITEMS = []
def lig(s): return s.replace('fi', '\ufb01').replace('fl', '\ufb02')
def plain(s): return re.sub(r'\^\d', '', s)

# ---- the text -------------------------------------------------------------------------------------------------
F = []   # flow
def h1(t): F.append(('h1', t))
def h2(t): F.append(('h2', t))
sec = [0, 0]
def chapter(t): sec[0] += 1; sec[1] = 0; h1('%d  %s' % (sec[0], t))
def n(t, notes=()):
    sec[1] += 1; F.append(('n', '%d.%d' % tuple(sec), t, list(notes)))
def p(t): F.append(('p', t))
def b(t): F.append(('b', t))
def rec(word, text, who, bullets=(), notes=(), fig=False):
    full = ' '.join([plain(text)] + [plain(x) for x in bullets])
    ITEMS.append(dict(number=word, text=full, addressee=who, kind='recommendation'))
    F.append(('label', 'RECOMMENDATION ' + word.upper()))
    F.append(('rec', text, list(notes)))
    if fig: F.append(('figtop',))
    for x in bullets: F.append(('rb', x))
def single(num, text, who, caps=False):
    ITEMS.append(dict(number=num, text=text.upper() if caps else text, addressee=who.upper() if caps and who in text else who, kind='recommendation', single_agency=True))
    F.append(('s', num + '.', text.upper() if caps else text))

chapter('INTRODUCTION')
n('Child Y died in February 2008, aged eleven months. The cause of death could not be established. A Serious Case Review was begun in April 2008 under the guidance then in force, because neglect was known to have been a feature of the child\u2019s life and because there was concern about how local professionals had worked together.')
n('Individual management reviews were supplied by Marrowdale Children\u2019s Services, Marrowdale Primary Care Trust, the Aldmoor Police and the Aldmoor Drug Action Service. A health overview report was prepared by the Trust\u2019s designated nurse. The Panel met on six occasions. Its chairman had no connection with any of the agencies.')
n('The Terms of Reference asked whether the risk to an unborn child should have been assessed sooner; whether information was shared as it ought to have been; and what the agencies should do differently. They required that the family should be invited to contribute. The maternal grandmother did so.')
n('The family is described by letters. Dates have been made less exact where exactness might identify a child who survives.')
n('The purpose of a review is to learn. Agencies should understand that a review which apportions blame will be told less than one that does not. The Panel is satisfied that it was told what there was to tell.')
chapter('THE FAMILY')
n('Child Y lived with the mother, MY, and one older sibling, SY, who was four. The father, FY, lived nearby and was often in the home. Both parents had used heroin. MY had been in treatment since 2005 and had done well in it. The grandmother cared for SY at weekends.')
n('Those who knew Child Y spoke of an alert baby who was easily pleased and who would settle to the sound of a radio. The grandmother asked that this be set down.')
chapter('SUMMARY OF EVENTS')
n('MY told her drug worker of the pregnancy in its tenth week and booked with the midwife in its twenty-second. The two services were in the same building. The midwife learned of the drug treatment from the hospital.')
n('A referral was made to Children\u2019s Services in the thirtieth week and was closed as being for information. A second, by the health visitor, was accepted when Child Y was five weeks old. An initial assessment found a warm and tidy home. It did not find FY, who was at work, or the second flat at which the family stayed on three nights of each week.')
n('From the age of four months Child Y\u2019s weight fell through the centiles. It was recorded correctly and plotted by two different people in two different books. The family missed seven appointments in ten weeks. In December a neighbour telephoned the police to say that the baby had cried through the night. Officers called and were told that the baby was teething.')
n('In January 2008 the drug worker, who had not seen MY for three weeks, telephoned the duty desk and was advised to write. The letter was received on the day after Child Y died.')
chapter('ANALYSIS')
n('The work of each agency, taken singly, was for the most part sound. It was in the spaces between them that Child Y was lost from view. The drug service took the mother as its client and the mother was doing well. The health visitor took the baby as her client and did not know of the drug service until the ninth month.')
n('The overview author of the review of Child P, published by the former Area Child Protection Committee in 2003, advised that all agencies should identify whether adults in treatment are parents. It recommended that the Committee should prepare a joint protocol. The protocol was prepared. The Panel could find nobody who had used it.')
n('Professionals should be optimistic, and families need them to be so. But optimism ought to be tested. In this case the test would have been a question about the weight, asked by someone who had both books in hand.')
n('The police response in December was prompt and civil. Officers should not be criticised for failing to see what they had not been told to look for. They did not ask to see the child, and no policy required it.')
n('The grandmother told the Panel that she had rung a number upon a leaflet and that it had been answered by a machine. The Panel rang the number. It is answered by a machine.')
n('The Panel asked each author whether the parents had been told plainly what professionals feared. They had not. MY was told that the baby was small. FY was told nothing, because no one had met him. It may be that they would have acted upon a plain word; it is certain that they were owed it.')
n('Race, religion and disability were considered. The family was white and of no stated religion. What mattered more was that both parents were known in a small town by their names and by their fathers\u2019 names, and that this was present in every conversation and written down in none.')
chapter('LESSONS LEARNED')
p('The Panel drew these lessons from what it read. They are addressed to anyone who works with families.')
b('An adult service should think of the child whom it does not see.')
b('Growth should be plotted in one place and looked at by one person who knows what it means.')
b('A letter must never be asked for in place of a conversation.')
b('Missed appointments are information about a child and should be read as such.')
chapter('ACTION ALREADY TAKEN')
n('The agencies did not wait for this report. Since the spring of 2008 the Drug Action Service has asked every client about children at each review. The Primary Care Trust has issued a single growth record. The duty desk must now take a referral by telephone from any professional, and may not ask that it be put in writing first.')
n('The telephone number on the leaflet should by now be answered by a person between eight and eight. The Board will test it.')
chapter('RECOMMENDATIONS')
n('This report makes eighteen recommendations in all. Eight are the Panel\u2019s own and follow here. Ten come from the management reviews and are printed in Section 8. Where the Panel\u2019s reason is not plain from the analysis it is given in a numbered paragraph before the recommendation.')
h2('UNBORN CHILDREN')
rec('One', 'The Board should require that every woman in drug or alcohol treatment who is found to be pregnant be the subject of a meeting between the treatment service and the midwife before the twentieth week, to which the health visitor is invited.', 'The Board')
n('The joint protocol of 2003 ran to forty-one pages. The Panel thinks that this may be why it was not used, and that the protocol should not simply be issued again.')
rec('Two', 'The Board should replace the joint protocol on parental drug misuse by a statement of no more than two pages,^1 and should satisfy itself within six months that:', 'The Board',
    ['each drug worker, midwife and health visitor has been taken through it by a colleague from one of the other services;', 'duty social workers have it before them when a referral is taken; and', 'a parent has read it and has said whether it is fair.'],
    notes=['1  The Panel is grateful to the Quelmere Board for sight of a statement of this kind.'])
h2('ASSESSMENT')
rec('Three', 'The Director of Children\u2019s Services should ensure that no initial assessment of a child under one year is closed until each adult who regularly cares for the child has been seen, each address at which the child sleeps has been visited, and the health visitor has been spoken with and not merely written to.', 'The Director of Children\u2019s Services')
rec('Four', 'Assessments of one child in a family should draw upon what is known by those who see the other children every day.', None, fig=True)
h2('HEALTH')
rec('Five', 'The Primary Care Trust should appoint a named paediatrician to whom any health visitor may bring a chart, without referral and without appointment, and should publish the hours at which that may be done. The arrangement should be reviewed after a year by someone other than its author, and the review should consider whether the charts which were brought were those that ought to have been, whether charts that ought to have been brought were not, and what became of the children.', 'The Primary Care Trust',
    ['The review should be sent to the Board.', 'It should be shown to the grandmother of Child Y, if she wishes it.'])
n('The Panel considered whether weighing should be made compulsory. It should not.')
rec('Six', 'General practices in Marrowdale should keep a list of children under two who have missed three appointments of any kind in three months, and should go through it each month with the health visitor.', 'General practices in Marrowdale')
h2('POLICE')
rec('Seven', 'The Aldmoor Police should adopt as policy that an officer who attends an address by reason of concern for a child will see the child, awake or asleep, and will record having done so.^2', 'The Aldmoor Police',
    notes=['2  The words \u201cor will record the reason why not\u201d were considered and were left out.'])
h2('THE BOARD ITSELF')
rec('Eight', 'The Board should ring its own telephone numbers once in every quarter.', 'The Board')
n('The Board will publish an account of what has been done about each of these in the autumn of 2010. The Panel hopes that it will be short, and that it will be as frank about what has not been done as about what has.')
chapter('RECOMMENDATIONS OF THE MANAGEMENT REVIEWS')
p('These are given in the words of their authors. They have been accepted by the chief officer of each agency, who is answerable for them.')
h2('MARROWDALE PRIMARY CARE TRUST')
LEAD = 'THE TRUST SHOULD ENSURE THAT:'
F.append(('lead', LEAD))
for x in ['health visitors who transfer a family introduce the new health visitor in the home;', 'supervision of health visitors is provided monthly, with a growth chart among the papers;', 'clinic staff who weigh a baby know which line is which and what to do when one is crossed; and', 'an interpreter, where one is needed, is the same person at each visit so far as that can be arranged.']:
    ITEMS.append(dict(text=x, lead_in=LEAD, addressee='THE TRUST', kind='recommendation', single_agency=True)); F.append(('b', x))
h2('ALDMOOR POLICE')
single('1', 'Control room staff should tell officers of any earlier call to the address within two years.', 'Control room staff')
single('2', 'Revise the notebook prompt card to include a question about who else is at home.', 'ALDMOOR POLICE')
single('3', 'Training in child protection should be given to response officers in their first year, and should include half a day with a health visitor.', 'ALDMOOR POLICE')
h2('MARROWDALE CHILDREN\u2019S SERVICES')
single('1', 'The duty desk should be staffed at all times by a qualified social worker.', 'The duty desk', True)
single('2', 'Team managers should not close a referral as \u201cfor information\u201d without speaking with the referrer.', 'Team managers', True)
single('3', 'A chronology should be begun on the first day and should be kept by the allocated worker until the last.', 'MARROWDALE CHILDREN\u2019S SERVICES', True)
p('The Aldmoor Drug Action Service made no recommendations, having carried out all that its review proposed before the review was finished.')
chapter('IN CONCLUSION')
n('No single act would certainly have saved Child Y. Several ordinary ones might have. It should be remembered that the people whose work is described here have read about it many times, and that most of them are still doing it.')
n('Child Y\u2019s sibling was at nursery on five days of the week. Nobody asked the nursery. Its staff would have said that SY talked of little else but the baby, and had ceased to do so at Christmas.')
n('The Panel thanks the grandmother, who should have had an answer when she rang.')
h1('APPENDIX  GLOSSARY')
for x in ['CENTILE: a line on a growth chart; of one hundred children, the number who would be expected to be below it.', 'INITIAL ASSESSMENT: a brief assessment, which under the guidance then in force should have been completed within seven working days.', 'MANAGEMENT REVIEW: an account by an agency of its own part.', 'OVERVIEW AUTHOR: the person who should draw the management reviews together, being independent of all of them.', 'THE PANEL: the Serious Case Review Panel of the Board.']: p(x)
NONE = ['which under the guidance then in force should have been completed', 'the person who should draw the management reviews together',
        'whether the risk to an unborn child should have been assessed sooner', 'all agencies should identify whether adults in treatment are parents',
        'It recommended that the Committee should prepare a joint protocol', 'An adult service should think of the child whom it does not see',
        'Growth should be plotted in one place and looked at by one person', 'A letter must never be asked for in place of a conversation',
        'Missed appointments are information about a child and should be read', 'The duty desk must now take a referral by telephone',
        'The telephone number on the leaflet should by now be answered', 'protocol should not simply be issued again',
        'The Panel considered whether weighing should be made compulsory', 'The Panel is grateful to the Quelmere Board',
        'were considered and were left out', 'Agencies should understand that a review which apportions blame', 'It should be remembered that the people whose work',
        'Officers should not be criticised for failing to see', 'who should have had an answer when she rang', 'Figure 1. Weight of Child Y']
REVIEW = dict(title='Serious Case Review: Child Y. Executive Report', reference='Child Y', type='SCR', publisher='Marrowdale Local Safeguarding Children Board',
              lead_reviewer='Dilys Farraworth', published='2009-09', stated_count=18)

# ---- the setter ----------------------------------------------------------------------------------------------
W, H = A4
ML, MR, TOP, BOT, GUT = 60, 60, 88, 84, 24
CW = (W - ML - MR - GUT) / 2
SZ, LD = 12, 16
def sw(t, f, s): return pdfmetrics.stringWidth(t, f, s)
def tok(w):  # word -> segments
    out = []
    for x in re.split(r'(\^\d)', w):
        if x: out.append((x[1:], True) if x.startswith('^') else (lig(x), False))
    return out
def ww(w, f, s): return sum(sw(t, f, s * .62 if sup else s) for t, sup in tok(w))
def breaklines(text, f, s, width, hyph='-'):
    words, lines, cur, cw, sp = text.split(), [], [], 0, sw(' ', f, s)
    i = 0
    while i < len(words):
        w = words[i]; x = ww(w, f, s)
        if cw + (sp if cur else 0) + x <= width:
            cur.append(w); cw += (sp if len(cur) > 1 else 0) + x; i += 1; continue
        best = None
        if '^' not in w and len(w) > 5:
            for a, c in DIC.iterate(re.sub('-', '', w)) if '-' not in w else [(m, k) for m, k in [(w[:j + 1], w[j + 1:]) for j, ch in enumerate(w) if ch == '-']]:
                h = a + ('' if a.endswith('-') else hyph)
                if cw + (sp if cur else 0) + ww(h, f, s) <= width and (best is None or len(a) > len(best[0])): best = (h, c)
        slack = (width - cw) / max(1, len(cur) - 1)
        if best and slack > sp * .45:
            cur.append(best[0]); words[i] = best[1]
        lines.append(cur); cur, cw = [], 0
    if cur: lines.append(cur)
    return lines
class Page:
    def __init__(s): s.blocks = []      # each: list of draw functions
class Setter:
    def __init__(s):
        s.pages = [Page()]; s.col = 0; s.y = H - TOP; s.foot = []; s.figs = []; s.blk = None; s.soft = False
    def bottom(s): return BOT + (sum(len(x) for x in s.foot) * 10.5 + 10 if s.foot else 0)
    def x0(s): return ML + s.col * (CW + GUT)
    def newblock(s): s.blk = []; s.pages[-1].blocks.append((s.col, s.blk))
    def endcol(s):
        if s.foot:
            y = BOT + sum(len(x) for x in s.foot) * 10.5 - 4; x = s.x0(); ops = []
            ops.append(lambda c, x=x, y=y: c.line(x, y + 12, x + 70, y + 12))
            for lines in s.foot:
                for ws in lines:
                    ops.append(lambda c, x=x, y=y, t=' '.join(ws): (c.setFont('R', 8.5), c.drawString(x, y, lig(t)))); y -= 10.5
            s.pages[-1].blocks.append((2, ops))
        s.foot = []
        s.col += 1
        if s.col == 2: s.col = 0; s.pages.append(Page())
        s.y = H - TOP; s.newblock()
        if s.figs: s.figs.pop(); s.figure()
    def figure(s):
        x, y, h = s.x0(), s.y, 150; ops = []
        def draw(c):
            c.setLineWidth(.6); c.rect(x, y - h, CW, h)
            c.setFont('R', 7.5)
            pts = [(2, 62), (4, 60), (6, 48), (8, 37), (10, 24), (11, 17)]
            for i in range(6): c.line(x + 30, y - h + 25 + i * 20, x + CW - 10, y - h + 25 + i * 20); c.drawRightString(x + 27, y - h + 23 + i * 20, '%d' % (i * 20))
            for m, v in pts: c.drawCentredString(x + 30 + m * 16, y - h + 14, str(m))
            c.setLineWidth(1.6)
            for (a, q), (d, r) in zip(pts, pts[1:]): c.line(x + 30 + a * 16, y - h + 25 + q, x + 30 + d * 16, y - h + 25 + r)
            c.drawCentredString(x + CW / 2, y - h + 4, 'AGE IN MONTHS')
            c.setFont('I', 9); c.drawString(x, y - h - 13, lig('Figure 1. Weight of Child Y by centile, from both books'))
        ops.append(draw); s.pages[-1].blocks.append((3, ops)); s.y -= h + 28; s.newblock()
    def line(s, ws, f, sz, ld, indent=0, last=True, lab=None, cs=0, notes=(), just=True):
        need = sum(len(x) for x in notes) * 10.5 + (10 if notes and not s.foot else 0)
        if s.y - ld < s.bottom() + need: s.endcol()
        s.foot += notes
        s.y -= ld; x, y = s.x0() + indent, s.y
        nat = sum(ww(w, f, sz) for w in ws) + sw(' ', f, sz) * (len(ws) - 1)
        tw = 0 if last or len(ws) < 2 or not just else (CW - indent - nat) / (len(ws) - 1)
        def draw(c):
            if lab: c.setFont(*lab[1]); c.drawString(s_x + lab[2], y, lab[0])
            t = c.beginText(x, y); t.setFont(f, sz); t.setCharSpace(cs); t.setWordSpace(tw)
            for k, w in enumerate(ws):
                for q, sup in tok(w) if not cs else [(w, False)]:
                    if sup: t.setFont(f, sz * .62); t.setRise(4)
                    t.textOut(q)
                    if sup: t.setFont(f, sz); t.setRise(0)
                if k < len(ws) - 1: t.textOut(' ')
            t.setCharSpace(0); t.setWordSpace(0); c.drawText(t)
        s_x = s.x0(); s.blk.append(draw)
    def para(s, text, f='R', indent=0, lab=None, after=6, notes=(), sz=SZ, keep=0):
        lines = breaklines(text, f, sz, CW - indent, '\xad' if s.soft else '-')
        nl = [breaklines(x, 'R', 8.5, CW) for x in notes]
        for i, ws in enumerate(lines):
            here = nl if any('^' in w for w in ws) else []
            s.line(ws, f, sz, LD, indent, i == len(lines) - 1, lab if i == 0 else None, notes=here)
        s.y -= after
    def room(s, h):
        if s.y - h < s.bottom(): s.endcol()
    def run(s, flow):
        s.newblock()
        for b in flow:
            k = b[0]
            if k == 'h1':
                s.soft = s.soft or 'MANAGEMENT REVIEWS' in b[1]
                s.room(92); s.newblock(); s.y -= 14
                no, t = b[1].split('  ')
                sp = '   '.join(' '.join(w) for w in t.split())      # letters set apart by spaces
                words = [' '.join(w) for w in t.split()]
                cur = [no + '.']; lines = []
                for w in words:
                    if sw('   '.join(cur + [w]), 'B', 12.5) > CW: lines.append(cur); cur = []
                    cur.append(w)
                lines.append(cur)
                for l in lines: s.line(['   '.join(l)], 'B', 12.5, 17, cs=.01)
                y, x = s.y - 4, s.x0(); s.blk.append(lambda c, x=x, y=y: (c.setLineWidth(.8), c.line(x, y, x + CW, y))); s.y -= 10; s.newblock()
            elif k == 'h2': s.room(64); s.newblock(); s.y -= 5; s.line(b[1].split(), 'B', 8.8, 14, cs=.9); s.y -= 4; s.newblock()
            elif k == 'n': s.newblock(); s.para(b[2], 'R', 27, (b[1], ('R', SZ), 0), notes=b[3])
            elif k == 'p': s.newblock(); s.para(b[1])
            elif k == 'b': s.para(b[1], 'R', 16, ('\u2022', ('Symbol', 12), 3), after=4)
            elif k == 'rb': s.para(b[1], 'B', 30, ('\u2022', ('Symbol', 12), 17), after=4)
            elif k == 'label': s.room(50); s.newblock(); s.y -= 3; s.line(b[1].split(), 'B', 9.4, 14, indent=14, cs=1.4); s.y -= 1
            elif k == 'rec': s.para(b[1], 'B', 14, after=6, notes=b[2])
            elif k == 'figtop': s.figs.append(1)
            elif k == 'lead': s.room(50); s.para(b[1], 'R', after=4)
            elif k == 's': s.para(b[2], 'R', 22, (b[1], ('R', SZ), 3), after=5)
        if s.foot: s.endcol()
def build():
    S = Setter(); S.run(F)
    c = canvas.Canvas(os.path.join(HERE, NAME + '.pdf'), pagesize=A4)
    c.setTitle('sc_review_y_FINAL.qxp'); c.setCreator('DeskSetter 4.1')
    # cover
    c.setFont('R', 11); c.drawCentredString(W / 2, 110, lig('Published by the Board, September 2009'))
    c.setFont('B', 34); c.drawCentredString(W / 2, H - 330, 'CHILD Y')
    c.setLineWidth(2); c.line(90, H - 200, W - 90, H - 200); c.line(90, H - 204.5, W - 90, H - 204.5)
    t = c.beginText(104, H - 180); t.setFont('B', 12); t.setCharSpace(1.25); t.textOut('MARROWDALE LOCAL SAFEGUARDING CHILDREN BOARD'); t.setCharSpace(0); c.drawText(t)
    c.setFont('B', 20); c.drawCentredString(W / 2, H - 270, 'S E R I O U S    C A S E    R E V I E W')
    c.setFont('I', 14); c.drawCentredString(W / 2, H - 365, 'Executive Report of the Review Panel')
    c.setFont('R', 13); c.drawCentredString(W / 2, H - 440, 'Dilys Farraworth'); c.setFont('I', 11); c.drawCentredString(W / 2, H - 456, 'Overview Author')
    c.showPage()
    rnd = random.Random(7)
    for i, pg in enumerate(S.pages):
        bl = [x for x in pg.blocks if x[1]]
        mode = i % 3
        if mode == 0: bl.sort(key=lambda x: {1: 0, 0: 1, 2: 2, 3: 3}[x[0]])          # right column first
        elif mode == 1: bl = bl[::-1]                                                 # last laid, first drawn
        else:
            l0 = [x for x in bl if x[0] == 0]; rest = [x for x in bl if x[0] != 0]; rnd.shuffle(l0); bl = rest + l0
        def head():
            c.setFont('I', 9); c.drawString(ML, H - 50, 'Serious Case Review: Child Y')
            t = c.beginText(W - MR - 132, H - 50); t.setFont('R', 8); t.setCharSpace(1.5); t.textOut('MARROWDALE L.S.C.B.'); t.setCharSpace(0); c.drawText(t)
            c.setLineWidth(.5); c.line(ML, H - 56, W - MR, H - 56); c.line(W / 2, H - 66, W / 2, BOT - 6)
        for k, (_, ops) in enumerate(bl):
            if k == len(bl) // 2: head()
            for o in ops: o(c)
        c.setFont('R', 9); c.drawCentredString(W / 2, 40, '\u2014 %d \u2014' % (i + 2))
        c.showPage()
    c.save()
if __name__ == '__main__': build()
