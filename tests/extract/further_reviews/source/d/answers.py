"""Looks each answer up in the finished PDFs, checks it, and writes answers.toml."""
import importlib, re, unicodedata, os, json, sys
import pypdfium2 as P
NAMES = ['audit-thornmarsh', 'scrutiny-caldermere', 'rr-linnet', 'scr-child-y', 'dhr-maren-summary']
def norm(s): return re.sub(r'[\W_]', '', unicodedata.normalize('NFKC', s)).lower()
def q(s): return json.dumps(s, ensure_ascii=False)
out, bad = ['# Five fictional reviews: what stands in them. Written by answers.py; pages looked up in the PDFs.\n'], 0
def complain(*a):
    global bad; bad += 1; print('  !!', *a)
def pieces(t, pg, start):
    """walk the text over consecutive pages, greedily; returns pages used and pieces"""
    cur, used, out = start, [], []
    while t:
        best = None
        for k in (cur, cur + 1):
            if k >= len(pg): continue
            n = len(t)
            while n and t[:n] not in pg[k]: n -= 1
            if best is None or n > best[0]: best = (n, k)
        n, k = best
        if n < 6: return None, out + [t[:30]]
        out.append(t[:n]); used.append(k + 1); cur = k; t = t[n:]
    return used, out
for name in NAMES:
    m = importlib.import_module('build_' + name.replace('-', '_'))
    if 'rebuild' in sys.argv or name in sys.argv: m.build()
    elif hasattr(m, 'RECS'):                # paragraph numbers are counted while building; the PDF is left alone
        import common; keep, common.Doc.save = common.Doc.save, lambda self, name: None
        m.build(); common.Doc.save = keep
    pl = getattr(m, 'plain')
    d = P.PdfDocument(name + '.pdf'); pg = [norm(d[i].get_textpage().get_text_range()) for i in range(len(d))]
    R = m.REVIEW; print(name, len(d), 'pages', len(m.ITEMS), 'items')
    out.append('[[review]]'); out.append('file = %s' % q(name + '.pdf'))
    for k in ('title', 'reference', 'type', 'publisher', 'lead_reviewer', 'published'):
        if k in R: out.append('%s = %s' % (k, q(R[k])))
    out.append('pages = %d' % len(d))
    if 'stated_count' in R:
        out.append('stated_count = %d' % R['stated_count'])
        if R['stated_count'] != len(m.ITEMS): complain('stated count', R['stated_count'], len(m.ITEMS))
    out.append('none_of = [\n%s\n]\n' % '\n'.join('    %s,' % q(x) for x in m.NONE))
    alltext = [norm(pl(i['text'])) for i in m.ITEMS]
    for x in m.NONE:
        if not any(norm(x) in t for t in pg): complain('none_of not on one page:', x)
        if any(norm(x) in t for t in alltext): complain('none_of in an item:', x)
    for o, i in enumerate(m.ITEMS, 1):
        t = pl(i['text']); n = norm(t)
        head = n[:min(len(n), 28)]
        occ = [k for k, x in enumerate(pg) if head in x]
        occ = [k for k in occ if pieces(n, pg, k)[0] and (n[:50] in pg[k] or len(pieces(n, pg, k)[1]) > 1)]
        mi = i.get('main', 0)
        if len(occ) <= mi: complain('start not found', t[:60], occ); continue
        start = occ[mi]
        used, ps = pieces(n, pg, start)
        if used is None: complain('not printed', t[:50], ps); continue
        if len(ps) > 1: print('   %2d p%s %s' % (o, used, [p[:22] + '..' + p[-14:] for p in ps]))
        if i.get('number') and norm(i['number']) + n[:20] not in pg[start]: print('   %2d: number %s is not printed straight before the text' % (o, i['number']))
        pages = sorted(set(used)); also = [k + 1 for k in occ if k != start]
        if i.get('lead_in') and norm(i['lead_in']) not in ''.join(pg): complain('lead-in', i['lead_in'])
        a = i.get('addressee')
        if a and norm(a) not in ''.join(pg): complain('addressee', a)
        td = i.get('target_date')
        if td and norm(td) not in ''.join(pg): complain('date', td)
        out.append('[[review.recommendation]]'); out.append('ordinal = %d' % o)
        if i.get('number'): out.append('number = %s' % q(i['number']))
        out.append('text = %s' % q(t))
        if i.get('lead_in'): out.append('lead_in = %s' % q(i['lead_in']))
        out.append('page = %d' % pages[0]); out.append('pages = %s' % pages)
        if also: out.append('also_on = %s' % also)
        out.append('kind = %s' % q(i['kind']))
        if a: out.append('addressee = %s' % q(a))
        if i.get('single_agency'): out.append('single_agency = true')
        if td: out.append('target_date = %s' % q(td))
        out.append('')
        if also: print('   %2d also on %s' % (o, also))
open('answers.toml', 'w').write('\n'.join(out))
import tomllib
x = tomllib.load(open('answers.toml', 'rb')); print('problems:', bad, [len(r['recommendation']) for r in x['review']])
