"""Findings of the checks: severity, subject, message and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Say how bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    """It works, but differently than expected."""
    PROBLEM = "problem"
    """It will not work, or data may be lost."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one result of one check; every warning and every problem has a remedy."""

    severity: Severity
    subject: str
    """What was checked: ``scrapyd``, ``contact``, ``disk``..."""
    message: str
    remedy: str = ""


def fine(subject: str, message: str) -> Finding:
    """Return the finding that all is well."""
    return Finding(Severity.OK, subject, message)


def warning(subject: str, message: str, remedy: str) -> Finding:
    """Return the finding that something works, but differently than expected."""
    return Finding(Severity.WARNING, subject, message, remedy)


def problem(subject: str, message: str, remedy: str) -> Finding:
    """Return the finding that something will not work, or that data may be lost."""
    return Finding(Severity.PROBLEM, subject, message, remedy)


def problems(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that must be repaired."""
    return [finding for finding in findings if finding.severity is Severity.PROBLEM]


def report(findings: Iterable[Finding]) -> str:
    """Return one line per finding, with the remedy on the next line."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.severity:<8} {finding.subject:<13} {finding.message}")
        if finding.remedy:
            lines.append(f"{'':<22} → {finding.remedy}")
    return "\n".join(lines)
