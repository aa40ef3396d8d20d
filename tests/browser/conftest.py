"""A real Chromium against the real application.

Nothing is downloaded: Debian's own `chromium` is driven. Where it is missing the tests are skipped on a
developer's machine and fail in CI (`CI=true`), so that they cannot be lost unnoticed.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEIGHT = 844


class QuietHandler(WSGIRequestHandler):
    """Serves without writing a line per request; while it is `away`, connections close unanswered."""

    away = False

    def handle(self) -> None:
        """Answer a request."""
        if not QuietHandler.away:
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name it has there)
        return


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "Chromium is not installed; `apt-get install chromium` brings it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        # On a desk without a browser; where it counts, in CI, that is the failure above.
        pytest.skip(missing)
    # Playwright's loop runs in this thread. Django would take what follows for asynchronous code, and it
    # keeps connections apart from those opened without a loop: none may stay behind on either side.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture
def site(fresh_database: str) -> Iterator[str]:
    """The application on a free port of this machine, over a database of its own; gives its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the site: `open_page("/ui/", width=390, theme="dark")`.

    The page fails its test on a script error and on a request to any other host. `text` enlarges the text
    ("200%") as a reader would; `script=False` turns scripts off.
    """
    contexts = []
    faults: list[str] = []

    def opened(
        path: str, *, width: int = 1280, theme: str = "light", text: str = "", script: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if theme == "dark" else "light",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=script,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("request", lambda request: _foreign(request.url, site, faults))
        page.goto(path)
        if text:
            page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def signal() -> Iterator[Callable[[Page, bool], None]]:
    """Take a phone's signal away and give it back.

    The browser alone is not enough: where a worker answers, it lets a request through now and then.
    """

    def switch(page: Page, there: bool) -> None:
        QuietHandler.away = not there
        page.context.set_offline(not there)

    yield switch
    QuietHandler.away = False


def _foreign(url: str, site: str, faults: list[str]) -> None:
    if not url.startswith((f"{site}/", "data:")):
        faults.append(f"request to another host: {url}")


def check_axe(page: Page, **options: Any) -> None:
    """Fail when a WCAG 2.0-2.2 A or AA rule is broken on the page, naming rule and place."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, **options})
    broken = [
        f"{rule['id']}: {rule['help']} at {node['target']}: {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"][:5]
    ]
    assert broken == [], "\n".join(broken)


def check_fits(page: Page) -> None:
    """Fail when the page itself scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def screenshot(page: Page, name: str) -> None:
    """Save a picture of the whole page in the folder that LUWES_SCREENSHOTS names, if it names one."""
    folder = os.environ.get("LUWES_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        # As high as the page, so that the bar at the bottom of a phone stands at the bottom of the picture.
        size = page.viewport_size
        assert size is not None
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": height})
        page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size(size)
