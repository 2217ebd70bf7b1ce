"""Helpers shared by the five build scripts: Word parts, and the answers looked up in the finished PDF."""
import os, re, subprocess, unicodedata, copy
import pypdfium2 as pdfium
HERE = os.path.dirname(os.path.abspath(__file__))

# ------------------------------------------------------------------ items
class Item:
    def __init__(s, head, subs=(), letters=None, tail='', **k):
        s.head, s.subs, s.letters, s.tail, s.k = head, list(subs), letters, tail, k
    @property
    def text(s):
        out = [clean(s.head)]
        for i, x in enumerate(s.subs):
            out.append((s.letters(i) + ' ' if s.letters else '') + clean(x))
        if s.tail: out.append(clean(s.tail))
        return ' '.join(out)

def clean(t):
    t = re.sub(r'\^\d+\^', '', t)          # footnote calls
    t = t.replace('**', '').replace('\u00ad', '')
    return re.sub(r'\s+', ' ', t).strip()
alpha = lambda i: '(%s)' % 'abcdefgh'[i]
roman = lambda i: '(%s)' % ['i', 'ii', 'iii', 'iv', 'v'][i]

# ------------------------------------------------------------------ looking things up
def norm(t):
    t = unicodedata.normalize('NFKC', t)
    return ''.join(c for c in t.lower() if c.isalnum())

class Pdf:
    def __init__(s, path):
        d = pdfium.PdfDocument(path)
        s.raw = [p.get_textpage().get_text_bounded() for p in d]
        s.n = len(d)
        s.G, s.start = '', []
        for t in s.raw:
            s.start.append(len(s.G)); s.G += norm(t)
    def page(s, pos):
        return max(i for i, a in enumerate(s.start) if a <= pos) + 1
    def all(s, w):
        w, out, i = norm(w), [], 0
        while (i := s.G.find(w, i)) >= 0: out.append(i); i += 1
        return out

def trace(pdf, text, lo, hi, label=''):
    T = norm(text); p = -1
    for n in (60, 40, 25, 14):
        p = pdf.G.find(T[:n], lo, hi)
        if p >= 0: break
    assert p >= 0, (label, text[:60])
    begin, pages, i, skips = p, set(), 0, []
    while True:
        j = 0
        while i + j < len(T) and p + j < len(pdf.G) and T[i + j] == pdf.G[p + j]:
            pages.add(pdf.page(p + j)); j += 1
        i += j; p += j
        if i >= len(T): break
        q = pdf.G.find(T[i:i + 16], p)
        assert q >= 0 and q - p < 2500, (label, 'lost at', T[i:i + 60], pdf.G[p:p+60])
        skips.append((pdf.page(p), pdf.G[p:q][:70], q - p)); p = q
    return begin, p, sorted(pages), skips

def answers(name, meta, items, region, none_of, cover_text=None):
    """items: list of Item in order; region: (first anchor, its occurrence, last anchor, its occurrence)."""
    pdf = Pdf(f'{HERE}/{name}.pdf')
    lo = pdf.all(region[0])[region[1]]
    hi = pdf.all(region[2])[region[3]] if region[2] else len(pdf.G)
    L = ['[[review]]', f'file = "{name}.pdf"']
    for k, v in meta.items():
        if v is not None: L.append(f'{k} = {q(v)}')
    L.append(f'pages = {pdf.n}')
    for x in none_of:
        assert pdf.all(x), ('none_of not printed', x)
        assert 5 < len(x.split()) < 14, x
        for it in items: assert norm(x) not in norm(it.text), x
    L.append('none_of = [')
    L += [f'  {q(x)},' for x in none_of] + [']']
    if not items: L.append('recommendation = []')
    L.append('')
    prev = lo; report = []
    for n, it in enumerate(items, 1):
        a = prev
        b, e, pages, skips = trace(pdf, it.text, a, hi, f'{name} {n}')
        prev = e
        occ = set()
        key = norm(it.text)[:60]
        for o in pdf.all(key):
            if not b <= o <= e: occ.add(pdf.page(o))
        occ |= set(it.k.get('also', []))
        occ -= {pages[0]}
        L += ['[[review.recommendation]]', f'ordinal = {n}']
        if it.k.get('number'): L.append(f'number = {q(it.k["number"])}')
        L.append(f'text = {q(it.text)}')
        if it.k.get('lead_in'):
            L.append(f'lead_in = {q(it.k["lead_in"])}'); assert pdf.all(it.k['lead_in']), it.k['lead_in']
        L.append(f'page = {pages[0]}'); L.append(f'pages = {pages}')
        if occ: L.append(f'also_on = {sorted(occ)}')
        L.append(f'kind = {q(it.k.get("kind", "recommendation"))}')
        for k in ('addressee', 'single_agency', 'target_date'):
            v = it.k.get(k)
            if v is not None:
                L.append(f'{k} = {q(v)}')
                if isinstance(v, str): assert pdf.all(v), v
        L.append('')
        report.append((n, it.k.get('number'), pages, sorted(occ), skips))
    open(f'{HERE}/answers_{name}.toml', 'w').write('\n'.join(L) + '\n')
    print(name, pdf.n, 'pages', len(items), 'items')
    for r in report: print('  ', r)

