"""The application served at an address of its own, and people of every role in a real browser."""

import shutil
import socket
import threading
import time
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, expect

from domain.states import Role
from review.app import create_app
from services.house import House

PASSWORD = "correct horse battery"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


class Site:
    """The application at an address of its own, and a desk beside it."""

    def __init__(self, address: str, house: House) -> None:
        self.address = address
        self.house = house


class served:
    def __init__(self, settings: Any) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        app = create_app(settings, warm=False)
        self.server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error", access_log=False))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(20)


def context(browser: Browser, site: Site, role: Role, *, scripts: bool = True, width: int = 1280) -> BrowserContext:
    """A browser in which somebody of a role has signed in."""
    made = browser.new_context(
        base_url=site.address,
        java_script_enabled=scripts,
        viewport={"width": width, "height": 900},
        accept_downloads=True,
    )
    page = made.new_page()
    page.goto("/sign-in")
    page.get_by_label("Name").fill(f"A {role}")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.close()
    return made
