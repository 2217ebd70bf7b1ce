"""A review's story: a text file of blocks, read once, from which both the PDF and its answers are made.

Blocks stand between blank lines. `#`, `##`, `###` are headings, `- ` bullets, `+ ` numbers, `> ` a quotation;
`@name arguments` is a directive that the review's own maker draws, and anything else a paragraph. `!` before a block
says that none of it may be extracted. Within a text `**bold**`, `_italic_` and `^[footnote]` are marked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
MARK = re.compile(r"\*\*(.+?)\*\*|(?<!\w)_(.+?)_(?!\w)|\^\[(.+?)\]")


@dataclass
class Block:
    kind: str
    parts: list[str] = field(default_factory=list)  # of a list: its items; of a directive: its paragraphs
    name: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.parts[0] if self.parts else ""


@dataclass
class Item:
    number: str
    parts: list[tuple[str, str]]  # ("text" | "bullet" | "letter", marked text)
    options: dict[str, str]
    lead: str = ""

    @property
    def text(self) -> str:
        return plain(" ".join(text for _, text in self.parts))


@dataclass
class Story:
    name: str
    about: dict[str, str]
    blocks: list[Block]
    items: list[Item] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of a marked text: ("", words), ("bold", words), ("italic", words) or ("note", words)."""
    at = 0
    for found in MARK.finditer(text):
        if found.start() > at:
            yield "", text[at : found.start()]
        for style, group in zip(("bold", "italic", "note"), found.groups(), strict=True):
            if group is not None:
                yield style, group
        at = found.end()
    if at < len(text):
        yield "", text[at:]


def plain(text: str) -> str:
    return " ".join("".join(words for style, words in runs(text) if style != "note").split())


def opening(text: str, size: int = 56) -> str:
    words = plain(text)
    return words if len(words) <= size else words[:size].rsplit(" ", 1)[0]


def options_of(words: str) -> tuple[str, dict[str, str]]:
    head, *rest = (piece.strip() for piece in words.split("|"))
    pairs = (piece.partition(":") for piece in rest)
    return head, {key.strip(): value.strip() for key, _, value in pairs}


def joined(lines: list[str], markers: str) -> list[str]:
    """Lines to paragraphs: a line that begins with a marker and a space begins a new one."""
    found: list[str] = []
    for line in lines:
        if not found or (line[:1] in markers and line[1:2] == " "):
            found.append(line.strip())
        else:
            found[-1] += " " + line.strip()
    return found


def block_of(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("@"):
        name, _, words = first[1:].partition(" ")
        head, options = options_of(words)
        return Block("directive", joined(lines[1:], "-="), name, {"": head, **options})
    if found := re.match(r"(#+) (.*)", first):
        return Block(f"heading{len(found[1])}", [found[2]])
    for marker, kind in (("-", "bullets"), ("+", "numbers")):
        if first.startswith(marker + " "):
            return Block(kind, [part[2:] for part in joined(lines, marker)])
    if first.startswith("> "):
        return Block("quote", [" ".join(line.removeprefix("> ") for line in lines)])
    return Block("paragraph", [" ".join(lines)])


def item_of(block: Block, lead: str) -> Item:
    kinds = {"-": "bullet", "=": "letter"}
    parts = [
        (kinds[part[0]], part[2:]) if part[0] in kinds and part[1:2] == " " else ("text", part) for part in block.parts
    ]
    return Item(block.options[""], parts, block.options, lead)


def curly(text: str) -> str:
    text = re.sub(r'(?<![\w.,;:!?’)])"(?=\S)', "“", text).replace('"', "”")
    return re.sub(r"(?<![\w.,;:!?”)])'(?=\w)", "‘", text).replace("'", "’")


def chunks(name: str, about: dict[str, str]) -> Iterator[list[str]]:
    text = curly((HERE / f"{name}.txt").read_text("utf-8"))
    text = re.sub(r"\{(\w+)\}", lambda word: about.get(word[1], word[0]), text)
    for chunk in re.split(r"\n\s*\n", text):
        if chunk.strip():
            yield chunk.strip().splitlines()


def common(about: dict[str, str]) -> dict[str, Block]:
    """Paragraphs that many reviews share, with this review's names in them."""
    found = {}
    for lines in chunks("common", about):
        key, first = lines[0].split(" ", 1)
        found[key] = Block("paragraph", [" ".join([first, *lines[1:]])])
    return found


def read(name: str) -> Story:
    about = dict(line.split(": ", 1) for line in next(chunks(name, {})))
    names = {"board": "the Board", "child": "the child", "council": "the Council", **about}
    _, *rest = chunks(name, names)
    story = Story(name, about, [])
    shared, lead = common(names), ""
    for lines in rest:
        barred = lines[0].startswith("!")
        block = block_of([lines[0].removeprefix("!"), *lines[1:]])
        if barred:
            story.never += [opening(part) for part in block.parts]
        if block.kind.startswith("heading") or block.name == "endlead":
            lead = ""
        if block.name == "lead":
            lead = plain(block.text)
        if block.name == "item":
            story.items.append(item_of(block, lead))
        if block.name == "never":
            story.never.append(block.options[""])
        elif block.name == "include":
            story.blocks += [shared[key] for key in block.options[""].split()]
        else:
            story.blocks.append(block)
    return story
