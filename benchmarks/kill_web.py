"""Kills of `cap serve` while somebody works in it: what was answered is there, the rest whole or not at all, and may be sent again."""

import os
import random
import re
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx

import benchmarks.kill_recall as recall
import review.jobs
from benchmarks.kill_checks import Dump, differences, dump, file_differences, files
from benchmarks.kill_places import learning
from benchmarks.kill_points import Run
from benchmarks.kill_tally import MOST_IN_A_CHAIN, Tally, look, moments, noted
from benchmarks.kill_works import LONGEST, Place, Reference, command
from review.apart import Came, Said, Work

START_SECONDS = 60.0
EDITED = ("text", "lead_agency", "target_date", "home", "worry_statement", "success_goal", "next_steps", "rag")
LATER_TABLES = ("decisions", "actions", "progress_notes", "action_history", "action_recommendations", "action_evidence")
"""What nobody touches while a review is taken in."""


class Within:
    """Work of the application in its own process instead of one beside it, so that each of its writes is a moment for a kill."""

    pid = os.getpid()

    def __init__(self, work: Work) -> None:
        self._work = work

    def said(self) -> Iterator[Said]:
        """What the work comes to."""
        yield Came(self._work(lambda what, done, total: None))

    def end(self) -> None:
        """It has ended."""


class Gone(Exception):
    """The application does not answer any more."""


class Person:
    """Somebody at a browser, who fills in forms of pages that they have loaded."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def get(self, address: str) -> httpx.Response:
        """A page. Raises `Gone`."""
        try:
            return self._client.get(address)
        except httpx.TransportError as error:
            raise Gone from error

    def send(self, address: str, fields: dict[str, str], sent: Path | None = None) -> httpx.Response:
        """A form, with the word of a page loaded now. Raises `Gone`."""
        found = re.search(r'name="form_word" value="([^"]+)"', self.get("/add").text)
        form = {"form_word": found[1] if found else "", **fields}
        try:
            if sent is None:
                return self._client.post(address, data=form)
            with sent.open("rb") as stream:
                return self._client.post(
                    address, data=form, files={"reports": ("rowan.pdf", stream, "application/pdf")}
                )
        except httpx.TransportError as error:
            raise Gone from error


Step = Callable[[Person], int]


def steps_of(base: Place) -> list[Step]:
    """What the person does, in order. The last adds a review, and waits until it is taken in."""
    with closing(sqlite3.connect(base.plan)) as connection:
        undecided = "SELECT id FROM recommendations WHERE outcome = 'proposed' AND id NOT IN (SELECT recommendation_id FROM decisions)"
        a, b, c = [row[0] for row in connection.execute(undecided + " ORDER BY key LIMIT 3")]
        columns = ", ".join(f"coalesce({name}, '')" for name in EDITED)
        ref, *values = connection.execute(f"SELECT ref, {columns} FROM actions ORDER BY id LIMIT 1").fetchone()
    seen = dict(zip(EDITED, values, strict=True)) | {"standards": "", "applies_to_all": "", "released": ""}
    changed = {**seen, "home": "Neglect strategy", "success_goal": "Every referrer is written to"}
    edited = {**changed, **{f"seen_{name}": words for name, words in seen.items()}}
    edited.pop("standards")

    def sends(address: str, **fields: str) -> Step:
        return lambda person: person.send(address, fields).status_code

    def adds(person: Person) -> int:
        answer = person.send("/add", {}, base.folder / "upload.pdf")
        if answer.status_code != httpx.codes.SEE_OTHER:
            return answer.status_code
        job = answer.headers["location"]
        while not person.get(f"{job}/state").json()["over"]:
            time.sleep(0.01)
        return answer.status_code

    return [
        sends(f"/labels/{a}", do="confirm", quadrant="Q3", note="as the page says"),
        sends(
            f"/recommendations/{b}/outcome",
            do="adopt",
            quadrant="Q2",
            text="Share within two days",
            lead_agency="Police",
        ),
        sends(f"/actions/{ref}", **edited),
        sends(f"/actions/{ref}/progress", note="Guidance is drafted", status="in progress", on="2026-11-01"),
        sends(f"/labels/{c}", do="confirm", quadrant="Q1"),
        sends(f"/actions/{ref}/evidence", link="https://example.org/audit", shows="An audit of ten cases"),
        adds,
    ]


class Served:
    """The application at work in a place, and a person at it."""

    def __init__(self, place: Place, *, at: int | None = None, learn: bool = False) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        work = command("serve", "--port", str(port))
        self.run: Run = place.run(learning(work) if learn else work, at=at)
        self.person = Person(port)
        self.place = place

    def up(self) -> None:
        """Wait until it answers. Raises `Gone` where it ended before."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.run.over():
            try:
                self.person.get("/static/none")
                return
            except Gone:
                time.sleep(0.01)
        raise Gone

    def work_through(self, steps: list[Step], first: int, told: Callable[[int, int], None]) -> int:
        """Do the steps from `first` on; tells of each that was answered, with its status. Gives how many were answered in all."""
        done = first
        try:
            self.up()
            for number in range(first, len(steps)):
                told(number, steps[number](self.person))
                done = number + 1
        except Gone:
            pass
        return done

    def end(self) -> None:
        """Kill it, if it still runs."""
        self.person.close()
        if not self.run.over():
            self.run.kill()
        self.run.wait(LONGEST)

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        self.person.close()
        os.kill(self.run.pid, signal.SIGINT)
        self.run.wait(LONGEST)


