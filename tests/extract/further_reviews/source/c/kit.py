"""Shared helpers: Word documents as an ordinary author would make them, and the look-up of answers in the finished PDF."""
import json, os, re, subprocess, unicodedata
from docx import Document
from docx.shared import Pt, Cm, RGBColor
from docx.enum.text import WD_ALIGN_PARAGRAPH as AL
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn, nsdecls
from docx.oxml import parse_xml, OxmlElement
from docx.opc.part import Part
from docx.opc.packuri import PackURI
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
MARK = re.compile(r'\*\*(.+?)\*\*|__(.+?)__|\[\^(.+?)\]', re.S)


class W:
    def __init__(self, font='Carlito', size=11, margins=(2.54, 2.54, 2.54, 2.54), after=6, line=1.08):
        self.doc = Document()
        st = self.doc.styles['Normal']
        st.font.name = font; st.font.size = Pt(size)
        st.element.rPr.rFonts.set(qn('w:eastAsia'), font)
        st.paragraph_format.space_after = Pt(after); st.paragraph_format.line_spacing = line
        s = self.doc.sections[0]
        s.page_width, s.page_height = Cm(21), Cm(29.7)
        s.top_margin, s.right_margin, s.bottom_margin, s.left_margin = [Cm(x) for x in margins]
        self.font = font; self.notes = []; self.bm = 0
        lang = OxmlElement('w:lang'); lang.set(qn('w:val'), 'en-GB'); st.element.get_or_add_rPr().append(lang)

    def heads(self, spec):
        """spec: level -> dict(size, color, font, bold, italic, before, after, caps, spacing)"""
        for lv, d in spec.items():
            st = self.doc.styles['Heading %d' % lv]
            f = d.get('font', self.font)
            st.font.name = f; st.font.size = Pt(d['size']); st.font.bold = d.get('bold', True); st.font.italic = d.get('italic', False)
            rf = st.element.get_or_add_rPr().get_or_add_rFonts()
            for a in ('w:asciiTheme', 'w:hAnsiTheme', 'w:eastAsiaTheme', 'w:cstheme'):
                if rf.get(qn(a)) is not None: del rf.attrib[qn(a)]
            rf.set(qn('w:ascii'), f); rf.set(qn('w:hAnsi'), f)
            st.font.color.rgb = RGBColor.from_string(d.get('color', '000000'))
            st.font.all_caps = d.get('caps', False)
            st.paragraph_format.space_before = Pt(d.get('before', 12)); st.paragraph_format.space_after = Pt(d.get('after', 6))

    def runs(self, p, text, size=None, color=None, bold=None, italic=None, font=None):
        def add(t, b=None, i=None):
            r = p.add_run(t)
            r.bold = b if b is not None else bold
            r.italic = i if i is not None else italic
            if size: r.font.size = Pt(size)
            if color: r.font.color.rgb = RGBColor.from_string(color)
            if font: r.font.name = font
            return r
        pos = 0
        for m in MARK.finditer(text):
            if m.start() > pos: add(text[pos:m.start()])
            if m.group(1): add(m.group(1), b=True)
            elif m.group(2): add(m.group(2), i=True)
            else:
                self.notes.append(m.group(3))
                p._p.append(parse_xml('<w:r %s><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>' % (nsdecls('w'), len(self.notes) + 1)))
            pos = m.end()
        if pos < len(text): add(text[pos:])
        return p

    def p(self, text='', where=None, style=None, align=None, before=None, after=None, left=None, first=None, num=None, lvl=0, shade=None,
          border=None, keep=False, tabs=(), page_break=False, **kw):
        p = (where or self.doc).add_paragraph(style=style)
        f = p.paragraph_format
        if align: p.alignment = {'c': AL.CENTER, 'r': AL.RIGHT, 'j': AL.JUSTIFY}[align]
        if before is not None: f.space_before = Pt(before)
        if after is not None: f.space_after = Pt(after)
        if left is not None: f.left_indent = Cm(left)
        if first is not None: f.first_line_indent = Cm(first)
        if keep: f.keep_with_next = True
        if page_break: f.page_break_before = True
        for t in tabs: f.tab_stops.add_tab_stop(Cm(t))
        pPr = p._p.get_or_add_pPr()
        if num is not None:
            n = parse_xml('<w:numPr %s><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (nsdecls('w'), lvl, num))
            pPr._insert_numPr(n)
        if border:
            sides = ''.join('<w:%s w:val="single" w:sz="%d" w:space="4" w:color="%s"/>' % (s, border[1], border[0]) for s in border[2].split())
            b = parse_xml('<w:pBdr %s>%s</w:pBdr>' % (nsdecls('w'), sides))
            self._ins(pPr, b, ('w:shd', 'w:tabs', 'w:suppressAutoHyphens', 'w:spacing', 'w:ind', 'w:jc', 'w:rPr'))
        if shade:
            self._ins(pPr, parse_xml('<w:shd %s w:val="clear" w:color="auto" w:fill="%s"/>' % (nsdecls('w'), shade)), ('w:tabs', 'w:suppressAutoHyphens', 'w:spacing', 'w:ind', 'w:jc', 'w:rPr'))
        self.runs(p, text, **kw)
        return p

    def _ins(self, pPr, el, before):
        for tag in before:
            x = pPr.find(qn(tag))
            if x is not None:
                x.addprevious(el); return
        pPr.append(el)

    def h(self, text, lv=1, page_break=False):
        p = self.doc.add_heading('', lv)
        self.bm += 1
        name = '_Toc%05d' % self.bm
        p._p.append(parse_xml('<w:bookmarkStart %s w:id="%d" w:name="%s"/>' % (nsdecls('w'), self.bm, name)))
        p.add_run(text)
        p._p.append(parse_xml('<w:bookmarkEnd %s w:id="%d"/>' % (nsdecls('w'), self.bm)))
        p.paragraph_format.page_break_before = page_break
        return p

    def field(self, p, code, shown='1', **kw):
        for x in ('<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> %s </w:instrText>' % code, '<w:fldChar w:fldCharType="separate"/>', '<w:t>%s</w:t>' % shown, '<w:fldChar w:fldCharType="end"/>'):
            r = p.add_run()
            r._r.append(parse_xml(x.replace('>', ' %s>' % nsdecls('w'), 1) if not x.endswith('/>') or x.count('<') > 1 else x.replace('/>', ' %s/>' % nsdecls('w'))))
            if kw.get('size'): r.font.size = Pt(kw['size'])
            if kw.get('bold'): r.bold = True

    def toc(self, entries, width=15.9, leader='dot', **kw):
        """entries: (title, heading number in order of h() calls, indent)"""
        from docx.enum.text import WD_TAB_ALIGNMENT as TA, WD_TAB_LEADER as TL
        for t, n, ind in entries:
            p = self.p(t + '\t', left=ind, after=3, **kw)
            p.paragraph_format.tab_stops.add_tab_stop(Cm(width), TA.RIGHT, TL.DOTS if leader == 'dot' else TL.SPACES)
            self.field(p, 'PAGEREF _Toc%05d \\h' % n)

    def numbering(self, levels, start=None):
        """A real Word list; levels: (fmt, text, left cm, hanging cm, font or None). Returns numId."""
        el = self.doc.part.numbering_part.element
        aid = 90 + len(el.findall(qn('w:abstractNum')))
        lv = ''
        for i, (fmt, txt, left, hang, font) in enumerate(levels):
            rpr = '<w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:hint="default"/></w:rPr>' % (font, font) if font and font != 'b' else ('<w:rPr><w:b/></w:rPr>' if font == 'b' else '')
            lv += '<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="%d"/></w:pPr>%s</w:lvl>' % (
                i, (start or 1) if i == 0 else 1, fmt, txt, int(left * 567), int(hang * 567), rpr)
        a = parse_xml('<w:abstractNum %s w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>%s</w:abstractNum>' % (nsdecls('w'), aid, lv))
        first = el.find(qn('w:num'))
        first.addprevious(a) if first is not None else el.append(a)
        nid = max([int(n.get(qn('w:numId'))) for n in el.findall(qn('w:num'))] + [0]) + 1
        el.append(parse_xml('<w:num %s w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (nsdecls('w'), nid, aid)))
        return nid

    def cell(self, c, parts, size=10, bold=None, color=None, shade=None, align=None, after=2):
        """parts: str or list of str; a part may be a tuple (text, dict of p arguments)."""
        if isinstance(parts, str): parts = [parts]
        c._tc.remove(c.paragraphs[0]._p)
        for x in parts:
            t, kw = x if isinstance(x, tuple) else (x, {})
            kw = dict(dict(size=size, bold=bold, color=color, after=after, align=align), **kw)
            self.p(t, where=c, **kw)
        if shade:
            c._tc.get_or_add_tcPr().append(parse_xml('<w:shd %s w:val="clear" w:color="auto" w:fill="%s"/>' % (nsdecls('w'), shade)))

    def table(self, rows, widths, head=1, style='Table Grid', size=10, shade='D9E2F3', headcolor=None, where=None, nosplit=False, repeat=True):
        t = (where or self.doc).add_table(rows=0, cols=len(widths)) if where is None else where.add_table(0, len(widths))
        t.style = style; t.autofit = False
        for i, r in enumerate(rows):
            row = t.add_row()
            for j, x in enumerate(r):
                c = row.cells[j]; c.width = Cm(widths[j])
                self.cell(c, x, size=size, bold=True if i < head else None, shade=shade if i < head else None, color=headcolor if i < head else None)
            if i < head and repeat:
                row._tr.get_or_add_trPr().append(parse_xml('<w:tblHeader %s/>' % nsdecls('w')))
            if nosplit: row._tr.get_or_add_trPr().append(parse_xml('<w:cantSplit %s/>' % nsdecls('w')))
        grid = t._tbl.tblGrid
        for g, w in zip(grid.findall(qn('w:gridCol')), widths): g.set(qn('w:w'), str(int(w * 567)))
        self.p('', after=4)
        return t

    def box(self, parts, fill='EEF3E6', line='7F9F4F', width=15.9, size=10.5):
        t = self.doc.add_table(rows=1, cols=1); t.style = 'Table Grid'; t.autofit = False
        c = t.rows[0].cells[0]; c.width = Cm(width)
        t._tbl.tblGrid.findall(qn('w:gridCol'))[0].set(qn('w:w'), str(int(width * 567)))
        self.cell(c, parts, size=size, shade=fill, after=4)
        b = ''.join('<w:%s w:val="single" w:sz="8" w:space="0" w:color="%s"/>' % (s, line) for s in ('top', 'left', 'bottom', 'right'))
        t._tbl.tblPr.append(parse_xml('<w:tblBorders %s>%s</w:tblBorders>' % (nsdecls('w'), b)))
        self.p('', after=4)

    def textbox(self, text, w_pt=170, h_pt=120, fill='#F2F2F2'):
        p = self.doc.add_paragraph()
        body = ''.join('<w:p><w:pPr><w:spacing w:after="60"/></w:pPr><w:r><w:rPr><w:i/><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % escape(t) for t in text.split('\n'))
        p._p.append(parse_xml('<w:r %s xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"><w:pict><v:rect style="position:absolute;z-index:2;margin-left:0;margin-top:0;width:%dpt;height:%dpt;mso-position-horizontal:right;mso-position-horizontal-relative:margin;mso-wrap-distance-left:9pt;mso-wrap-style:square" fillcolor="%s" strokecolor="#808080"><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox><w10:wrap type="square"/></v:rect></w:pict></w:r>' % (nsdecls('w'), w_pt, h_pt, fill, body)))
        p.paragraph_format.space_after = Pt(0)

    def landscape(self, on=True, margins=(2, 1.8, 1.8, 1.8)):
        s = self.doc.add_section(WD_SECTION.NEW_PAGE)
        s.orientation = WD_ORIENT.LANDSCAPE if on else WD_ORIENT.PORTRAIT
        s.page_width, s.page_height = (Cm(29.7), Cm(21)) if on else (Cm(21), Cm(29.7))
        s.top_margin, s.right_margin, s.bottom_margin, s.left_margin = [Cm(x) for x in margins]
        return s

    def save(self, name):
        if self.notes:
            fn = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
            for i, t in enumerate(self.notes):
                fn += '<w:footnote w:id="%d"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>' % (i + 2, escape(t))
            xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes %s>%s</w:footnotes>' % (nsdecls('w'), fn)
            part = Part(PackURI('/word/footnotes.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml', xml.encode(), self.doc.part.package)
            self.doc.part.relate_to(part, 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes')
        os.makedirs(HERE + '/tmp', exist_ok=True)
        path = '%s/tmp/%s.docx' % (HERE, name)
        self.doc.save(path)
        subprocess.run(['soffice', '-env:UserInstallation=file:///tmp/lo-c', '--headless', '--convert-to', 'pdf', '--outdir', HERE, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# ---------------------------------------------------------------- answers

DROP = re.compile(r'[\s\-\u00ad\u2010-\u2015\u2022\u25cf\u25aa\uf0b7\uf0a7\uf0d8\ufffe\u0002\u25a0\u25cb\u27a2]+')

def norm(s):
    s = unicodedata.normalize('NFKC', s)
    s = s.replace('\u2018', "'").replace('\u2019', "'").replace('\u201c', '"').replace('\u201d', '"')
    return DROP.sub('', s)

def pages_of(pdf):
    import pypdfium2 as pdfium
    d = pdfium.PdfDocument(pdf)
    return [norm(pg.get_textpage().get_text_range()) for pg in d]

def run_over(pages, first, text, least=8):
    """Greedy: the pages over which text runs from its start on page `first`; None when not all of it is there."""
    t = norm(text); out = [first]; pg = first
    pos = next((x for x in (pages[pg].find(t[:k]) for k in (90, 75, 60, 50, 40, 30, 20, 14, 10, 6)) if x >= 0), -1); i = 0
    gaps = 0
    while i < len(t):
        s = pages[pg]
        if pos >= 0:
            n = 0
            while i + n < len(t) and pos + n < len(s) and t[i + n] == s[pos + n]: n += 1
            i += n; end = pos + n
            if i >= len(t): return [p + 1 for p in out], gaps
            gaps += 1
            nxt = s.find(t[i:i + least], end)
        else:
            nxt = s.find(t[i:i + least])
        if nxt < 0:
            pg += 1
            if pg >= len(pages) or pg > out[-1] + 1: return None, t[i:i + 40]
            nxt = pages[pg].find(t[i:i + least])
            if nxt < 0: return None, t[i:i + 40]
            out.append(pg)
        pos = nxt
    return [p + 1 for p in out], gaps

def starts(pages, text, copies=1):
    t = norm(text)
    for k in (90, 75, 60, 50, 40, 30, 20, 14, 10, 6):
        hits = [i for i, s in enumerate(pages) for _ in range(s.count(t[:k]))]
        if len(hits) >= copies: break
    return hits

def q(s): return json.dumps(s, ensure_ascii=False)

def answers(review, recs):
    pages = pages_of('%s/%s' % (HERE, review['file']))
    out = ['[[review]]']; bad = []
    review = dict(review); review['pages'] = len(pages)
    for key in ('file', 'title', 'reference', 'type', 'publisher', 'lead_reviewer', 'published', 'pages', 'stated_count'):
        if review.get(key) is not None: out.append('%s = %s' % (key, q(review[key]) if isinstance(review[key], str) else review[key]))
    out.append('none_of = [\n%s]' % ''.join('    %s,\n' % q(x) for x in review['none_of']))
    for x in review['none_of']:
        if not any(norm(x) in s for s in pages):
            bad.append('none_of not printed: ' + x)
        for r in recs:
            if norm(x) in norm(r['text']): bad.append('none_of inside item: ' + x)
    if not recs: out.append('recommendation = []')
    for o, r in enumerate(recs, 1):
        want = r.get('copies', 1)
        hits = starts(pages, r['text'], want)
        if len(hits) != want: bad.append('%s %s: starts on %s, wanted %d copies' % (o, r.get('number'), [h + 1 for h in hits], want))
        if not hits: continue
        main = hits[r.get('main', 0)]
        over, gaps = run_over(pages, main, r['text'])
        if over is None: bad.append('%s: not found after %r' % (o, gaps)); over = [main + 1]
        if r.get('lead_in') and not any(norm(r['lead_in']) in s for s in pages[main - 1 if main else 0:main + 1]): bad.append('%s lead-in' % o)
        also = sorted({h + 1 for h in hits} - {main + 1})
        out.append('\n[[review.recommendation]]\nordinal = %d' % o)
        if r.get('number'): out.append('number = ' + q(r['number']))
        out.append('text = ' + q(r['text']))
        if r.get('lead_in'): out.append('lead_in = ' + q(r['lead_in']))
        out.append('page = %d\npages = %s' % (over[0], over))
        if also: out.append('also_on = %s' % also)
        out.append('kind = ' + q(r.get('kind', 'recommendation')))
        if r.get('addressee'): out.append('addressee = ' + q(r['addressee']))
        if r.get('single'): out.append('single_agency = true')
        if r.get('target'): out.append('target_date = ' + q(r['target']))
        for a in ('addressee', 'target', 'number'):
            if r.get(a) and not any(norm(r[a]) in s for s in pages): bad.append('%s: %s not printed: %s' % (o, a, r[a]))
        print('   %2d %-5s p%s %s gaps=%s%s' % (o, r.get('number', ''), over, 'also %s' % also if also else '', gaps, ''))
    print(review['file'], len(pages), 'pages', len(recs), 'items', 'BAD:' if bad else 'ok')
    for b in bad: print('   !!', b)
    return '\n'.join(out) + '\n', bad
