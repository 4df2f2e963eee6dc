"""The commands of README.md run as they are printed, with the sample site instead of a live one."""

from __future__ import annotations

import re
from pathlib import Path

from newscrawl.samplesite.running import running_site
from tests.command_line.test_main import newscrawl
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SERVERS = {"browse"}


def commands() -> list[list[str]]:
    """Return the words of each command line in the section "Use it", without `newscrawl`."""
    section = re.search(r"^## Use it\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert section is not None
    lines = re.findall(r"^newscrawl (.*?)(?:\s+#.*)?$", section[1], re.MULTILINE)
    return [line.split() for line in lines]


def test_every_command_of_the_readme_works(tmp_path: Path) -> None:
    words = commands()
    assert len(words) >= 12
    (tmp_path / "page.txt").write_text(
        "The Bridge Is Open\n\nThe bridge over the Sill was opened on Monday, said the mayor.\n"
    )
    with running_site(size=6) as site:
        for line in words:
            if line[0] in SERVERS:
                continue
            text = " ".join(line).replace("rferl", "sample").replace("--all", "sample")
            if line[0] == "crawl":
                text = re.sub(r"urls=\S+", f"urls={site.url}/a/x/31000000.html", text)
                text += f" -a base_url={site.url}"
            run = newscrawl(tmp_path, *text.split())
            assert run.returncode == 0, (text, run.stdout[-500:], run.stderr[-2000:])
    assert (tmp_path / "archive.wacz").is_file()
    assert (tmp_path / "quick.jsonl").is_file()
