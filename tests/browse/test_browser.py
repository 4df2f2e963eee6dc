"""The pages in a real browser: hostile archived pages reach nothing; a keyboard or a screen reader is enough."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browse.library import Served, make_library, served
from tests.browsers import WAIT, chromium, keep_screenshot

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}


class Attacker:
    """A server on loopback that notes every connection: an archived page that reaches it has broken out."""

    def __init__(self) -> None:
        self.reached: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    self.reached.append(connection.recv(200) or b"(a connection without a request)")
                except OSError:
                    self.reached.append(b"(a connection without a request)")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def attacker() -> Iterator[Attacker]:
    attacker = Attacker()
    yield attacker
    attacker.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, attacker: Attacker) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "data"
    make_library(folder, attacker.port)
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Served]:
    with served(folder) as running:
        while not httpx.get(f"{running.address}/search.json?q=more", timeout=120).json()["total"]:
            pass
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


def trap(library: Served) -> dict[str, Any]:
    number = httpx.get(f"{library.address}/search.json?q=more", timeout=120).json()["articles"][0]["id"]
    data: dict[str, Any] = httpx.get(f"{library.address}/article/{number}.json", timeout=120).json()
    return {**data, "page": f"{library.address}/article/{number}"}


def visit(browser: Any, address: str, **options: Any) -> Any:
    page = browser.new_page(**options)
    page.set_default_timeout(WAIT)
    page.goto(address, wait_until="networkidle")
    return page


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
@pytest.mark.parametrize("alone", [False, True], ids=["in its frame", "alone"])
def test_a_hostile_page_reaches_nothing(
    folder: Path, browser: Any, attacker: Attacker, scripts: bool, alone: bool
) -> None:
    attacker.reached.clear()
    with served(folder, *(["--allow-scripts"] if scripts else [])) as running:
        data = trap(running)
        for selector in ("#link", "#script-link", "#send"):
            page = visit(browser, data["archived"] if alone else data["page"])
            frame = page.frames[1] if scripts or not alone else page.main_frame
            click = f"document.querySelector('{selector}')?.click()"
            frame.evaluate(click) if scripts else frame.click(selector, force=True, no_wait_after=True)
            page.wait_for_timeout(1_000)
            assert page.url.startswith("http://127.0.0.1:")
            assert not page.url.startswith(f"http://127.0.0.1:{attacker.port}")
            page.close()

    assert attacker.reached == []


def test_an_archived_page_cannot_read_the_application(library: Served, browser: Any) -> None:
    page = visit(browser, trap(library)["page"])

    assert page.frames[1].evaluate("document.body.innerText.includes('Workers')")
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "path", ["/", "/search?q=bridge", "/article/1", "/article/3", "/article/11/changes", "/captures", "/why"]
)
def test_every_page_fits_its_window(
    library: Served, browser: Any, path: str, size: str, scheme: str, tmp_path: Path
) -> None:
    width, height = SIZES[size]
    page = visit(browser, library.address + path, viewport={"width": width, "height": height}, color_scheme=scheme)
    name = f"browse-{path.strip('/').replace('/', '-').partition('?')[0] or 'overview'}-{size}-{scheme}"
    keep_screenshot(page, name, tmp_path)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()

    assert overflow <= 0
    assert (ground == "rgb(255, 255, 255)") is (scheme == "light")


def test_right_to_left_text_is_set_from_the_right(library: Served, browser: Any) -> None:
    page = visit(browser, f"{library.address}/article/3")

    assert page.evaluate("getComputedStyle(document.querySelector('.extracted h1')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).direction") == "ltr"


def test_a_keyboard_is_enough_to_find_and_open_an_article(library: Served, browser: Any) -> None:
    page = visit(browser, f"{library.address}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement.id") != "top-query":
        page.keyboard.press("Tab")
    page.keyboard.type("Wednesday")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    while "/article/" not in (page.evaluate("document.activeElement.href") or ""):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")

    assert page.locator(".extracted h1").inner_text()


def test_the_slider_leads_through_time(library: Served, browser: Any) -> None:
    page = visit(browser, f"{library.address}/article/1")
    page.focus("#time")
    page.keyboard.press("End")
    page.wait_for_url("**/article/11")

    assert "Wednesday" in page.locator(".extracted").inner_text()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the source of axe-core, the checker of accessibility, from its npm package."""
    place = tmp_path_factory.mktemp("axe")
    run = subprocess.run(
        ["npm", "pack", "--silent", "axe-core@4"], cwd=place, capture_output=True, text=True, check=False
    )
    if run.returncode:
        pytest.skip(f"npm cannot fetch axe-core: {run.stderr.strip()[-200:]}")
    subprocess.run(["tar", "-xzf", run.stdout.strip().splitlines()[-1]], cwd=place, check=True)
    return (place / "package" / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=bridge",
        "/article/1",
        "/article/3",
        "/article/11/changes",
        "/captures",
        "/crawls",
        "/pages",
        "/why",
    ],
)
def test_no_page_has_a_serious_fault_for_readers_with_disabilities(
    library: Served, browser: Any, axe: str, path: str, scheme: str
) -> None:
    page = visit(browser, library.address + path, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    faults = page.evaluate("axe.run({iframes: false}).then(found => found.violations)")
    page.close()

    serious = [
        (fault["id"], fault["nodes"][0]["html"]) for fault in faults if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