def undisturbed_web(base: Place, place: Place, steps: list[Step]) -> Reference:
    """What the work comes to when nothing happens to it, and the plan after each step."""
    for learn in (True, False):
        place.renew(base.folder)
        states = [dump(place.plan)]
        began = time.monotonic()
        served = Served(place, learn=learn)

        def told(number: int, status: int, states: list[Dump] = states) -> None:
            assert status == httpx.codes.SEE_OTHER, f"step {number} was answered with {status}"
            states.append(dump(place.plan))

        done = served.work_through(steps, 0, told)
        seconds = time.monotonic() - began
        points = served.run.board.read()[0]
        served.stop()
        assert done == len(steps), f"the application ended: {place.said('err')[-1000:]}"
        recall.remember()
    return Reference(dump(place.plan), files(place.outputs), points, seconds, states[0], states)


def drive_web(base: Place, kills: int, dice: random.Random, tally: Tally, all_counted: bool) -> None:
    """Kill the application so many times."""
    review.jobs.Apart = Within  # type: ignore[misc,assignment]
    place, steps = Place(base.folder.with_name("web-killed"), base.models), steps_of(base)
    reference = undisturbed_web(base, place, steps)
    print(f"web: {reference.points} points, {reference.seconds:.2f} s", flush=True)
    waiting = moments(kills, dice, counted=all_counted)
    while waiting:
        place.renew(base.folder)
        story: list[str] = []
        answered = 0
        for _ in range(min(len(waiting), dice.randint(1, MOST_IN_A_CHAIN))):
            counted, share = waiting.pop()
            served = Served(place, at=1 + int(share * reference.points) if counted else None)
            killer = threading.Timer(share * reference.seconds, served.run.kill)
            if not counted:
                killer.start()
            answered = served.work_through(steps, answered, lambda number, status: None)
            killer.cancel()
            if killer.is_alive():
                killer.join()
            served.end()
            noted(served.run, counted, tally, story)
            story[-1] += f", {answered} steps answered"
            look(tally, story, lambda done=answered: _after_kill(place, reference, done))  # type: ignore[misc]
        tally.reruns += 1
        look(tally, story, lambda done=answered: _after_sending_again(place, steps, done, reference))  # type: ignore[misc]


def _after_kill(place: Place, reference: Reference, answered: int) -> list[str]:
    """The plan is that after all answered steps, or after one more. While a review is taken in, it is there whole or not at all."""
    found, last = dump(place.plan), len(reference.steps) - 2
    if answered < last:
        if found in reference.steps[answered : answered + 2]:
            return []
        return [f"after {answered} answered steps: {one}" for one in differences(found, reference.steps[answered])]
    wanted = reference.steps[last]
    out = [f"while a review came in: {name} changed" for name in LATER_TABLES if found[name] != wanted[name]]
    if found["recommendations"] not in (wanted["recommendations"], reference.plan["recommendations"]):
        # Groups of near-repeats are sought after the review is entered: without them, it is all there.
        whole, half = len(reference.plan["recommendations"]), len(found["recommendations"])
        if half not in (whole, len(wanted["recommendations"])):
            out.append(f"the review is there by half: {half} recommendations for {whole}")
    if answered > last and len(found["reviews"]) != len(reference.plan["reviews"]):
        out.append("the review was reported as taken in and is not there")
    return out


def _after_sending_again(place: Place, steps: list[Step], answered: int, reference: Reference) -> list[str]:
    """The person starts the application again, loads the page, sends what was not answered once more, and goes on."""
    served, refused = Served(place), []
    done = served.work_through(
        steps, answered, lambda number, status: refused.append((number, status)) if status >= 500 else None
    )
    served.stop()
    found = dump(place.plan)
    return [
        *([f"the application ended at step {done}: {place.said('err')[-500:]}"] if done < len(steps) else []),
        *(f"step {number} was answered with {status}" for number, status in refused),
        *differences(found, reference.plan),
        *file_differences(files(place.outputs), reference.files),
    ]