def q(v):
    if isinstance(v, bool): return 'true' if v else 'false'
    if isinstance(v, int): return str(v)
    return '"' + v.replace('\\', '\\\\').replace('"', '\\"') + '"'

# ------------------------------------------------------------------ Word
from docx import Document
from docx.shared import Pt, Cm, RGBColor, Emu
from docx.enum.text import WD_ALIGN_PARAGRAPH as AL, WD_BREAK
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn, nsdecls
from docx.oxml import parse_xml, OxmlElement
from docx.opc.part import Part
from docx.opc.packuri import PackURI

def to_pdf(docx):
    subprocess.run(['soffice', '-env:UserInstallation=file:///tmp/lo-b', '--headless', '--convert-to', 'pdf', '--outdir', HERE, docx],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)

class Doc:
    def __init__(s, font='Calibri', size=11, margins=(2.5, 2.5, 2.5, 2.5), after=6, line=1.0, heading=None, colour='1F3864'):
        s.d = Document(); s.notes = []; s.nabs = 50
        st = s.d.styles['Normal']; st.font.name = font; st.font.size = Pt(size)
        st.element.rPr.rFonts.set(qn('w:eastAsia'), font); st.element.rPr.rFonts.set(qn('w:cs'), font)
        st.paragraph_format.space_after = Pt(after); st.paragraph_format.line_spacing = line
        for n in ('Heading 1', 'Heading 2', 'Heading 3', 'Title'):
            h = s.d.styles[n]; rf = h.element.get_or_add_rPr().get_or_add_rFonts()
            for a in list(rf.attrib): del rf.attrib[a]
            for a in ('ascii', 'hAnsi', 'cs', 'eastAsia'): rf.set(qn('w:' + a), heading or font)
            h.font.color.rgb = RGBColor.from_string(colour)
        sec = s.d.sections[0]; sec.page_width, sec.page_height = Cm(21), Cm(29.7)
        sec.top_margin, sec.right_margin, sec.bottom_margin, sec.left_margin = [Cm(m) for m in margins]
        lang = st.element.rPr.find(qn('w:lang'))
        if lang is None: lang = OxmlElement('w:lang'); st.element.rPr.append(lang)
        lang.set(qn('w:val'), 'en-GB')
    # inline: **bold**, __italic__, ^n^ footnote number n of s.foot
    def runs(s, p, text, **f):
        for t in re.split(r'(\*\*.+?\*\*|__.+?__|\^\d+\^)', text):
            if not t: continue
            if re.fullmatch(r'\^\d+\^', t): s.note(p, s.foot[int(t[1:-1]) - 1]); continue
            b, i = t.startswith('**'), t.startswith('__')
            r = p.add_run(t[2:-2] if b or i else t)
            if b: r.bold = True
            if i: r.italic = True
            for k, v in f.items():
                if k == 'size': r.font.size = Pt(v)
                elif k == 'colour': r.font.color.rgb = RGBColor.from_string(v)
                elif k == 'spacing':
                    e = OxmlElement('w:spacing'); e.set(qn('w:val'), str(v)); r._r.get_or_add_rPr().append(e)
                elif k == 'font': r.font.name = v
                elif k == 'bold': r.bold = v or b
                elif k == 'italic': r.italic = v or i
                else: setattr(r.font, k, v)
        return p
    def p(s, text='', style=None, where=None, align=None, after=None, before=None, indent=None, hang=None, keep=False, box=None, shade=None, num=None, lvl=0, **f):
        para = (where or s.d).add_paragraph(style=style)
        pf = para.paragraph_format
        if align: pf.alignment = getattr(AL, align)
        if after is not None: pf.space_after = Pt(after)
        if before is not None: pf.space_before = Pt(before)
        pPr = para._p.get_or_add_pPr()
        if num is not None:
            pPr.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{lvl}"/><w:numId w:val="{num}"/></w:numPr>'))
        if indent is not None: pf.left_indent = Cm(indent)
        if hang is not None: pf.first_line_indent = Cm(-hang)
        if keep: pf.keep_with_next = True
        if box: s.border(pPr, *(box if isinstance(box, tuple) else ('single', box)))
        if shade: s.shade_p(pPr, shade)
        s.runs(para, text, **f)
        s.order(pPr)
        return para
    ORDER = ['pStyle', 'keepNext', 'keepLines', 'pageBreakBefore', 'framePr', 'widowControl', 'numPr', 'pBdr', 'shd', 'tabs', 'spacing', 'ind', 'contextualSpacing', 'jc', 'outlineLvl', 'rPr', 'sectPr']
    def order(s, pPr):
        kids = sorted(pPr, key=lambda e: s.ORDER.index(e.tag.split('}')[1]) if e.tag.split('}')[1] in s.ORDER else 50)
        for k in kids: pPr.remove(k)
        for k in kids: pPr.append(k)
    def border(s, pPr, style, colour, sides='top left bottom right'):
        pPr.append(parse_xml(f'<w:pBdr {nsdecls("w")}>' + ''.join(f'<w:{x} w:val="{style}" w:sz="8" w:space="4" w:color="{colour}"/>' for x in sides.split()) + '</w:pBdr>'))
    def shade_p(s, pPr, c):
        pPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{c}"/>'))
    def h(s, text, level=1, **k):
        p = s.d.add_heading(level=level); s.runs(p, text, **k); return p
    def brk(s): s.d.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    def pagebreak_before(s, p): p.paragraph_format.page_break_before = True
    # lists
    def abstract(s, levels):
        """levels: list of (fmt, text, left cm, hanging cm, font or None[, pStyle])"""
        s.nabs += 1
        num = s.d.part.numbering_part.element
        x = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{s.nabs}"><w:multiLevelType w:val="multilevel"/>'
        for i, l in enumerate(levels):
            fmt, txt, left, hang, font = l[:5]
            rpr = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>' if font and font != 'b' else ('<w:rPr><w:b/></w:rPr>' if font == 'b' else '')
            x += f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{txt}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{int(left*567)}" w:hanging="{int(hang*567)}"/></w:pPr>{rpr}</w:lvl>'
        e = parse_xml(x + '</w:abstractNum>')
        first = num.find(qn('w:num')); first.addprevious(e)
        return s.nabs
    def num(s, abst, restart=False, start=1):
        num = s.d.part.numbering_part.element
        n = 1 + max(int(e.get(qn('w:numId'))) for e in num.findall(qn('w:num')))
        o = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if restart else ''
        num.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{n}"><w:abstractNumId w:val="{abst}"/>{o}</w:num>'))
        return n
    # fields, headers
    def field(s, p, code, **f):
        for kind, txt in (('begin', None), (None, code), ('separate', None), ('t', '1'), ('end', None)):
            r = p.add_run()
            for k, v in f.items():
                if k == 'size': r.font.size = Pt(v)
                if k == 'colour': r.font.color.rgb = RGBColor.from_string(v)
            if kind in ('begin', 'separate', 'end'):
                e = OxmlElement('w:fldChar'); e.set(qn('w:fldCharType'), kind); r._r.append(e)
            elif kind == 't': r.text = txt
            else:
                e = OxmlElement('w:instrText'); e.set(qn('xml:space'), 'preserve'); e.text = f' {txt} '; r._r.append(e)
    def foot_head(s, sec, head=None, foot=None, size=9, align_h='CENTER', align_f='CENTER', colour='595959'):
        for part, txt, al in ((sec.header, head, align_h), (sec.footer, foot, align_f)):
            part.is_linked_to_previous = False
            p = part.paragraphs[0]; p.alignment = getattr(AL, al)
            for t in re.split(r'(\{PAGE\}|\{NUMPAGES\})', txt or ''):
                if t in ('{PAGE}', '{NUMPAGES}'): s.field(p, t[1:-1], size=size, colour=colour)
                elif t: s.runs(p, t, size=size, colour=colour)
    # footnotes
    def note(s, p, text):
        s.notes.append(text); n = len(s.notes)
        p._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>'))
    def save(s, name):
        if s.notes:
            x = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>'
            x += '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
            for i, t in enumerate(s.notes, 1):
                t = t.replace('&', '&amp;').replace('<', '&lt;')
                x += f'<w:footnote w:id="{i}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {t}</w:t></w:r></w:p></w:footnote>'
            part = Part(PackURI('/word/footnotes.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml', (x + '</w:footnotes>').encode(), s.d.part.package)
            s.d.part.relate_to(part, 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes')
        path = f'/tmp/wave-b/{name}.docx'; os.makedirs('/tmp/wave-b', exist_ok=True)
        s.d.save(path); to_pdf(path)
    # tables
    def table(s, widths, head=None, rows=(), size=10, head_fill='D9E2F3', head_colour=None, style='Table Grid', repeat=True, cantsplit=False, zebra=None, fills=None):
        t = s.d.add_table(rows=0, cols=len(widths)); t.style = style; t.autofit = False
        for g, w in zip(t._tbl.tblGrid.findall(qn('w:gridCol')), widths): g.set(qn('w:w'), str(int(w * 567)))
        def put(cell, v, bold=False, colour=None):
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
            parts = v if isinstance(v, list) else [v]
            for x in parts:
                if callable(x): x(cell); continue
                kw = dict(size=size)
                if bold: kw['bold'] = True
                if colour: kw['colour'] = colour
                s.p(x, where=cell, after=2, **kw)
        for ri, row in enumerate(([head] if head else []) + list(rows)):
            r = t.add_row(); hd = head and ri == 0
            trPr = r._tr.get_or_add_trPr()
            if cantsplit or hd: trPr.append(OxmlElement('w:cantSplit'))
            if hd and repeat: trPr.append(OxmlElement('w:tblHeader'))
            for c, (cell, v) in enumerate(zip(r.cells, row)):
                cell.width = Cm(widths[c]); put(cell, v, bool(hd), head_colour if hd else None)
                fill = head_fill if hd else (zebra if zebra and ri % 2 == 0 else (fills[c] if fills and fills[c] else None))
                if fill: cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
        return t
    def panel(s, paras, fill='EDEDED', width=16, border='7F7F7F'):
        """One-cell table used as a box; paras: list of callables taking the cell, or strings."""
        t = s.d.add_table(rows=1, cols=1); t.style = 'Table Grid'; c = t.rows[0].cells[0]; c.width = Cm(width)
        if fill: c._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))
        c.paragraphs[0]._p.getparent().remove(c.paragraphs[0]._p)
        for x in paras:
            x(c) if callable(x) else s.p(x, where=c, after=4)
        return t
    def contents(s, entries, pages, width=16, size=None):
        for lv, title in entries:
            p = s.p(title + '\t' + str(pages.get(title, '0')), after=3, indent=0.8 * (lv - 1), **({'size': size} if size else {}))
            p._p.get_or_add_pPr().append(parse_xml(f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:leader="dot" w:pos="{int(width*567)}"/></w:tabs>'))
            s.order(p._p.pPr)

def textbox(doc, para, lines, w_cm=5.5, h_cm=3.2, x_cm=10.8, y_cm=0.2, fill='F2F2F2', size=10):
    """A real Word text box, anchored to a paragraph, text wrapping square round it."""
    e = lambda c: int(c * 360000)
    body = ''.join(f'<w:p><w:pPr><w:spacing w:after="40"/></w:pPr><w:r><w:rPr>{"<w:b/>" if b else "<w:i/>"}<w:sz w:val="{size*2}"/></w:rPr><w:t xml:space="preserve">{t}</w:t></w:r></w:p>' for b, t in lines)
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    x = f'''<w:r {ns}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>{e(x_cm)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{e(y_cm)}</wp:posOffset></wp:positionV><wp:extent cx="{e(w_cm)}" cy="{e(h_cm)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="{217+len(doc.notes)}" name="Text Box 2"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{e(w_cm)}" cy="{e(h_cm)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>'''
    para._p.append(parse_xml(x))

def heading_pages(name, titles, skip=2):
    """Page of each title in the PDF, the contents page (first `skip` pages) aside."""
    pdf = Pdf(f'{HERE}/{name}.pdf'); out = {}
    for t in titles:
        for o in pdf.all(t):
            if pdf.page(o) > skip: out[t] = pdf.page(o); break
    return out
