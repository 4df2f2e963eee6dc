"""Names of TLS versions and cipher suites as WARC fields write them."""

from __future__ import annotations

import re

_VERSIONS = {
    "SSLv3": "ssl/3",
    "TLSv1": "tls/1.0",
    "TLSv1.1": "tls/1.1",
    "TLSv1.2": "tls/1.2",
    "TLSv1.3": "tls/1.3",
}
_SUITE = re.compile(
    r"(?:(?P<exchange>ECDHE-ECDSA|ECDHE-RSA|DHE-RSA|DHE-DSS)-)?"
    r"(?P<cipher>AES|CAMELLIA)(?P<bits>128|256)(?:-(?P<mode>GCM|CCM8|CCM))?(?:-(?P<mac>SHA\d*))?"
)
_CHACHA = re.compile(r"(ECDHE-ECDSA|ECDHE-RSA|DHE-RSA)-CHACHA20-POLY1305")


def protocol_of_tls(openssl_version: str) -> str | None:
    """``tls/1.3`` for OpenSSL's ``TLSv1.3``: the value of a WARC-Protocol field."""
    return _VERSIONS.get(openssl_version)


def iana_suite(openssl_name: str) -> str | None:
    """Return the IANA name of a cipher suite (for WARC-Cipher-Suite) from OpenSSL's; None if it is not known.

    OpenSSL uses IANA's names for TLS 1.3 alone. Held against ``openssl ciphers -stdname`` in the tests.
    """
    if openssl_name.startswith("TLS_"):
        return openssl_name
    if match := _CHACHA.fullmatch(openssl_name):
        return f"TLS_{match[1].replace('-', '_')}_WITH_CHACHA20_POLY1305_SHA256"
    match = _SUITE.fullmatch(openssl_name)
    if match is None:
        return None
    parts = [(match["exchange"] or "RSA").replace("-", "_"), "WITH", match["cipher"], match["bits"]]
    parts.append({"CCM8": "CCM_8", None: "CBC"}.get(match["mode"], match["mode"]))
    if match["mac"]:
        parts.append(match["mac"])
    return "TLS_" + "_".join(parts)
