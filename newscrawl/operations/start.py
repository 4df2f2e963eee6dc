"""What is settled before a crawl starts: that it has what it needs, and that its slot was not crawled already.

It is asked by ``scrapy crawl``, which is what Scrapyd runs too, and not when the settings are imported: `scrapy list`,
which Scrapyd calls on every deployment, must work on a machine that is not set up yet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.errors import UsageError
from newscrawl.operations.claims import claim_on
from newscrawl.operations.findings import problems
from newscrawl.operations.requirements import requirements

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

SLOT_SETTING = "SCHEDULE_SLOT"
"""``<series>/<slot>``: what `scrapy schedule` fired this crawl for."""


def check_requirements(settings: BaseSettings) -> None:
    """Raises:
    UsageError: something that ``REQUIRED_SETTINGS`` names is missing or no good; says what and what to do.
    """
    found = problems(requirements(settings.getdict("REQUIRED_SETTINGS"), settings))
    if found:
        raise UsageError("; ".join(f"{finding.message} ({finding.remedy})" for finding in found))


def claim_slot(settings: BaseSettings) -> bool:
    """Whether this crawl may start: it may but when it was fired for a slot that was crawled before on this machine.

    Raises:
        UsageError: ``SCHEDULE_SLOT`` is malformed, or the claims cannot be written.
    """
    value = settings.get(SLOT_SETTING)
    if not value:
        return True
    series, _, slot = str(value).rpartition("/")
    try:
        with claim_on(Path(settings["SCHEDULE_DIRECTORY"]), series, slot, "started") as claim:
            if claim is not None:
                claim.keep()
            return claim is not None
    except OSError as error:
        raise UsageError(f"SCHEDULE_DIRECTORY cannot be written: {error}") from error
