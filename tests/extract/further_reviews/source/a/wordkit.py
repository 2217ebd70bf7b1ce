"""Small helpers over python-docx, shared by the Word-made reviews."""
import copy, os, re, subprocess, sys, unicodedata
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn, nsdecls
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt, Cm, RGBColor, Emu

HERE = os.path.dirname(os.path.abspath(__file__))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

class Foot:
    def __init__(self, doc, font, size=8):
        self.doc, self.notes, self.font, self.size = doc, [], font, size
    def call(self, par, text):
        n = len(self.notes) + 1
        self.notes.append(text)
        r = par.add_run()
        r.font.superscript = True
        ref = OxmlElement('w:footnoteReference'); ref.set(qn('w:id'), str(n))
        r._r.append(ref)
    def finish(self):
        x = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>'
             '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
             '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>']
        rpr = f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}"/><w:sz w:val="{self.size*2}"/>'
        for i, t in enumerate(self.notes, 1):
            t = t.replace('&', '&amp;')
            x.append(f'<w:footnote w:id="{i}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:rPr>{rpr}<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
                     f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve"> {t}</w:t></w:r></w:p></w:footnote>')
        x.append('</w:footnotes>')
        p = Part(PackURI('/word/footnotes.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml',
                 ''.join(x).encode(), self.doc.part.package)
        self.doc.part.relate_to(p, RT.FOOTNOTES)

def base(font, size, after=6, line=1.1):
    d = Document()
    st = d.styles['Normal']; st.font.name = font; st.font.size = Pt(size)
    st.element.rPr.rFonts.set(qn('w:eastAsia'), font); st.element.rPr.rFonts.set(qn('w:cs'), font)
    st.paragraph_format.space_after = Pt(after); st.paragraph_format.line_spacing = line
    s = d.sections[0]; s.page_width, s.page_height = Cm(21), Cm(29.7)
    return d

def hstyle(d, n, font, size, color, bold=True, caps=False, before=14, after=6, italic=False):
    st = d.styles[f'Heading {n}']; st.font.name = font; st.font.size = Pt(size); st.font.bold = bold; st.font.italic = italic
    st.font.color.rgb = RGBColor.from_string(color); st.font.all_caps = caps
    rf = st.element.rPr.rFonts
    for a in list(rf.attrib): del rf.attrib[a]
    rf.set(qn('w:ascii'), font); rf.set(qn('w:hAnsi'), font)
    st.paragraph_format.space_before = Pt(before); st.paragraph_format.space_after = Pt(after)

def runs(p, text, **kw):
    """**bold** and _/italic/_ inside text."""
    for bit in re.split(r'(\*\*.+?\*\*|__.+?__)', text):
        if not bit: continue
        if bit.startswith('**'): r = p.add_run(bit[2:-2]); r.bold = True
        elif bit.startswith('__'): r = p.add_run(bit[2:-2]); r.italic = True
        else: r = p.add_run(bit)
        for k, v in kw.items():
            if k == 'size': r.font.size = Pt(v)
            elif k == 'color': r.font.color.rgb = RGBColor.from_string(v)
            elif k == 'spacing':
                sp = OxmlElement('w:spacing'); sp.set(qn('w:val'), str(v)); r._r.get_or_add_rPr().append(sp)
            elif k == 'font': r.font.name = v
            else: setattr(r, k, v)
    return p

def shade(el_pr, fill):
    s = OxmlElement('w:shd'); s.set(qn('w:val'), 'clear'); s.set(qn('w:color'), 'auto'); s.set(qn('w:fill'), fill); el_pr.append(s)

def border(p, color='444444', sides=('top', 'left', 'bottom', 'right'), sz=6, space=4):
    pPr = p._p.get_or_add_pPr(); b = OxmlElement('w:pBdr')
    for s in sides:
        e = OxmlElement(f'w:{s}'); e.set(qn('w:val'), 'single'); e.set(qn('w:sz'), str(sz)); e.set(qn('w:space'), str(space)); e.set(qn('w:color'), color); b.append(e)
    pPr.append(b)

def field(p, code, **kw):
    for t, x in (('begin', None), (None, code), ('end', None)):
        r = p.add_run()
        for k, v in kw.items():
            if k == 'size': r.font.size = Pt(v)
        if t:
            e = OxmlElement('w:fldChar'); e.set(qn('w:fldCharType'), t)
        else:
            e = OxmlElement('w:instrText'); e.set(qn('xml:space'), 'preserve'); e.text = x
        r._r.append(e)

def columns(section, n, space=500):
    c = section._sectPr.find(qn('w:cols'))
    if c is None: c = OxmlElement('w:cols'); section._sectPr.append(c)
    c.set(qn('w:num'), str(n)); c.set(qn('w:space'), str(space))

_absn = [50]
def new_list(d, fmt='decimal', text='%1.', left=567, hang=567, symbol=None, bold=False):
    """A fresh Word list; returns numId."""
    num = d.part.numbering_part.element
    _absn[0] += 1; a = _absn[0]
    rpr = ''
    if symbol: rpr = f'<w:rPr><w:rFonts w:ascii="{symbol}" w:hAnsi="{symbol}" w:hint="default"/></w:rPr>'
    elif bold: rpr = '<w:rPr><w:b/></w:rPr>'
    absx = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{a}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hang}"/></w:pPr>{rpr}</w:lvl></w:abstractNum>')
    first = num.find(qn('w:num'))
    if first is not None: first.addprevious(absx)
    else: num.append(absx)
    num.append(parse_xml(f'<w:num {W} w:numId="{a}"><w:abstractNumId w:val="{a}"/></w:num>'))
    return a

def in_list(p, numid):
    pPr = p._p.get_or_add_pPr()
    pPr.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{numid}"/></w:numPr>'))
    return p

def repeat_header(row):
    e = OxmlElement('w:tblHeader'); e.set(qn('w:val'), 'true'); row._tr.get_or_add_trPr().append(e)

def widths(table, ws):
    table.autofit = False
    for row in table.rows:
        for c, w in zip(row.cells, ws): c.width = Cm(w)
    grid = table._tbl.tblGrid
    for g, w in zip(grid.findall(qn('w:gridCol')), ws): g.set(qn('w:w'), str(int(w * 567)))

def cell(c, text, size=None, bold=False, fill=None, color=None, italic=False):
    c.text = ''
    lines = text.split('\n')
    for i, l in enumerate(lines):
        p = c.paragraphs[0] if i == 0 else c.add_paragraph()
        p.paragraph_format.space_after = Pt(2)
        p.paragraph_format.line_spacing = 1.0
        kw = {}
        if size: kw['size'] = size
        if color: kw['color'] = color
        runs(p, l, **kw)
        for r in p.runs:
            if bold: r.bold = True
            if italic: r.italic = True
    if fill: shade(c._tc.get_or_add_tcPr(), fill)

def pdf(d, name, foot=None):
    if foot: foot.finish()
    path = os.path.join(HERE, 'tmp', name + '.docx'); os.makedirs(os.path.dirname(path), exist_ok=True)
    d.core_properties.title = ''; d.core_properties.author = ''
    d.save(path)
    subprocess.run(['soffice', '-env:UserInstallation=file:///tmp/lo-a', '--headless', '--convert-to', 'pdf', '--outdir', HERE, path],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

def squash(s):
    s = unicodedata.normalize('NFKC', s)
    return re.sub(r'[\s\u00ad\ufffe\u0002\u2010-\u2015-]+', '', s)

def page_texts(path):
    import pypdfium2 as pdfium
    doc = pdfium.PdfDocument(path)
    return [p.get_textpage().get_text_range() for p in doc]

def toc_pages(name, headings, skip=2):
    """Pages of the headings in the last build (for a hand-made contents page)."""
    path = os.path.join(HERE, name + '.pdf')
    if not os.path.exists(path): return {}
    out = {}
    pages = page_texts(path)
    for h in headings:
        for i, t in enumerate(pages):
            if i < skip: continue
            lines = [squash(l) for l in t.splitlines()]
            if squash(h).lower() in [l.lower() for l in lines] or any(l.lower().startswith(squash(h).lower()) and len(l) < len(squash(h)) + 4 for l in lines):
                out[h] = i + 1; break
    return out

def item(parts, number=None, **kw):
    """parts: str or list of (label, text); label '' for plain, '-' for bullet, '(a)' for lettered."""
    if isinstance(parts, str): parts = [('', parts)]
    text = ' '.join((l + ' ' + t) if l and l not in '-–•o' else t for l, t in parts)
    text = re.sub(r'\[\^.*?\]', '', text)
    return dict(parts=parts, number=number, text=text, **kw)

def runs_fn(p, text, foot, **kw):
    """Like runs(), with [^note text] as footnote."""
    for bit in re.split(r'(\[\^.*?\])', text):
        if bit.startswith('[^'): foot.call(p, bit[2:-1])
        elif bit: runs(p, bit, **kw)
    return p
