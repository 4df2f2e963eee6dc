"""Where the time goes in a crawl and in a replay: ``python -m bench.profile [crawl|replay]``."""

from __future__ import annotations

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.data import prepared
from bench.environment import ROOT

SHOWN = 45
_REPLAY = "-m scrapy replay {warc} --output {scratch}/replayed --processes 1"
_CRAWL = "-m scrapy crawl sample -a size=500 -s LOG_LEVEL=ERROR"


def main(names: list[str]) -> int:
    """Profile, print."""
    data = prepared()
    commands = {"crawl": _CRAWL, "replay": _REPLAY}
    for name in names or list(commands):
        with tempfile.TemporaryDirectory() as scratch:
            profile = Path(scratch) / "profile"
            arguments = commands[name].format(warc=data / "warc", scratch=scratch).split()
            environment = {
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "SCRAPY_SETTINGS_MODULE": f"newscrawl.settings.{'replay' if name == 'replay' else 'development'}",
            }
            command = [sys.executable, "-m", cProfile.__name__, "-o", str(profile), *arguments]
            subprocess.run(command, cwd=scratch, env=environment, check=False, capture_output=True)  # noqa: S603 - our own
            print(f"\n{name}")
            pstats.Stats(str(profile)).sort_stats("tottime").print_stats(SHOWN)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
