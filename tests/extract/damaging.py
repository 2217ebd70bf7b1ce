"""Damage as files meet it on their way: cut off, a block lost, bits changed. Seeded, so that a failure can be had again."""

import random

KINDS = ("cut", "zeroed", "flipped")


def damaged(content: bytes, seed: int) -> tuple[str, bytes]:
    """What was done, and the file after it. `seed` decides kind, place and amount."""
    chance = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    if kind == "cut":
        share = chance.uniform(0.10, 0.95)
        return f"cut at {share:.0%}", content[: int(share * len(content))]
    out = bytearray(content)
    if kind == "zeroed":
        length = int(chance.uniform(0.02, 0.20) * len(out))
        start = chance.randrange(len(out) - length)
        out[start : start + length] = bytes(length)
        return f"zeroed {length} bytes from {start}", bytes(out)
    count = chance.choice((1, 1, 2, 3, 5, 10, 20, 50, 100, 200))
    for _ in range(count):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return f"flipped {count} bits", bytes(out)
