"""How the sample site misbehaves on request: delays, resets, truncation, bad chunks, errors, for tests and trials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newscrawl.errors import UsageError

KINDS = {
    "delay": "answers after so many seconds",
    "reset": "resets the connection in the middle of the body",
    "truncate": "ends the connection in the middle of the body",
    "bad_chunks": "sends a chunk size that is no number",
    "garbage": "answers with bytes that are no HTTP",
    "silence": "never answers; the connection stays open",
    "status": "answers with this status; 429 and 503 say Retry-After",
}
MAX_DELAY = 600.0
_RETRY_AFTER = (429, 503)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, where, how often."""

    kind: str
    """One of :data:`KINDS`."""
    pattern: str = ".*"
    """A regular expression for the whole request target (path and query)."""
    value: float = 0.0
    """Seconds of a delay; the status; for ``status`` 429 and 503, Retry-After is ``retry_after``."""
    times: int | None = None
    """How many requests it befalls, then never again; None: no end."""
    every: int = 1
    """It befalls each so many-th request that matches."""
    retry_after: str | None = None
    """The value of Retry-After, seconds or an HTTP date; None: the header is left out."""

    @classmethod
    def from_text(cls, text: str) -> Fault:
        """``kind[=value][:pattern[:times]]``, such as ``delay=0.5:/a/.*`` or ``status=503:/a/.*:3``.

        Raises:
            UsageError: it is not of this form.
        """
        head, _, rest = text.partition(":")
        pattern, _, times = rest.rpartition(":") if re.search(r":\d+$", rest) else (rest, "", "")
        kind, _, value = head.partition("=")
        try:
            re.compile(pattern)
            number = float(value or 0)
        except (re.error, ValueError) as error:
            raise UsageError(f"misbehaviour {text!r}: {error}") from error
        if kind not in KINDS or not 0 <= number <= MAX_DELAY:
            raise UsageError(f"misbehaviour {text!r}: KIND[=VALUE][:PATTERN[:TIMES]], KIND one of {', '.join(KINDS)}")
        retry_after = "1" if kind == "status" and number in _RETRY_AFTER else None
        return cls(kind, pattern or ".*", number, int(times) if times else None, retry_after=retry_after)


@dataclass(slots=True)
class Faults:
    """The faults in force, each with the number of requests that it matched."""

    faults: tuple[Fault, ...] = ()
    _matched: dict[Fault, int] = field(default_factory=dict)

    def befalling(self, target: str) -> Fault | None:
        """Return the first fault that this request for ``target`` meets; each call counts as one request."""
        for fault in self.faults:
            if not re.fullmatch(fault.pattern, target):
                continue
            matched = self._matched[fault] = self._matched.get(fault, 0) + 1
            due = matched % fault.every == 0
            if due and (fault.times is None or matched // fault.every <= fault.times):
                return fault
        return None
