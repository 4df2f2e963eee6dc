"""``newscrawl report [SITE…]``: the reports of past crawls as HTML pages, and the index page over them."""

from __future__ import annotations

import argparse
from pathlib import Path

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.reports.folder import reports_in, write_pages


class Command(BaseCommand):
    """Write the pages of crawl reports again, from the data that each crawl left beside them."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows ``newscrawl report``."""
        return "[--json] [SITE...]"

    def short_desc(self) -> str:
        """Return one line for ``scrapy --help``."""
        return "Write an HTML page about each past crawl, and an index page over all sites"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the form of the output."""
        super().add_options(parser)
        parser.add_argument(
            "--json", action="store_true", help="print the reports as JSON, one a line, and write nothing"
        )
        parser.add_argument("--directory", metavar="FOLDER", help="folder of the reports (default: REPORT_DIRECTORY)")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the pages, or print the data.

        Raises:
            UsageError: there is no report of a site that is named, or of any.
        """
        assert self.settings is not None
        directory = opts.directory or self.settings.get("REPORT_DIRECTORY")
        if not directory:
            raise UsageError("REPORT_DIRECTORY is not set: crawls leave no reports")
        folder = Path(directory)
        reports = list(reports_in(folder, args))
        missing = [site for site in args if site not in {report.site for report in reports}]
        if missing or not reports:
            raise UsageError(
                f"there is no report of {', '.join(missing) or 'any crawl'} in {folder}; a crawl leaves one at its end"
            )
        if opts.json:
            for report in reports:
                print(report.to_json_line().decode(), end="")
            return
        pages = write_pages(folder, reports)
        print(f"{len(reports)} {'report' if len(reports) == 1 else 'reports'} written; open {pages[-1]}")
