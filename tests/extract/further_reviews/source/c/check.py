"""Independent check of answers.toml against pdftotext (not the library that made it): words of each item on its pages, in order."""
import tomllib, subprocess, re, unicodedata
def n(s): return re.sub(r"[^a-z0-9]", '', unicodedata.normalize('NFKC', s).lower())
bad = 0
for r in tomllib.load(open('answers.toml', 'rb'))['review']:
    pg = [n(x) for x in subprocess.run(['pdftotext', r['file'], '-'], capture_output=True, text=True).stdout.split('\f')[:-1]]
    raw = [n(x) for x in subprocess.run(['pdftotext', '-raw', r['file'], '-'], capture_output=True, text=True).stdout.split('\f')[:-1]]
    assert len(pg) == r['pages'], r['file']
    for t in r['none_of']:
        if not any(n(t) in p for p in pg + raw): print(r['file'], 'none_of', t); bad += 1
    for k in ('title', 'publisher', 'lead_reviewer'):
        if n(r[k]) not in ''.join(pg[:2]): print(r['file'], k, 'not on first pages:', r[k])
    for x in r['recommendation']:
        assert x['page'] == x['pages'][0]
        for p in [x['page']] + x.get('also_on', []):
            if n(x['text'])[:12] not in pg[p-1] and n(x['text'])[:12] not in raw[p-1]: print(r['file'], x['ordinal'], 'start not on', p); bad += 1
        whole = any(n(x['text']) in s[p-1] for s in (pg, raw) for p in x['pages'])
        words = re.findall(r'\w{4,}', x['text'])
        here = ''.join(s[p-1] for p in x['pages'] for s in (pg, raw))
        miss = [w for w in words if n(w) not in here]
        if miss: print(r['file'], x['ordinal'], 'missing', miss); bad += 1
        last = n(x['text'])[-14:]
        if last not in pg[x['pages'][-1]-1] and last not in raw[x['pages'][-1]-1]: print(r['file'], x['ordinal'], 'end not on last page'); bad += 1
        if len(x['pages']) == 1 and not whole: print(r['file'], x['ordinal'], 'one page but not contiguous (columns or cells)')
        if len(x['pages']) > 1 and whole: print(r['file'], x['ordinal'], 'several pages but whole on one'); bad += 1
print('bad', bad)
