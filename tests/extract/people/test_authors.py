"""Authors as pages state them: JSON-LD of every shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.extract.chain import article_of
from tests.extract.pangea import Pangea


def person(name: object, **parts: object) -> dict[str, object]:
    return {"@type": "Person", "name": name, **parts}


def organization(name: str) -> dict[str, object]:
    return {"@type": "Organization", "name": name}


def authors(json_ld: dict[str, Any] | str, **parts: Any) -> list[tuple[str, str | None]]:
    article = article_of(Pangea(bylines=[], json_ld=json_ld, **parts).capture())
    return [(author.name, author.url) for author in article.authors]


def names(author: object) -> list[str]:
    return [name for name, _ in authors({"author": author})]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (person("Ann Lee"), ["Ann Lee"]),
        ([person("Ann Lee"), person("Bo Day")], ["Ann Lee", "Bo Day"]),
        (person(["Ann Lee", "Bo Day"]), ["Ann Lee", "Bo Day"]),
        (person("Ann Lee, Bo Day"), ["Ann Lee", "Bo Day"]),
        (person("Ann Lee and Bo Day, dpa"), ["Ann Lee", "Bo Day", "dpa"]),
        (person("By Ann Lee"), ["Ann Lee"]),
        (person("Lee, Jr."), ["Lee, Jr."]),
        ({"@type": "Person", "givenName": "Ann", "familyName": "Lee"}, ["Ann Lee"]),
        ([None, "", {"name": ""}, "Ann Lee"], ["Ann Lee"]),
        ("#ann", []),
        ("https://example.org/ann", []),
    ],
)
def test_persons_in_any_shape(author: object, expected: list[str]) -> None:
    assert names(author) == expected


@pytest.mark.parametrize("name", ["You, Xiaoying", "Li, Wei", "van der Berg, Jan", "Łąka, Anna Maria", "Лугова, Ганна"])
def test_a_person_whose_family_name_comes_first_is_one(name: str) -> None:
    assert names(person(name)) == [name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reuters, AP", ["Reuters", "AP"]),
        ("Ann Lee, Reuters", ["Ann Lee", "Reuters"]),
        ("Анна Луговая, Пётр", ["Анна Луговая", "Пётр"]),
    ],
)
def test_other_commas_in_the_name_of_a_person_part_two(name: str, expected: list[str]) -> None:
    assert names(person(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RFE/RL's Ukrainian Service", ["RFE/RL's Ukrainian Service"]),
        ("Field, Snow and Daughters", ["Field, Snow and Daughters"]),
        ("By Field & Snow", ["Field & Snow"]),
        ("Reuters and AP", ["Reuters", "AP"]),
    ],
)
def test_an_organization_is_one_unless_it_is_agencies(name: str, expected: list[str]) -> None:
    assert names(organization(name)) == expected


@pytest.mark.parametrize("reference", [{"@id": "#ann"}, [{"@id": "#ann"}], "#ann"])
@pytest.mark.parametrize("is_nested", [False, True])
def test_a_reference_leads_to_the_author(reference: object, *, is_nested: bool) -> None:
    ann = {**person("Ann Lee", url="/author/ann"), "@id": "#ann"}
    other = {"@type": "WebPage", "author": ann} if is_nested else ann
    item = {"@type": "NewsArticle", "headline": "H", "author": reference}

    found = authors(json.dumps({"@context": "https://schema.org", "@graph": [other, item]}))

    assert found == [("Ann Lee", "https://www.rferl.org/author/ann")]


def test_the_article_within_the_description_of_its_page_is_read() -> None:
    item = {"@type": "NewsArticle", "headline": "Another Title", "author": person("Ann Lee")}
    page = json.dumps({"@type": "WebPage", "mainEntity": item})

    assert authors(page) == [("Ann Lee", None)]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee, Wend Courier", ["Ann Lee"]),
        ("Wend Courier", ["WEND Courier"]),
        (None, ["WEND Courier"]),
    ],
)
def test_where_only_the_house_is_named_the_head_may_name_a_person(meta: str | None, expected: list[str]) -> None:
    item = {"author": organization("WEND Courier"), "publisher": organization("Wend Courier")}
    metas = f'<meta name="Author" content="{meta}">' if meta else ""

    assert [name for name, _ in authors(item, metas=metas)] == expected


def test_a_person_in_json_ld_is_not_replaced_by_another_in_the_head() -> None:
    item = {"author": person("Ann Lee"), "publisher": organization("Wend Courier")}

    assert authors(item, metas='<meta name="Author" content="Bo Day">') == [("Ann Lee", None)]
