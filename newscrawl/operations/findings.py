"""What a check found: how bad it is, what it is about, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    """Works, but will surprise."""
    PROBLEM = "problem"
    """Will not work, or lose something."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one check; a remedy comes with every warning and every problem."""

    severity: Severity
    subject: str
    """What was looked at: ``scrapyd``, ``contact``, ``disk``..."""
    message: str
    remedy: str = ""


def fine(subject: str, message: str) -> Finding:
    """All is well."""
    return Finding(Severity.OK, subject, message)


def warning(subject: str, message: str, remedy: str) -> Finding:
    """Works, but will surprise."""
    return Finding(Severity.WARNING, subject, message, remedy)


def problem(subject: str, message: str, remedy: str) -> Finding:
    """Will not work, or lose something."""
    return Finding(Severity.PROBLEM, subject, message, remedy)


def problems(findings: Iterable[Finding]) -> list[Finding]:
    """Those that must be dealt with."""
    return [finding for finding in findings if finding.severity is Severity.PROBLEM]


def report(findings: Iterable[Finding]) -> str:
    """A line a finding, its remedy below it."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.severity:<8} {finding.subject:<13} {finding.message}")
        if finding.remedy:
            lines.append(f"{'':<22} → {finding.remedy}")
    return "\n".join(lines)
