"""Check before a crawl starts that the required settings are there and that its slot was not crawled already.

``scrapy crawl`` does this, which Scrapyd also runs. Importing the settings does not do it: Scrapyd runs ``scrapy list``
at each deployment, and that must work on a machine that is not configured yet.
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
"""``<series>/<slot>``: the slot for which `scrapy schedule` started this crawl."""


def check_requirements(settings: BaseSettings) -> None:
    """Check the settings that ``REQUIRED_SETTINGS`` names.

    Raises:
        UsageError: One of them is missing or unusable; the message says what to do.
    """
    found = problems(requirements(settings.getdict("REQUIRED_SETTINGS"), settings))
    if found:
        raise UsageError("; ".join(f"{finding.message} ({finding.remedy})" for finding in found))


def claim_slot(settings: BaseSettings) -> bool:
    """Return False if this crawl was started for a slot that was already crawled on this machine, else True.

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
