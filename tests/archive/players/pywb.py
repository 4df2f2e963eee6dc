"""Run pywb in a separate environment, because its pins are old: made once below ``.venvs/``, hashes checked.

``requirements.txt`` is what ``uv pip compile --universal --python-version 3.11 --generate-hashes`` makes of
``requirements.in``.
"""

from __future__ import annotations

import fcntl
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

LOCK = Path(__file__).with_name("requirements.txt")
HOME = ROOT / ".venvs" / "pywb"


def pywb_programs() -> Path:
    """Return the folder of ``wayback`` and ``wb-manager``.

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


@contextmanager
def running_pywb(home: Path, folder: Path, package: Path) -> Iterator[str]:
    """Yield the address of pywb with two collections, or skip the test where it cannot be installed.

    ``files`` is the WARC and CDXJ files in ``folder``, ``package`` the WACZ ``package``, unpacked by pywb.
    """
    try:
        programs = pywb_programs()
    except OSError as error:
        pytest.skip(str(error))
    for arguments in (("init", "package"), ("add", "--unpack-wacz", "package", package)):
        subprocess.run([programs / "wb-manager", *arguments], cwd=home, check=True, capture_output=True)
    (home / "config.yaml").write_text(
        f"collections:\n  files:\n    index_paths: {folder}\n    archive_paths: {folder}/\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (home / "log").open("w") as log:
        command = [programs / "wayback", "-b", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, cwd=home, stdout=log, stderr=log)
        try:
            _wait_for(port, server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        else:
            return
