"""The environments of the peers: each made once below ``.venvs/``, from a list locked with hashes.

Their pins clash with ours and with each other's, so they are apart.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = {
    "peers": "requirements-peers.txt",
    "newsplease": "requirements-newsplease.txt",
    "webarchive": "requirements-webarchive.txt",
}
"""By name: the list below ``bench/``."""


def peers_python() -> Path | None:
    """Return the interpreter that has the extractors of :mod:`bench.peers`."""
    return interpreter("peers")


@cache
def interpreter(name: str) -> Path | None:
    """Return the interpreter of an environment (ours: ``own``), or None if it cannot be made (reason on stderr)."""
    if name == "own":
        return Path(sys.executable)
    home, lock = ROOT / ".venvs" / name, ROOT / "bench" / ENVIRONMENTS[name]
    python = home / "bin" / "python"
    stamp = home / "installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return python
    print(f"installing {lock.name} into {home} (once)", file=sys.stderr)
    venv.create(home, with_pip=True, clear=True)
    # --no-deps: the list is complete; pip cannot match hashes with extras such as lxml[html_clean].
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", lock]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if ran.returncode:
        print(f"{lock.name} cannot be installed, so it is left out: {ran.stderr.strip()[-500:]}", file=sys.stderr)
        return None
    stamp.write_bytes(lock.read_bytes())
    return python
