"""Boxes within a text: players with the title of their recording, pointers with a headline, promotions, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newscrawl.extract.body.boilerplate import MAX_NOTICE, boilerplate_reason
from newscrawl.extract.dates.closing_day import ending_day
from newscrawl.extract.lines.forms import compared_form, is_text
from newscrawl.extract.lines.plain import is_plain_text
from newscrawl.extract.lines.promotions import asks_to_click, is_promotion
from newscrawl.extract.phrases import phrases_of
from newscrawl.extract.phrases.edges import small
from newscrawl.extract.phrases.page_boilerplate import ELSEWHERE, PLAYER
from newscrawl.extract.phrases.read_also_labels import AMBIGUOUS_LABELS, label_forms
from newscrawl.extract.plaintext.notices import undesirable_notice, warns_of_picture
from newscrawl.extract.sentences import ends_sentence
from newscrawl.extract.text import comparable
from newscrawl.items import Removed

MAX_TITLE = 180
"""Characters of the title of a recording or of another story."""

MAX_BETWEEN = 3
"""Lines between two lines of one player: title, programme, author."""

AT_END = 3
"""Lines from the end that count as the end of a text."""

MAX_BARE_LABEL = 12
_COLONS = (":", "：", "՝")
_TIMES = re.compile(r"\W*(?:\d{1,2}:\d{2}(?::\d{2})?[\s/|-]*){1,4}")
_PROVIDED = re.compile(
    r"\W*(?:this content is (?:provided|hosted) by|этот контент предоставлен|контент предоставлен"
    r"|материал предоставлен|цей контент надає|цей контент надано|контент надано"
    r"|гэты кантэнт прадастаўлены|това съдържание (?:е|се) предостав|оваа содржина е обезбедена"
    r"|ovaj sadržaj (?:pruža|obezbe|omogu|je od)|kjo përmbajtje (?:ofrohet|është ofruar)"
    r"|acest conținut este (?:furnizat|oferit)|ezt a tartalmat a|այս բովանդակությունը տրամադր"
    r"|bu məzmun|ამ კონტენტს|კონტენტი მოწოდებულია|این محتوا توسط|دا محتوا د|бұл контентті"
    r"|бул контентти|ин мӯҳтаворо|bu mazmun|бу контент|此内容由|此內容由"
    r"|este contenido es (?:proporcionado|ofrecido)|este conteúdo é (?:fornecido|oferecido)"
    r"|ce contenu est fourni|bu içerik|konten ini disediakan|nội dung này được cung cấp|이 콘텐츠는"
    r"|یہ مواد .{2,20} نے|dieser inhalt wird|to view this (?:video|content)"
    r"|your browser (?:does(?:n['’]t| not)|doesn)|ваш браузер не"
    r"|a post shared by|this (?:content|video|media) (?:is not|isn['’]t) (?:currently )?available"
    r"|we need your (?:consent|permission)"
    r")",
    re.I,
)
"""How a player or an embedded post says whose it is, or that it cannot be shown; whatever follows on the line."""

_BY_HOUSE = re.compile(r"by (?:RFE/RL|VOA|Radio [\w ]{2,30}|Current Time)[\w' ]{0,30}", re.I)
_WORD = re.compile(r"[^\W\d_]{4,}")


class Unboxed(NamedTuple):
    """Lines without boxes."""

    lines: list[str]
    removed: list[Removed]
    shown: frozenset[str]
    """Lines that a notice announces as pictures."""


def without_boxes(lines: Sequence[str], language: str | None, *, title: str = "") -> Unboxed:
    """Return ``lines`` without what stands in boxes beside or between them; ``title`` is never taken."""
    reasons = [
        boilerplate_reason(line, language) if len(line) <= MAX_NOTICE and not is_plain_text(line) else None
        for line in lines
    ]
    players = _mark_players(lines, reasons, language)
    _mark_bare_labels(lines, reasons)
    _mark_titles(lines, reasons, players, language)
    for place in undesirable_notice(lines):
        reasons[place] = "notice"
    shown = _mark_warnings(lines, reasons)
    _mark_promotions(lines, reasons, title)
    return Unboxed(
        [line for line, reason in zip(lines, reasons, strict=True) if reason is None],
        [Removed(line, reason) for line, reason in zip(lines, reasons, strict=True) if reason is not None],
        shown,
    )


def _mark_players(lines: Sequence[str], reasons: list[str | None], language: str | None) -> frozenset[int]:
    """Mark the lines of players, with the few lines between two of them that end no sentence."""
    places = [place for place, line in enumerate(lines) if _is_player(line, reasons[place], language)]
    for place in places:
        reasons[place] = "boilerplate"
        after = place + 1
        if after < len(lines) and reasons[after] is None and _BY_HOUSE.fullmatch(lines[after]):
            reasons[after] = "boilerplate"
    for first, second in pairwise(places):
        between = range(first + 1, second)
        if len(between) <= MAX_BETWEEN and all(_is_title(lines[place]) for place in between):
            for place in between:
                reasons[place] = reasons[place] or "boilerplate"
    return frozenset(places)


def _is_player(line: str, reason: str | None, language: str | None) -> bool:
    if len(line) > MAX_NOTICE or reason == "related" or is_plain_text(line):
        return False
    if reason is None:
        return _PROVIDED.match(line) is not None
    return (
        _TIMES.fullmatch(line) is not None
        or _PROVIDED.match(line) is not None
        or compared_form(line) in _player_forms(language)
    )


def _mark_bare_labels(lines: Sequence[str], reasons: list[str | None]) -> None:
    """Mark labels that may open sentences, where they stand alone with a colon above a headline ("WATCH:")."""
    for place, line in enumerate(lines):
        is_label = len(line) <= MAX_BARE_LABEL and line.endswith(_COLONS) and compared_form(line) in AMBIGUOUS_LABELS
        if is_label and _is_free_headline(lines, place + 1, reasons):
            reasons[place] = "related"


def _mark_titles(
    lines: Sequence[str], reasons: list[str | None], players: frozenset[int], language: str | None
) -> None:
    """Mark the headline below a label that points elsewhere, and the titles below a label of a list."""
    labels, lists = label_forms(language), _list_forms(language)
    for place, line in enumerate(lines):
        if len(line) > MAX_NOTICE or reasons[place] is None or place in players:
            continue
        form = compared_form(line)
        after = place + 1
        if form in lists:
            while _is_title_of_list(lines, after, reasons, label=place):
                reasons[after] = "related"
                after += 1
        elif (
            reasons[place] == "related"
            and (form in labels or line.endswith(_COLONS))
            and _is_free_headline(lines, after, reasons)
        ):
            reasons[after] = "related"


def _mark_warnings(lines: Sequence[str], reasons: list[str | None]) -> frozenset[str]:
    """Mark warnings of sensitive pictures; return the lines below them, which are captions."""
    shown: set[str] = set()
    for place, line in enumerate(lines):
        if len(line) <= MAX_NOTICE and not is_plain_text(line) and warns_of_picture(line):
            reasons[place] = "notice"
            below = lines[place + 1] if place + 1 < len(lines) else ""
            if below and (_is_title(below) or ending_day(below) is not None):
                shown.add(below)
    return frozenset(shown)


def _mark_promotions(lines: Sequence[str], reasons: list[str | None], title: str) -> None:
    """Mark promotions, with the title above each that shares a word with it."""
    text = [place for place, reason in enumerate(reasons) if reason is None]
    end = frozenset(text[-AT_END:] if len(text) > AT_END else [])
    for place in text:
        line = lines[place]
        if not (_is_between_promotions(lines, place, reasons) or is_promotion(line, at_end=place in end)):
            continue
        reasons[place] = "promotion"
        above = place - 1
        words = {word.casefold() for word in _WORD.findall(line)}
        while above > 0 and reasons[above] is None and lines[above] != title and _is_title(lines[above]):
            if words.isdisjoint(word.casefold() for word in _WORD.findall(lines[above])):
                break
            reasons[above] = "promotion"
            above -= 1


def _is_free_headline(lines: Sequence[str], place: int, reasons: Sequence[str | None]) -> bool:
    return place < len(lines) and reasons[place] is None and _is_headline(lines[place])


def _is_between_promotions(lines: Sequence[str], place: int, reasons: Sequence[str | None]) -> bool:
    return 0 < place < len(lines) - 1 and reasons[place - 1] == "promotion" and asks_to_click(lines[place + 1])


def _is_title(line: str) -> bool:
    return len(line) <= MAX_TITLE and not ends_sentence(line)


def _is_headline(line: str) -> bool:
    """Return whether a line may be the headline of another story, a question or an exclamation too."""
    return len(line) <= MAX_TITLE and (
        not ends_sentence(line) or (line.endswith(("?", "!", "؟", "？")) and len(line) <= 120)
    )


def _is_title_of_list(lines: Sequence[str], place: int, reasons: Sequence[str | None], *, label: int) -> bool:
    """Return whether a line is a title below the label of a list; the last one above a paragraph may be a heading."""
    if place >= len(lines) or reasons[place] is not None or not _is_title(lines[place]):
        return False
    is_above_text = place + 1 < len(lines) and is_text(lines[place + 1])
    return not is_above_text or place == label + 1


@cache
def _player_forms(language: str | None) -> frozenset[str]:
    return frozenset(map(comparable, phrases_of(PLAYER, language)))


@cache
def _list_forms(language: str | None) -> frozenset[str]:
    """Return the labels above lists of other stories."""
    return frozenset(
        comparable(phrase)
        for phrase in phrases_of(ELSEWHERE, language)
        if small(phrase) in _LISTS or (len(phrase) > 6 and any(stem in phrase for stem in _LIST_STEMS))
    )


_LISTS = frozenset({"related", "popular", "популярное", "популярне", "najčitanije", "terpopuler"})
_LIST_STEMS = (
    *(
        "picks",
        "most ",
        "latest",
        "top stories",
        "related",
        "популярн",
        "выбор ред",
        "вибір ред",
        "самое чит",
        "последние",
    ),
    *("останні", "найпоп", "най-чет", "последни", "најчитани", "најнови", "najčitan", "izbor", "më të lex", "cele mai"),
    *(
        "legolv",
        "ամենա",
        "ən çox",
        "ყველაზე",
        "پربیننده",
        "پربازدید",
        "برگزیده",
        "көп оқ",
        "көп ок",
        "серхон",
        "köp",
        "кўп ўқ",
    ),
    *(
        "编辑",
        "編輯",
        "热门",
        "熱門",
        "más le",
        "más v",
        "mais lid",
        "plus lus",
        "en çok",
        "editör",
        "terpop",
        "nhiều nhất",
    ),
)
