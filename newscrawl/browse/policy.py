"""What keeps the browser of a reader safe from archived pages and from other sites.

Archived pages are served from an origin of their own (another port), inside a sandboxed frame, under a policy that
lets nothing load but from that origin. No page of the application runs inline script; both origins answer only to
their own host names, so that a site that points its name at 127.0.0.1 (DNS rebinding) gets nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-dns-prefetch-control": "off",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()",
    "cache-control": "no-store",
}


def application_headers(archive_origin: str) -> dict[str, str]:
    """Return the headers of the application's pages, which may frame and show pictures of ``archive_origin`` alone."""
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        f" img-src 'self' data: {archive_origin};"
        f" frame-src {archive_origin}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {**_COMMON, "content-security-policy": policy, "cross-origin-resource-policy": "same-origin"}


def archived_headers(application_origin: str, *, scripts: bool) -> dict[str, str]:
    """Return the headers of archived pages and their requisites.

    With ``scripts``, the scripts of the page run in the sandbox.
    """
    sandbox = "sandbox allow-scripts" if scripts else "sandbox"
    script = "script-src 'self' 'unsafe-inline' 'unsafe-eval'" if scripts else "script-src 'none'"
    policy = (
        f"default-src 'none'; img-src 'self' data:; media-src 'self'; font-src 'self' data:;"
        f" style-src 'self' 'unsafe-inline';"
        f" frame-src 'self'; {script}; connect-src 'none'; worker-src 'none'; manifest-src 'none'; object-src 'none';"
        f" form-action 'none'; base-uri 'none'; frame-ancestors {application_origin} 'self'; {sandbox}"
    )
    return {**_COMMON, "content-security-policy": policy, "cross-origin-resource-policy": "cross-origin"}


class Guard:
    """Answer only to the host names in ``hosts`` and to reading methods, and put ``headers`` on every answer."""

    def __init__(self, application: Application, hosts: Iterable[str], headers: dict[str, str]) -> None:
        self._application = application
        self._hosts = frozenset(host.lower().encode() for host in hosts)
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._names = frozenset(name for name, _ in self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it with 400 (wrong host) or 405 (a method that could change something)."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._application(scope, receive, send)
            return
        hosts = [value.lower() for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            await self._refuse(
                send, 400, "this address serves another host name: use the address that the command printed"
            )
        elif scope["method"] not in ("GET", "HEAD"):
            await self._refuse(send, 405, "everything here can only be read")
        else:
            await self._application(scope, receive, self._guarded(send))

    def _guarded(self, send: Send) -> Send:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in self._names]
                message["headers"] = [*kept, *self._headers]
            await send(message)

        return guarded

    async def _refuse(self, send: Send, status: int, reason: str) -> None:
        headers = [*self._headers, (b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": f"{reason}\n".encode()})
