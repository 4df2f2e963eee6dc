"""The files of ReplayWeb.page, fetched once below ``.venvs/``."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from tests.conftest import ROOT

REPLAYWEBPAGE = "replaywebpage@2.4.6"
SHA512 = "uG50jESRld0p+fY7+nUxIWl7hvfimreNjSmaNkc/a9a8gBdmb7PH4J42Iib+vgk9KrHd0HLScVT++LgqV5fwpQ=="
"""Of the package, in base64."""
_HOME = ROOT / ".venvs" / "replaywebpage"
_SECONDS = 240
SCREENSHOTS = Path(os.environ.get("NEWSCRAWL_SCREENSHOTS") or ROOT / "build" / "screenshots")
"""Where the tests leave what they saw."""


def replaywebpage() -> Path:
    """Return the folder with ``ui.js`` and ``sw.js`` of ReplayWeb.page.

    Raises:
        OSError: they cannot be fetched; the message says why.
    """
    _HOME.parent.mkdir(exist_ok=True)
    with _HOME.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = _HOME / "fetched"
        if not (stamp.is_file() and stamp.read_text() == SHA512):
            shutil.rmtree(_HOME, ignore_errors=True)
            _HOME.mkdir()
            _extract(_packed())
            stamp.write_text(SHA512)
    return _HOME


def _packed() -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("no npm on this machine, so ReplayWeb.page cannot be fetched")
    command = [npm, "pack", "--silent", REPLAYWEBPAGE]
    try:
        done = subprocess.run(command, cwd=_HOME, capture_output=True, text=True, check=True, timeout=_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise OSError(f"ReplayWeb.page cannot be fetched: {error}") from error
    packed = _HOME / done.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise OSError(f"{REPLAYWEBPAGE} has another digest than the one noted: {digest}")
    return packed


def _extract(packed: Path) -> None:
    with tarfile.open(packed) as archive:
        for name in ("ui.js", "sw.js"):
            source = archive.extractfile(f"package/{name}")
            assert source is not None
            (_HOME / name).write_bytes(source.read())
    (_HOME / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>ReplayWeb.page</title><script src=ui.js></script>"
        "<replay-app-main></replay-app-main>"
    )
