"""pywb in an environment of its own, since its pins are old: made once below ``.venvs/``, hashes checked.

``requirements.txt`` is what ``uv pip compile --universal --python-version 3.11 --generate-hashes`` makes of
``requirements.in``.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import venv
from pathlib import Path

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

LOCK = Path(__file__).with_name("requirements.txt")
HOME = ROOT / ".venvs" / "pywb"


def pywb_programs() -> Path:
    """The folder of ``wayback`` and ``wb-manager``.

    Raises:
        OSError: they cannot be installed; the message says why.
    """
    programs, stamp = HOME / "bin", HOME / "installed"
    HOME.parent.mkdir(exist_ok=True)
    with HOME.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes():
            return programs
        print(f"installing pywb into {HOME} (once)", file=sys.stderr)
        try:
            venv.create(HOME, with_pip=True, clear=True)
            command = [programs / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK]
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS)
        except subprocess.CalledProcessError as error:
            raise OSError(f"pywb cannot be installed: {error.stderr[-500:]}") from error
        except subprocess.TimeoutExpired as error:
            raise OSError(f"pywb was not installed within {PATIENCE_SECONDS} seconds") from error
        stamp.write_bytes(LOCK.read_bytes())
    return programs
