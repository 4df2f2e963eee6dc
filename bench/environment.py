"""The environment of the peers: made once below ``.venvs/``, from a list locked with hashes."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LOCK = ROOT / "bench" / "requirements-peers.txt"
_HOME = ROOT / ".venvs" / "peers"


def peers_python() -> Path | None:
    """The interpreter that has the peers; None, with the reason on stderr, where they cannot be installed."""
    python = _HOME / "bin" / "python"
    stamp = _HOME / "installed"
    if stamp.is_file() and stamp.read_bytes() == _LOCK.read_bytes():
        return python
    print(f"installing the peers into {_HOME} (once)", file=sys.stderr)
    venv.create(_HOME, with_pip=True, clear=True)
    # --no-deps: the list is complete; pip cannot match hashes with extras such as lxml[html_clean].
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", _LOCK]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if ran.returncode:
        print(f"the peers cannot be installed, so they are left out: {ran.stderr.strip()[-500:]}", file=sys.stderr)
        return None
    stamp.write_bytes(_LOCK.read_bytes())
    return python
