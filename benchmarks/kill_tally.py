"""What is counted of kills: how many, where they fell, what was found; and the moments at which they fall."""

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.kill_points import Run

WALL_SHARE = 1 / 3
MOST_IN_A_CHAIN = 6
SHOWN_PHASES = 60


@dataclass(slots=True)
class Tally:
    """What came of the kills of one kind of work. unhurt: runs that had ended before their moment."""

    kills: int = 0
    counted: int = 0
    unhurt: int = 0
    reruns: int = 0
    seconds: float = 0.0
    phases: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def moments(kills: int, dice: random.Random, *, counted: bool) -> list[tuple[bool, float]]:
    """For each kill whether it is counted, and how far into the work it falls (0 to 1), spread evenly, in a chance order.

    counted: whether all are.
    """
    wall = 0 if counted else round(kills * WALL_SHARE)
    out = [(True, (n + dice.random()) / (kills - wall)) for n in range(kills - wall)]
    out += [(False, (n + dice.random()) / wall) for n in range(wall)]
    dice.shuffle(out)
    return out


def noted(run: Run, counted: bool, tally: Tally, story: list[str]) -> None:
    """Count a kill, and where it fell."""
    point, last = run.board.read()
    tally.kills += 1
    tally.counted += counted
    tally.unhurt += run.status == 0
    phase = last.rpartition(": ")[0] or last
    tally.phases["ended before its moment" if run.status == 0 else phase] += 1
    story.append(f"{'point' if counted else 'moment'} {point} ({last}), ended with {run.status}")


def look(tally: Tally, story: list[str], check: Callable[[], list[str]]) -> None:
    """Note what a check finds; a check that cannot be made is a finding too."""
    try:
        found = check()
    except Exception as error:  # noqa: BLE001  whatever is not whole shows itself as any error
        found = [f"{type(error).__name__}: {error}"]
    for one in found:
        tally.differences.append(one)
        print(f"DIFFERENCE {one}\n    after {'; '.join(story)}", file=sys.stdout, flush=True)


def show(name: str, tally: Tally) -> None:
    """Where the kills of one kind fell."""
    print(f"\n{name}: where {tally.kills} kills fell")
    for phase, number in tally.phases.most_common(SHOWN_PHASES):
        print(f"  {number:5}  {phase}")
    sys.stdout.flush()


def table(tallies: dict[str, Tally]) -> int:
    """The table, and 1 where there is any difference."""
    print(
        f"\n{'work':10} {'kills':>6} {'counted':>8} {'by time':>8} {'too late':>8} {'phases':>7} {'reruns':>7} {'differences':>12} {'seconds':>8}"
    )
    rows = [*tallies.items()]
    for name, t in rows:
        print(
            f"{name:10} {t.kills:6} {t.counted:8} {t.kills - t.counted:8} {t.unhurt:8} {len(t.phases):7} {t.reruns:7} "
            f"{len(t.differences):12} {t.seconds:8.0f}"
        )
    found = sum(len(t.differences) for _, t in rows)
    print(
        f"{'all':10} {sum(t.kills for _, t in rows):6} {sum(t.counted for _, t in rows):8} "
        f"{sum(t.kills - t.counted for _, t in rows):8} {sum(t.unhurt for _, t in rows):8} {'':7} {sum(t.reruns for _, t in rows):7} {found:12} "
        f"{sum(t.seconds for _, t in rows):8.0f}"
    )
    return int(bool(found))
