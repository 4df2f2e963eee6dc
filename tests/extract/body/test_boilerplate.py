"""Furniture of the page leaves the text in every language; sentences that mention it stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.body.boilerplate import MAX_AFTER_TEXT, is_furniture, without_boilerplate
from newscrawl.extract.phrases import primary
from newscrawl.extract.phrases.boilerplate import OTHER_STORIES
from newscrawl.extract.phrases.months import MONTHS
from newscrawl.extract.phrases.page_boilerplate import ALONE
from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.items import Removed

STORY = ["The bridge was closed for nine days.", "It carries 4,000 cars an hour."]
UNKNOWN = {"bm", "ln", "he", "sv", "nl", "cs", "it", "pl", "ar", "de", "fr", "es"}
"""No page of a service at hand shows the words, or the family has no service in the language."""
FAMILY = {primary(language) for language in MONTHS} - UNKNOWN


@pytest.mark.parametrize("language", sorted(ALONE))
def test_labels_and_notices_leave_in_every_language(language: str) -> None:
    dresses = ("{}", "• {}", "{}:", "{}…", "| {} |")
    lines = [dress.format(phrase.capitalize()) for phrase in ALONE[language] for dress in dresses]

    assert [line for line in lines if not is_furniture(line, language)] == []
    assert [line for line in lines if not is_furniture(line, None)] == []


@pytest.mark.parametrize("language", sorted(ALONE))
def test_they_go_from_anywhere_in_the_text_and_are_on_record(language: str) -> None:
    label = ALONE[language][0].capitalize()

    found = without_boilerplate([label, STORY[0], label, STORY[1], label], language)

    assert found.paragraphs == STORY
    assert found.removed == (Removed(label, "boilerplate"),) * 3


@pytest.mark.parametrize("language", sorted(FAMILY - {"bm", "hr", "ln"}))  # no page of these is at hand
def test_every_language_of_the_family_has_its_words(language: str) -> None:
    assert ALONE[language]


@pytest.mark.parametrize("language", sorted(ALSO_READ))
def test_read_also_lines_leave_in_every_language(language: str) -> None:
    lines = [f"{phrase.capitalize()}: Most i mlin 2 МОСТ" for phrase in ALSO_READ[language]]

    assert {line: without_boilerplate([STORY[0], line], language).removed for line in lines} == {
        line: (Removed(line, "related"),) for line in lines
    }


@pytest.mark.parametrize("language", sorted(ALSO_READ))
def test_a_label_of_its_own_takes_the_title_with_it(language: str) -> None:
    for phrase in set(ALSO_READ[language]) - {"watch", "listen", "related"}:
        label = f"{phrase.capitalize()}:"
        found = without_boilerplate([STORY[0], label, "The mill and the bridge", STORY[1]], language)

        assert found.paragraphs == STORY, phrase
        assert [removed.reason for removed in found.removed] == ["related", "related"], phrase


def test_a_sentence_after_a_label_stays() -> None:
    assert without_boilerplate(["Read also:", *STORY], "en").paragraphs == STORY


@pytest.mark.parametrize(
    "line",
    [
        "0:00 0:22:05 0:00",
        "00:00 12:31",
        "240p | 5.1MB",
        "270p | 7.6MB 360p | 14.2MB",
        "XS SM MD LG",
        "No media source currently available 0:00 0:01:05",
        "The code has been copied to your clipboard. width px height px",
        "Auto 240p 360p 480p 720p 1080p",
        "Auto",
        "0:00 0:03:24",
        "0:00 0:03:24 0:00",
        "Embed share The code has been copied to your clipboard. width px height px",
        "Share The URL has been copied to your clipboard",
        "Embed Share",
        "Comments (12)",
        "Коментарі (3)",
        "width px height px",
        "Follow us on Facebook",
        "Subscribe to our newsletter",
        "_____________",
        "* * *",
        "–––",
        ".",
        "Embed",
        "Direct link Pop-out player",
        "64 kbps | MP3",
        "Download 128 kbps | MP3",
        "Molimo pričekajte No media source currently available 0:00 0:29:59 0:00",
        "Илтимос кутинг Айни дамда медиа-манба мавжуд эмас 0:00 0:23:53 0:00",
        "please wait Embed No media source currently available 0:00 0:03:59 0:00",
        "Your browser doesn’t support HTML5",
        "Браузери шумо HTML5-ро намешиносад",
        "READ MORE The Mill And The Bridge",
        "ЧИТАЙТЕ ТАКЖЕ Мельница и мост",
    ],
)
def test_players_and_pointers_leave(line: str) -> None:
    assert without_boilerplate([STORY[0], line], None).paragraphs == STORY[:1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell on the news.",
        "Print newspapers are read in Oakfield.",
        "Comments were not welcome, she said.",
        "Breaking news of the flood reached the mill at dawn.",
        "“Read more,” she told the children: they did.",
        "Related stories are told about the mill.",
        "Форум открылся в Зареченске.",
        "Форум 2024",
        "The bridge (1912)",
        "Печать выходит раз в неделю.",
        "Поділитися хлібом прийшли всі.",
        "چاپ کتاب در تهران دشوار است.",
        "…",
        "?!",
        "❄",
        "(…)",
        "Follow us on the bridge, he said",
        "Live music is played on the bridge.",
        "At 10:15 the bridge was closed.",
        "Watch the bridge, he said",
    ],
)
def test_sentences_with_the_same_words_stay(sentence: str) -> None:
    assert without_boilerplate([STORY[0], sentence, STORY[1]], None).paragraphs == [STORY[0], sentence, STORY[1]]


def test_the_bio_leaves_with_what_follows_it() -> None:
    bio = ["16x9 Image", "Anna Weaver", "Anna Weaver reports from Oakfield.", "weavera@example.org", "Follow"]

    found = without_boilerplate([*STORY, *bio], "en")

    assert found.paragraphs == STORY
    assert found.removed == tuple(Removed(line, "bio") for line in bio)


def test_a_portrait_above_the_text_ends_nothing() -> None:
    paragraphs = [STORY[0], "16x9 Image", *(f"Paragraph {n} of the text." for n in range(8))]

    found = without_boilerplate(paragraphs, "en")

    assert found.paragraphs == [STORY[0], *paragraphs[2:]]
    assert found.removed == (Removed("16x9 Image", "boilerplate"),)


@pytest.mark.parametrize(
    "blurb",
    [
        "RFE/RL journalists report the news in 27 languages in 23 countries where a free press is banned.",
        "RFE/RL's Tatar-Bashkir Service is the only major international news provider in the Tatar language.",
        "RFE/RL’s Belarus Service is one of the leading providers of news.",
        "RFE/RL's Radio Farda breaks through government censorship to deliver accurate news.",
        "RFE/RL's North Caucasus Service is tackling the difficult challenge of providing news to its audience.",
        "RFE/RL's Radio Mashaal is a public-service broadcaster providing a powerful alternative.",
        "RFE/RL's Russian Service is a multi-platform alternative to Russian state-controlled media.",
        "RFE/RL's Romanian Service relaunched its operations in 2019 after more than a decade.",
        "Siberia.Realities is a regional news outlet of RFE/RL's Russian Service.",
        "Current Time is the Russian-language TV and digital network run by RFE/RL.",
        "Schemes (Skhemy) is the award-winning investigative project of RFE/RL's Ukrainian Service.",
        "Systema is RFE/RL's Russian-language investigative unit, which goes deep.",
        "RFE/RL's Kazakh Service offers informed and accurate reporting in the Kazakh language.",
    ],
)
def test_the_house_does_not_describe_itself_in_the_text(blurb: str) -> None:
    found = without_boilerplate([*STORY, blurb], "en")

    assert (found.paragraphs, found.removed) == (STORY, (Removed(blurb, "bio"),))


@pytest.mark.parametrize(
    "sentence",
    [
        "RFE/RL's Romanian Service relaunched its operations in 2019.",
        "Current Time is the Russian-language network that was fined.",
        "Schemes is a project that the mayor reads.",
    ],
)
def test_what_a_story_says_of_the_house_stays(sentence: str) -> None:
    assert without_boilerplate([*STORY, sentence, STORY[0]], "en").paragraphs == [*STORY, sentence, STORY[0]]


def test_the_house_may_be_the_subject_of_a_story() -> None:
    paragraphs = [STORY[0], "RFE/RL's Tatar-Bashkir Service is the target of a fine.", "RFE/RL called it an outrage."]

    assert without_boilerplate(paragraphs, "en").paragraphs == paragraphs


@pytest.mark.parametrize("marker", OTHER_STORIES)
def test_other_stories_below_the_text_are_none_of_it(marker: str) -> None:
    others = [f"▶ {marker.title()}", "The Mill Burns", "The mill burned on May 9."]

    found = without_boilerplate([*STORY, *others], "en")

    assert found.paragraphs == STORY
    assert {removed.reason for removed in found.removed} == {"related"}


def test_too_long_an_end_is_no_bio() -> None:
    end = ["16x9 Image", *(f"Paragraph {n} of the text." for n in range(MAX_AFTER_TEXT + 1))]

    assert len(without_boilerplate([*STORY, *end], "en").paragraphs) == len(STORY) + len(end) - 1


@given(
    st.lists(
        st.one_of(st.text(max_size=60), st.sampled_from(["Share", "16x9 Image", "Read also:", *STORY])), max_size=12
    ),
    st.sampled_from([None, "en", "ru", "xx"]),
)
def test_whatever_the_text_nothing_vanishes(paragraphs: list[str], language: str | None) -> None:
    found = without_boilerplate(paragraphs, language)

    assert sorted([*found.paragraphs, *(removed.text for removed in found.removed)]) == sorted(paragraphs)
    assert {removed.reason for removed in found.removed} <= {"boilerplate", "related", "bio"}
