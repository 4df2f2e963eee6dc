"""Detect the language of a text, and compare language tags."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from newscrawl.display import install_hint
from newscrawl.errors import UsageError

MAX_CHARACTERS = 20_000
"""Of a text that are looked at; more change no result."""


class DetectedLanguage(NamedTuple):
    """A language and how sure it is."""

    tag: str | None
    """ISO 639-1 code; None where the text has no letters."""
    confidence: float
    """From 0 to 1: the probability among all languages the model knows."""


def detected_language(text: str) -> DetectedLanguage:
    """Return the most probable language of ``text``.

    Raises:
        UsageError: the package py3langid is not installed.
    """
    if not any(map(str.isalpha, text)):
        return DetectedLanguage(None, 0.0)
    tag, probability = _identifier().classify(text[:MAX_CHARACTERS])
    return DetectedLanguage(str(tag), float(probability))


def language_matches(language: str | None, wanted: str) -> bool:
    """Return whether ``language`` is ``wanted`` or a more exact form of it: ``sr-Latn`` matches ``sr``."""
    stated, tag = (language or "").lower(), wanted.lower()
    return stated == tag or stated.startswith(f"{tag}-")


@cache
def _identifier() -> Any:
    """Load the model once in each process; it takes some 0.5 s."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError as error:
        raise UsageError(f"language-from=text needs py3langid: {install_hint('corpus')} ({error})") from error
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
