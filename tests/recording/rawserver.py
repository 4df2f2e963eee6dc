"""A server that sends exactly the bytes it is told to, and a proxy before it: sockets, no HTTP library."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

RESET = "reset"
"""The connection ends with RST."""
CLOSE = "close"
"""The connection ends with FIN."""
STAY = "stay"
"""Nothing more is sent, the connection stays open until the client leaves."""

Step = bytes | float | str
"""Bytes to send, seconds to pause, or how it ends. Without an end the connection is kept alive."""


class RawServer:
    """Answers a request for a path with the steps of that path; the n-th request with the n-th script of several."""

    def __init__(self, scripts: dict[str, tuple[tuple[Step, ...], ...]], context: ssl.SSLContext | None = None) -> None:
        self._scripts = scripts
        self._context = context
        self.requests: dict[str, list[bytes]] = defaultdict(list)
        """By path: the bytes of each request as they came off the socket."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError), connection:
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            buffer = b""
            while True:
                request, buffer = read_request(connection, buffer)
                if not request or not self._answer(connection, request):
                    return

    def _answer(self, connection: socket.socket, request: bytes) -> bool:
        path = request.split(b" ", 2)[1].decode("latin-1")
        if path.startswith("http://"):
            path = "/" + path.split("/", 3)[3]
        scripts = self._scripts.get(path, (NOT_FOUND,))
        seen = self.requests[path]
        seen.append(request)
        for step in scripts[min(len(seen), len(scripts)) - 1]:
            if isinstance(step, bytes):
                connection.sendall(step)
            elif isinstance(step, float):
                time.sleep(step)
            elif step == STAY:
                connection.settimeout(10)
                connection.recv(1)
                return False
            else:
                if step == RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif self._context is None:
                    connection.shutdown(socket.SHUT_WR)
                return False
        return True


NOT_FOUND: tuple[Step, ...] = (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",)


def read_request(connection: socket.socket, buffer: bytes) -> tuple[bytes, bytes]:
    """One request with its body (Content-Length alone), and what came after it."""
    while b"\r\n\r\n" not in buffer:
        data = connection.recv(65536)
        if not data:
            return b"", b""
        buffer += data
    head, _, rest = buffer.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(rest) < length:
        rest += connection.recv(65536)
    return head + b"\r\n\r\n" + rest[:length], rest[length:]


class RawProxy:
    """An HTTP proxy: tunnels CONNECT, forwards the rest to where the request line says."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            request, rest = read_request(connection, b"")
            self.heads.append(request)
            method, target = request.split(b" ", 2)[:2]
            netloc = target if method == b"CONNECT" else target.split(b"/", 3)[2]
            host, _, port = netloc.decode().partition(":")
            with socket.create_connection((host, int(port))) as upstream:
                if method == b"CONNECT":
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: raw\r\n\r\n")
                    upstream.sendall(rest)
                else:
                    upstream.sendall(request)
                back = threading.Thread(target=_pump, args=(upstream, connection), daemon=True)
                back.start()
                _pump(connection, upstream)
                back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def tls_context(folder: Path, *, tls12: bool = False) -> ssl.SSLContext:
    """A context with a certificate of its own for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / f"certificate{tls12:d}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    if tls12:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
    return context


@contextlib.contextmanager
def serving(*servers: RawServer | RawProxy) -> Iterator[None]:
    """Closes all of them at the end."""
    try:
        yield
    finally:
        for server in servers:
            server.close()
