"""Helpers shared by the Word-made reviews of this folder, and the answers' text folding."""
import re, os, subprocess, copy
from docx import Document
from docx.shared import Pt, Cm, RGBColor
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn, nsdecls
from docx.opc.part import Part
from docx.opc.packuri import PackURI
HERE = os.path.dirname(os.path.abspath(__file__))

def el(tag, **a):
    e = OxmlElement(tag)
    for k, v in a.items():
        e.set(qn('w:' + k), str(v))
    return e

class Doc:
    def __init__(self, font, size, after=6, line=None, margins=(2.5, 2.5, 2.5, 2.5)):
        self.d = Document()
        st = self.d.styles['Normal']
        st.font.name = font; st.font.size = Pt(size)
        st.element.rPr.rFonts.set(qn('w:eastAsia'), font)
        st.paragraph_format.space_after = Pt(after)
        if line: st.paragraph_format.line_spacing = line
        self.font = font
        s = self.d.sections[0]
        self.geom(s, margins)
        self.notes = []
        self.nid = 50
    def geom(self, s, m, landscape=False):
        w, h = (29.7, 21.0) if landscape else (21.0, 29.7)
        s.page_width, s.page_height = Cm(w), Cm(h)
        if landscape:
            from docx.enum.section import WD_ORIENT
            s.orientation = WD_ORIENT.LANDSCAPE
        s.top_margin, s.right_margin, s.bottom_margin, s.left_margin = [Cm(x) for x in m]
    def rich(self, p, text, **f):
        for t in re.split(r'(\*\*.+?\*\*|//.+?//|\[\[fn:.+?\]\])', text):
            if not t: continue
            g = dict(f)
            if t.startswith('[[fn:'):
                self.note(p, t[5:-2]); continue
            if t.startswith('**'): t = t[2:-2]; g['bold'] = True
            elif t.startswith('//'): t = t[2:-2]; g['italic'] = True
            r = p.add_run(t)
            if 'bold' in g: r.bold = g['bold']
            if 'italic' in g: r.italic = g['italic']
            if 'size' in g: r.font.size = Pt(g['size'])
            if 'color' in g: r.font.color.rgb = RGBColor.from_string(g['color'])
            if 'font' in g: r.font.name = g['font']
            if 'spacing' in g: r._r.get_or_add_rPr().append(el('w:spacing', val=g['spacing']))
        return p
    def p(self, text='', where=None, style=None, align=None, before=None, after=None, indent=None, hang=None, keep=False, **f):
        p = (where or self.d).add_paragraph(style=style)
        pf = p.paragraph_format
        if align is not None: pf.alignment = {'c': 1, 'r': 2, 'j': 3, 'l': 0}[align]
        if before is not None: pf.space_before = Pt(before)
        if after is not None: pf.space_after = Pt(after)
        if indent is not None: pf.left_indent = Cm(indent)
        if hang is not None: pf.first_line_indent = Cm(-hang)
        if keep: pf.keep_with_next = True
        return self.rich(p, text, **f)
    def note(self, p, text):
        i = len(self.notes) + 1
        self.notes.append(text)
        r = p.add_run()
        rp = r._r.get_or_add_rPr(); rp.append(el('w:vertAlign', val='superscript'))
        r._r.append(el('w:footnoteReference', id=i))
    def finish_notes(self):
        if not self.notes: return
        x = '<w:footnotes %s>' % nsdecls('w')
        x += '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        x += '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        for i, t in enumerate(self.notes, 1):
            t = t.replace('&', '&amp;')
            x += ('<w:footnote w:id="%d"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                  '<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>' % (i, t))
        x += '</w:footnotes>'
        part = Part(PackURI('/word/footnotes.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml',
                    ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + x).encode(), self.d.part.package)
        self.d.part.relate_to(part, 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes')
    def numbering(self, levels):
        """levels: list of (fmt, lvlText, left cm, hanging cm, font or None, bold)"""
        self.nid += 1
        num = self.d.part.numbering_part.element
        a = el('w:abstractNum', abstractNumId=self.nid)
        a.append(el('w:multiLevelType', val='multilevel'))
        for i, (fmt, txt, left, hang, font, bold) in enumerate(levels):
            l = el('w:lvl', ilvl=i)
            l.append(el('w:start', val=1)); l.append(el('w:numFmt', val=fmt)); l.append(el('w:lvlText', val=txt)); l.append(el('w:lvlJc', val='left'))
            pp = el('w:pPr'); pp.append(el('w:ind', left=int(left * 567), hanging=int(hang * 567))); l.append(pp)
            rp = el('w:rPr')
            if font: rp.append(el('w:rFonts', ascii=font, hAnsi=font, hint='default'))
            if bold: rp.append(el('w:b'))
            l.append(rp); a.append(l)
        first = num.find(qn('w:num'))
        first.addprevious(a) if first is not None else num.append(a)
        return self.newnum()
    def newnum(self, restart=False, base=None):
        num = self.d.part.numbering_part.element
        ids = [int(n.get(qn('w:numId'))) for n in num.findall(qn('w:num'))]
        n = el('w:num', numId=max(ids) + 1)
        n.append(el('w:abstractNumId', val=base or self.nid))
        if restart:
            o = el('w:lvlOverride', ilvl=0); o.append(el('w:startOverride', val=1)); n.append(o)
        num.append(n)
        return max(ids) + 1
    def li(self, p, numid, lvl=0):
        pp = p._p.get_or_add_pPr()
        n = el('w:numPr'); n.append(el('w:ilvl', val=lvl)); n.append(el('w:numId', val=numid)); pp.append(n)
        return p
    def field(self, p, code, **f):
        for kind in ('begin', code, 'end'):
            r = p.add_run()
            if 'size' in f: r.font.size = Pt(f['size'])
            if 'color' in f: r.font.color.rgb = RGBColor.from_string(f['color'])
            if kind == code:
                t = el('w:instrText'); t.text = code; r._r.append(t)
            else: r._r.append(el('w:fldChar', fldCharType=kind))
    def save(self, name):
        self.finish_notes()
        path = os.path.join(HERE, name + '.docx')
        self.d.save(path)
        subprocess.run(['soffice', '-env:UserInstallation=file:///tmp/lo-d', '--headless', '--convert-to', 'pdf', '--outdir', HERE, path],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=280)
        os.remove(path)

def shade(cell, fill):
    cell._tc.get_or_add_tcPr().append(el('w:shd', val='clear', color='auto', fill=fill))
def pshade(p, fill):
    p._p.get_or_add_pPr().append(el('w:shd', val='clear', color='auto', fill=fill)); return p
def pborder(p, sides='top left bottom right', sz=8, color='444444', space=4):
    b = el('w:pBdr')
    for s in sides.split(): b.append(el('w:' + s, val='single', sz=sz, space=space, color=color))
    pp = p._p.get_or_add_pPr()
    pp.append(b); return p
def repeat(row): row._tr.get_or_add_trPr().append(el('w:tblHeader'))
def nosplit(row): row._tr.get_or_add_trPr().append(el('w:cantSplit'))
def widths(t, ws):
    t.autofit = False
    g = t._tbl.tblGrid
    for c, w in zip(g.findall(qn('w:gridCol')), ws): c.set(qn('w:w'), str(int(w * 567)))
    for r in t.rows:
        for c, w in zip(r.cells, ws): c.width = Cm(w)
def heading_style(doc, n, font, size, color, before=14, after=6, bold=True, italic=False):
    s = doc.d.styles['Heading %d' % n]
    s.font.name = font; s.font.size = Pt(size); s.font.bold = bold; s.font.italic = italic
    s.font.color.rgb = RGBColor.from_string(color)
    rf = s.element.rPr.rFonts
    for k in list(rf.attrib): del rf.attrib[k]
    for k in ('ascii', 'hAnsi', 'eastAsia', 'cs'): rf.set(qn('w:' + k), font)
    s.paragraph_format.space_before = Pt(before); s.paragraph_format.space_after = Pt(after)
    s.paragraph_format.keep_with_next = True
def plain(t):
    t = re.sub(r'\[\[fn:.+?\]\]', '', t)
    t = re.sub(r'\*\*(.+?)\*\*', r'\1', t); t = re.sub(r'//(.+?)//', r'\1', t)
    return re.sub(r'\s+', ' ', t.replace('\xad', '')).strip()
