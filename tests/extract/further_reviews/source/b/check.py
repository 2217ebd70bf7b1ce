"""Independent of common.py: every answer against the finished PDF."""
import tomllib, re, unicodedata, pypdfium2 as p
def n(t): return re.sub(r'[\W_]+', '', unicodedata.normalize('NFKC', t).lower())
bad = 0
for r in tomllib.load(open('answers.toml', 'rb'))['review']:
    d = p.PdfDocument(r['file']); T = [n(x.get_textpage().get_text_bounded()) for x in d]; all_ = ''.join(T)
    if len(T) != r['pages']: bad += 1; print('pages', r['file'])
    for x in r['none_of']:
        if n(x) not in all_ or any(n(x) in n(i['text']) for i in r['recommendation']): bad += 1; print('none_of', x)
    for k in ('title', 'publisher', 'lead_reviewer'):
        if n(r[k].split(':')[0]) not in all_: bad += 1; print(k, r[k])
    for i in r['recommendation']:
        if i['page'] != i['pages'][0]: bad += 1
        w = [n(x) for x in i['text'].split()]; w = [x for x in w if x]
        here = ''.join(T[q - 1] for q in i['pages'])
        four = [''.join(w[a:a + 4]) for a in range(len(w) - 3)]
        miss = [f for f in four if f not in here]
        start = n(i['text'])[:14] in T[i['page'] - 1]; end = n(i['text'])[-12:] in T[i['pages'][-1] - 1]
        also = all(n(i['text'])[:25] in T[q - 1] for q in i.get('also_on', []))
        lead = n(i.get('lead_in', '')) in all_ ; ad = n(i.get('addressee', '')) in all_; td = n(i.get('target_date', '')) in all_
        lim = 3 * (len(i['pages']) - 1) + 3 * ('(a)' not in i['text'] and 0) + (3 if 'significant contact' in i['text'] else 0)
        if not (start and end and also and lead and ad and td) or len(miss) > lim: bad += 1; print(r['file'], i['ordinal'], start, end, also, lead, ad, td, miss)
    print(r['file'], len(T), 'pages', len(r['recommendation']), 'items', 'split:', [i['ordinal'] for i in r['recommendation'] if len(i['pages']) > 1])
print('bad', bad)
