import sys,glob
from PIL import Image
fs=sorted(glob.glob(sys.argv[1]+'-*.png')); ims=[Image.open(f) for f in fs]
w=max(i.width for i in ims);h=max(i.height for i in ims);c=int(sys.argv[3]) if len(sys.argv)>3 else 5
r=-(-len(ims)//c);S=Image.new('RGB',(w*c,h*r),'grey')
for k,i in enumerate(ims):S.paste(i,((k%c)*w,(k//c)*h))
S.save(sys.argv[2])
