"""A server of HTTP/2 for one test: ``python -m tests.recording.h2server CERTIFICATE.pem``.

It prints its port, then the protocol of each request.
"""

from __future__ import annotations

import sys
from typing import Any

PAGE = b"<title>Two</title>"


def main(certificate: str) -> None:
    """Serve until killed."""
    from twisted.internet import endpoints, reactor
    from twisted.web import resource, server

    class Page(resource.Resource):
        isLeaf = True

        def render_GET(self, request: Any) -> bytes:
            print(request.clientproto.decode(), flush=True)
            request.setHeader("Content-Type", "text/html")
            return PAGE

    address = f"ssl:0:interface=127.0.0.1:privateKey={certificate}:certKey={certificate}"
    listening = endpoints.serverFromString(reactor, address).listen(server.Site(Page()))
    listening.addCallback(lambda port: print(port.getHost().port, flush=True))
    reactor.run()


if __name__ == "__main__":
    main(sys.argv[1])
