"""docs/security.md names limits with the values that the code has."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from scrapy.settings import Settings

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
CONSTANTS = re.findall(r"\| ([\d,]+) \| `(newscrawl\.[\w.]+)\.([A-Z_]+)` \|", PAGE)


@pytest.mark.parametrize(("value", "module", "name"), CONSTANTS, ids=[name for _, _, name in CONSTANTS])
def test_a_limit_is_what_the_page_says(value: str, module: str, name: str) -> None:
    assert getattr(import_module(module), name) == int(value.replace(",", ""))


def test_the_page_names_limits_and_settings_that_exist() -> None:
    settings = Settings()
    settings.setmodule("newscrawl.settings.base")

    assert len(CONSTANTS) > 10
    for name in re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE):
        assert name in settings, name
