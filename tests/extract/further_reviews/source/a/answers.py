"""Looks every item up in the finished PDFs and writes answers.toml; prints what it cannot find."""
import importlib.util, re, sys
from wordkit import HERE, page_texts, squash
NAMES = ['scr-child-w', 'scr-family-l', 'scr-baby-j', 'scr-young-person-r', 'scr-child-ff']
GLYPH = re.compile('[•\uf0b7\uf0a7‣▪◦·\uf02d]')
def nrm(s): return GLYPH.sub('', squash(s)).replace('\u2022', '')
def load(n):
    sp = importlib.util.spec_from_file_location(n.replace('-', '_'), f'{HERE}/build_{n}.py'); m = importlib.util.module_from_spec(sp); sp.loader.exec_module(m); return m
def follow(text, pages, p, at):
    """Match text from (page, offset), skipping interruptions; -> pages touched, pieces."""
    rest, used, pieces = text, [], []
    pos = at; pg = p
    while rest:
        t = pages[pg]
        lo = 0
        if not pieces:
            q = pos
        else:
            need = rest[:min(14, len(rest))]
            q = t.find(need, pos)
            if q < 0:
                if pg + 1 < len(pages) and pg - p < 2: pg += 1; pos = 0; continue
                return None
        k = 0
        while k < len(rest) and q + k < len(t) and t[q + k] == rest[k]: k += 1
        pieces.append((pg + 1, rest[:k])); rest = rest[k:]; pos = q + k
        if pg + 1 not in used: used.append(pg + 1)
    return used, pieces
bad = 0
out = []
def q(s): return '"' + s.replace('\\', '\\\\').replace('"', '\\"') + '"'
for n in NAMES:
    m = load(n); raw = page_texts(f'{HERE}/{n}.pdf'); pages = [nrm(t) for t in raw]
    mf = nrm(m.META['main_from']); cand = [i for i, t in enumerate(pages) if mf in t]
    # contents pages do not hold these sentences
    start = (cand[0], pages[cand[0]].find(mf)); M = m.META
    out.append('[[review]]'); out.append(f'file = {q(n + ".pdf")}')
    for k in ('title', 'reference', 'type', 'publisher', 'lead_reviewer', 'published'):
        if M.get(k): out.append(f'{k} = {q(M[k])}')
    out.append(f'pages = {len(pages)}')
    if M.get('stated_count'): out.append(f'stated_count = {M["stated_count"]}')
    out.append('none_of = [')
    for x in M['none_of']:
        hit = [i + 1 for i, t in enumerate(pages) if nrm(x) in t]
        if not hit: bad += 1; print(n, 'NONE_OF NOT PRINTED:', x)
        if any(nrm(x) in nrm(i['text']) for i in m.ITEMS): bad += 1; print(n, 'decoy in item', x)
        out.append(f'  {q(x)},')
    out.append(']'); out.append('')
    last = start
    print(f'== {n}: {len(pages)} pages, {len(m.ITEMS)} items')
    for o, it in enumerate(m.ITEMS, 1):
        t = nrm(it['text']); head = t[:56]
        hits = [(i, x.start()) for i, pt in enumerate(pages) for x in re.finditer(re.escape(head), pt)]
        main = [h for h in hits if h >= last]
        r = follow(t, pages, *main[0]) if main else None
        if not r: bad += 1; print(n, o, it['number'], 'NOT FOUND', hits, it['text'][:60]); continue
        used, pieces = r; last = main[0]
        also = sorted({h[0] + 1 for h in hits if h != main[0]} - {used[0]})
        if 'variant' in it:
            v = nrm(it['variant']); vp = [i + 1 for i, pt in enumerate(pages) if v in pt]; also = sorted(set(also) | set(vp))
        if it.get('lead_in') and not any(nrm(it['lead_in']) in p for p in pages[max(0, used[0] - 2):used[0]]): bad += 1; print('lead in?', it['lead_in'])
        for k in ('addressee', 'target_date'):
            if it.get(k) and nrm(it[k]).lower() not in ''.join(pages).lower(): bad += 1; print('NOT PRINTED', k, it[k])
        print(f'{o:3} {it["number"]!s:6} p{used} also{also} pieces {len(pieces)}', [(a, b[:18], b[-14:]) for a, b in pieces] if len(pieces) > 1 else '')
        out.append('[[review.recommendation]]'); out.append(f'ordinal = {o}')
        if it['number']: out.append(f'number = {q(it["number"])}')
        out.append(f'text = {q(it["text"])}')
        if it.get('lead_in'): out.append(f'lead_in = {q(it["lead_in"])}')
        out.append(f'page = {used[0]}'); out.append(f'pages = {used}')
        if also: out.append(f'also_on = {also}')
        out.append(f'kind = {q(it.get("kind", "recommendation"))}')
        if it.get('addressee'): out.append(f'addressee = {q(it["addressee"])}')
        if it.get('single_agency'): out.append('single_agency = true')
        if it.get('target_date'): out.append(f'target_date = {q(it["target_date"])}')
        out.append('')
open(f'{HERE}/answers.toml', 'w').write('# Answers fixed in build_NAME.py; pages looked up in the finished PDFs by answers.py.\n\n' + '\n'.join(out))
import tomli_w, tomllib
tomllib.load(open(f'{HERE}/answers.toml', 'rb')); print('problems:', bad)
