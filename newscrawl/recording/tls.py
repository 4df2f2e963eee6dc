"""TLS as Scrapy's settings ask for it, and what a connection and its record tell of it."""

from __future__ import annotations

import logging
import os
import ssl
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from scrapy.exceptions import ScrapyDeprecationWarning
from twisted.internet.ssl import Certificate

from newscrawl.archive.records.tls import iana_suite, protocol_of_tls

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_VERSIONS = {
    "TLSv1.0": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT: old servers do not know secure renegotiation (RFC 5746)."""


class TlsSession(NamedTuple):
    """What is known of a TLS connection after its handshake."""

    certificate: Certificate | None
    """Of the server, as ``response.certificate``."""
    protocol: str | None
    """``tls/1.3``, as WARC-Protocol writes it."""
    cipher_suite: str | None
    """Its IANA name."""


NO_TLS = TlsSession(None, None, None)


def context_from(settings: BaseSettings) -> ssl.SSLContext:
    """Return the context that DOWNLOAD_VERIFY_CERTIFICATES, DOWNLOAD_TLS_* and DOWNLOADER_CLIENT_TLS_* ask for.

    Raises:
        ValueError: a setting names no version.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
        context.load_default_certs()
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if ciphers := settings.get("DOWNLOADER_CLIENT_TLS_CIPHERS"):
        context.set_ciphers(ciphers)
    lowest, highest = _limits(settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TLS 1.0 and 1.1, which someone asked for
        if lowest is not None:
            context.minimum_version = lowest
        if highest is not None:
            context.maximum_version = highest
    context.options |= _LEGACY_SERVER_CONNECT
    if keylog := _keylog_file():
        context.keylog_filename = keylog
    return context


def _limits(settings: BaseSettings) -> tuple[ssl.TLSVersion | None, ssl.TLSVersion | None]:
    limits = [_version(settings, name) for name in ("DOWNLOAD_TLS_MIN_VERSION", "DOWNLOAD_TLS_MAX_VERSION")]
    method = settings.get("DOWNLOADER_CLIENT_TLS_METHOD", "TLS")
    if method != "TLS":
        warnings.warn(
            "DOWNLOADER_CLIENT_TLS_METHOD is deprecated: set DOWNLOAD_TLS_MIN_VERSION and DOWNLOAD_TLS_MAX_VERSION",
            ScrapyDeprecationWarning,
            stacklevel=2,
        )
        if limits == [None, None]:
            limits = [_version(settings, "DOWNLOADER_CLIENT_TLS_METHOD")] * 2
    return limits[0], limits[1]


def _version(settings: BaseSettings, name: str) -> ssl.TLSVersion | None:
    value = settings.get(name)
    if value is None:
        return None
    if value not in _VERSIONS:
        raise ValueError(f"Unknown {name} value: {value}; it may be {', '.join(_VERSIONS)}")
    return _VERSIONS[value]


def _keylog_file() -> str | None:
    """Return the file that SSLKEYLOGFILE names, for who reads the traffic; None if it cannot be written."""
    name = None if sys.flags.ignore_environment else os.environ.get("SSLKEYLOGFILE")
    if not name:
        return None
    try:
        with Path(name).open("ab"):
            return name
    except OSError as error:
        logger.warning("Cannot write TLS session keys to %s: %s", name, error)
        return None


def session_of(connection: ssl.SSLObject) -> TlsSession:
    """Return what is known of ``connection`` after its handshake."""
    cipher = connection.cipher()
    certificate = connection.getpeercert(binary_form=True)
    return TlsSession(
        Certificate.load(certificate) if certificate else None,
        protocol_of_tls(connection.version() or ""),
        iana_suite(cipher[0]) if cipher else None,
    )


def log_session(host: str, connection: ssl.SSLObject) -> None:
    """Log protocol, cipher and certificate, for DOWNLOADER_CLIENT_TLS_VERBOSE_LOGGING."""
    cipher = connection.cipher()
    logger.debug(
        "SSL connection to %s using protocol %s, cipher %s", host, connection.version(), cipher[0] if cipher else None
    )
    if certificate := connection.getpeercert(binary_form=True):
        parsed = x509.load_der_x509_certificate(certificate)
        logger.debug(
            'SSL connection certificate: issuer "%s", subject "%s"',
            parsed.issuer.rfc4514_string(),
            parsed.subject.rfc4514_string(),
        )
