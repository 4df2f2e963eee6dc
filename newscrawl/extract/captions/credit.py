"""Who is credited at the end of a caption."""

from __future__ import annotations

import re

from newscrawl.extract.phrases.agencies import AGENCIES
from newscrawl.extract.phrases.captions import CREDIT_LABELS, FROM_THE_FILES, UNNAMED, any_of
from newscrawl.extract.text import WHITE_SPACE, clean, is_small, trimmed

MAX_CAPTION = 4_000
"""Characters that are looked at; longer "captions" are whole texts put into the wrong field."""
MAX_CREDIT = 120

_LABEL = rf"(?:(?:{any_of(CREDIT_LABELS)})\s*(?:[:：]|\s(?:by|credit)\b|(?<=by)\s|(?<=of)\s|(?<=از)\s)|©|\(c\)|℗)"
_LABELLED_AT_START = re.compile(rf"\s*{_LABEL}\s*[:：]?\s*(?=\S)", re.I)
_LABELLED = re.compile(
    rf"(?P<before>^|[.|/(\[,;–—-]\s*|\s)(?P<label>{_LABEL})\s*(?P<credit>[^()\[\]!?\"“”]{{2,{MAX_CREDIT}}}?)[\s.)\]|]*$",
    re.I,
)
_IN_BRACKETS = re.compile(rf"\s*[(\[（](?P<credit>[^()\[\]（）]{{2,{MAX_CREDIT}}})[)\]）]\s*[.。]?\s*$")
_AFTER_SLASH = re.compile(
    r"(?<=[\s.,»\"”])[/|]\s*(?P<credit>[^/|()\[\]]{2,60}(?:\s?[/|]\s?[^/|()\[\]]{2,60})?)\s*/?\s*$"
)
_BARE_AGENCY = re.compile(r"(?<=[.!?»\"”])\s+(?P<credit>[^\s.!?/(\[](?:[^.!?]|(?<=\b[^\W\d_])\.){1,80})\.?\s*$")
_AFTER_DASH = re.compile(r"\s(?:--+|[–—-])\s+(?P<credit>[^\W\d_][^()\[\]–—]{1,60}?)[\s.]*$")
_AFTER_DASH_REACH = 70
"""Characters of the longest such credit with its dash, and more."""
_AFTER_BRACKET = f"{WHITE_SPACE}.。"
_FROM = re.compile(r"\bاز ")


def _ends_in_bracket(caption: str) -> bool:
    return caption.rstrip(_AFTER_BRACKET).endswith((")", "]", "）", "】", "］"))


def _has_label(caption: str) -> bool:
    if ":" in caption or " by " in caption or " of " in caption or "(c)" in caption or "(C)" in caption:
        return True
    return not caption.isascii() and ("©" in caption or "：" in caption or _FROM.search(caption) is not None)


def _has_slash(caption: str) -> bool:
    return "/" in caption or "|" in caption


def _has_dash(caption: str) -> bool:
    end = caption[-_AFTER_DASH_REACH:]
    return " - " in end or " – " in end or " — " in end or " -- " in end


_IN_FULL_WIDTH = re.compile(
    r"[（【［](?P<credit>[^（）【】［］]{1,40}?(?:撮影|提供|写真|摄|攝|供图|供圖|제공|사진|図))[）】］]\s*$"
)
"""A credit in brackets of East Asia, which its last word marks."""

_CREDITS = (
    (_IN_FULL_WIDTH, False, _ends_in_bracket),
    (_IN_BRACKETS, True, _ends_in_bracket),
    (_LABELLED, False, _has_label),
    (_AFTER_SLASH, True, _has_slash),
    (_BARE_AGENCY, True, re.compile(r"[.!?»\"”]\s+\S").search),
    (_AFTER_DASH, True, _has_dash),
)
"""How a credit may be written, whether it must name an agency then, and a quick test that most captions fail."""

_SENTENCES = (_AFTER_DASH, _BARE_AGENCY)
"""Patterns that may match the rest of a sentence that ends in an agency's name; a credit begins with a capital."""

_IS_FROM_FILES = re.compile(rf"(?:{any_of(FROM_THE_FILES)})\.?", re.I)
_NAMES = re.compile(r"\s*(?:(?<!RFE)/|[|,;])\s*|(?:^|\s+)(?:via|for|through|по)\s+|(?<=[Pp]ool)\s|\s+-\s+")
_DOMAIN = re.compile(r"(?:[\w-]{2,}\.)+[a-z]{2,4}", re.A)


def split_credit(caption: str) -> tuple[str, str | None]:
    """Return the caption without the credit at its end, and the credit without its label and brackets."""
    for pattern, needs_agency, hint in _CREDITS:
        match = pattern.search(caption) if hint(caption) else None
        if match is None or (pattern is _LABELLED and not _is_label(match)):
            continue
        credit, was_labelled = _without_label(match["credit"])
        if not credit or _IS_FROM_FILES.fullmatch(credit):
            continue
        if pattern in _SENTENCES and not was_labelled and _may_be_sentence(credit):
            continue
        if not needs_agency or was_labelled or names_agency(credit):
            rest = _without_loose_end(caption[: match.start()], match[0])
            return _without_second(rest, credit) if _ends_in_bracket(rest) else (rest, credit)
    return caption, None


def _may_be_sentence(credit: str) -> bool:
    """Return whether a credit begins as no name does, or has a dash after other words ("Some more words - Reuters")."""
    before, dash, _ = credit.partition(" - ")
    return is_small(credit) or (bool(dash) and any(map(is_small, before.split())))


def _without_second(rest: str, credit: str) -> tuple[str, str]:
    """Remove the credit in brackets that says the same and more: "(AP Photo/J. Doe) - AP Photo"."""
    bare, fuller = split_credit(rest)
    return (bare, fuller) if fuller is not None and credit in fuller else (rest, credit)


def _is_label(match: re.Match[str]) -> bool:
    """Return whether it labels a credit and is no part of the sentence ("a photo by police shows the scene")."""
    credit, label, before = match["credit"], match["label"], match["before"]
    if is_small(credit) and not names_agency(credit):
        return False
    return before != " " or (not is_small(label) and label.rstrip()[-1] in ":：©)℗")


def names_agency(text: str) -> bool:
    """Return whether ``text`` begins or ends with a known agency or site: ``AP Photo/Bo Day``, ``J. Doe, Reuters``."""
    names = [name.casefold().strip(" .") for name in _NAMES.split(text) if name.strip()]
    return bool(names) and (names[0].startswith("rfe/rl") or any(_is_source(name) for name in (names[0], names[-1])))


def _is_source(name: str) -> bool:
    return name in AGENCIES or name in UNNAMED or _DOMAIN.fullmatch(name) is not None


def credit_of(text: str) -> str | None:
    """Return who is credited in a text that is nothing but a credit, without brackets and label; None for nobody."""
    return _without_label(clean(text[:MAX_CAPTION]).strip("()[] "))[0] or None


def _without_label(credit: str) -> tuple[str, bool]:
    label = _LABELLED_AT_START.match(credit)
    bare = credit[label.end() :] if label else credit
    return trimmed(bare, " .,;:/|"), label is not None


def _without_loose_end(before: str, taken: str) -> str:
    """Return the text before the credit, with the full stop of its sentence."""
    rest = before.rstrip(" |/,;–—-(")
    return f"{rest}." if taken.startswith(".") and rest else rest
