"""Take the pictures of the guides anew, from the samples, in a real browser.

usage: python docs/pictures.py

Takes the samples in, into a folder that is thrown away, serves them, and writes docs/figures/web-*.png. Needs Chromium and
the libraries of the tests.
"""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures"
WIDE, HIGH = 1280, 900
CAP = [sys.executable, "-m", "cap.main", "--demo"]
# What people did before the pictures were taken: a partnership at work, not an empty house.
DONE = (
    'adopt "M 3" --lead "Wexmere Safeguarding Children Partnership" --target 2027-07-31 --quadrant Q1',
    'progress 2.2 --note "Nine practices have changed their mailbox." --why "Told at the health group"',
    'action evidence 2.1 https://example.org/dip-sample --shows "A dip sample of 80 referrals"',
)
PAGES = {
    "home": "/",
    "add": "/add",
    "labels": "/labels",
    "decide": "/decide",
    "repeats": "/repeats",
    "actions": "/actions",
    "action": "/actions/2.1",
    "search": "/search?q=fathers+not+included+in+assessments",
    "themes": "/themes",
    "people": "/people",
    "review": "/reviews/F",
}


def main() -> None:
    """Serve the samples and take a picture of each page."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        given = {**os.environ, "PYTHONPATH": str(ROOT), "CAP_USER": "A. Reviewer", "CAP_OUTPUTS": str(home / "outputs")}
        subprocess.run([*CAP, "run"], cwd=home, env=given, check=True, stdout=subprocess.DEVNULL)
        for words in DONE:
            subprocess.run([*CAP, *shlex.split(words)], cwd=home, env=given, check=True, stdout=subprocess.DEVNULL)
        edited = _edited_plan(home)
        port = _free_port()
        server = subprocess.Popen([*CAP, "serve", "--port", str(port)], cwd=home, env=given)
        try:
            _wait_for(port)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, locale="en-GB")
                _take(page, f"http://127.0.0.1:{port}", edited)
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


def _take(page: Page, site: str, edited: Path) -> None:
    for name, address in PAGES.items():
        page.goto(site + address)
        if name == "labels":
            page.click("text=Start checking")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FIGURES / f"web-{name}.png")
    page.goto(f"{site}/import")
    page.set_input_files("input[type=file]", edited)
    page.click("main button[type=submit], main form button")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FIGURES / "web-import.png")


def _edited_plan(home: Path) -> Path:
    """The partnership's earlier plan as somebody has gone on with it by hand."""
    file = home / "wexmere-action-plan (edited).xlsx"
    book = openpyxl.load_workbook(ROOT / "corpus" / "samples" / "wexmere-action-plan.xlsx")
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=5):
        match row[0].value:
            case "2.2":
                row[6].value = "Reports arrive for 71 per cent of conferences."
            case "4.4":
                row[5].value = "In progress"
    book.save(file)
    return file


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(600):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the pages did not come up")


if __name__ == "__main__":
    main()
