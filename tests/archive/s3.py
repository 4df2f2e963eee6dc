"""A real S3 server on loopback: moto's, with the clients that newscrawl uses."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def s3_environment(port: int) -> dict[str, str]:
    """What a client has to know of a server at ``port``; it tries each request once."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_RETRY_MODE": "standard",
    }


def s3_server(port: int) -> Any:
    """A server to be started and stopped. What is in it stays as long as this process."""
    module = pytest.importorskip("moto.server", reason="moto with its server is not installed")
    return module.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)


@contextmanager
def s3_bucket(monkeypatch: pytest.MonkeyPatch, *, starting: bool = True) -> Iterator[tuple[str, Any]]:
    """The address of an empty bucket and its server, which the environment names; ``starting`` now or by the test."""
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
    s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")
    port = free_port()
    for name, value in s3_environment(port).items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # they keep the server of the test before
    server = s3_server(port)
    server.start()
    boto3.client("s3").create_bucket(Bucket=f"archive-{port}")
    if not starting:
        server.stop()
    try:
        yield f"s3://archive-{port}", server
    finally:
        server.stop()
        s3fs.S3FileSystem.clear_instance_cache()
