"""A real Chromium for tests: Debian's, driven by Playwright, without any connection of its own to the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT = 120_000
"""Milliseconds that a step may take: a machine under load is slow, a step that never ends is a fault."""


@contextmanager
def chromium() -> Iterator[object]:
    """Yield a Playwright browser; skip the test where there is no Chromium."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium is not installed (sudo apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS), timeout=WAIT)
        try:
            yield browser
        finally:
            browser.close()


def keep_screenshot(page: object, name: str, folder: Path) -> Path:
    """Save what ``page`` shows as ``NAME.png`` in the folder ``NEWSCRAWL_SCREENSHOTS`` names, else in ``folder``."""
    place = Path(os.environ.get("NEWSCRAWL_SCREENSHOTS") or folder)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}.png"
    page.screenshot(path=str(path), full_page=True, timeout=WAIT)  # type: ignore[attr-defined]
    return path
