"""Base32 of digests as the fields write it, and record ids."""

from __future__ import annotations

import base64
import uuid
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.records.digests import sha1_field, sha1_of_field
from newscrawl.archive.records.record_ids import record_ids


@given(st.binary(min_size=20, max_size=20))
def test_a_digest_and_its_field(digest: bytes) -> None:
    field = sha1_field(digest)
    assert field == "sha1:" + base64.b32encode(digest).decode("ascii")
    assert sha1_of_field(field) == digest


@pytest.mark.parametrize("text", ["", "A" * 31, "A" * 33, "a" * 32, "1" * 32, "+" + "A" * 31, "A_" * 16, "é" * 32])
def test_what_is_no_digest_of_ours(text: str) -> None:
    assert sha1_of_field("sha1:" + text) is None
    assert sha1_of_field("md5:" + "A" * 32) is None


def test_record_ids() -> None:
    ids = set(islice(record_ids(), 2_000))
    assert len(ids) == 2_000
    for record_id in ids:
        text = record_id.removeprefix("<urn:uuid:").removesuffix(">")
        read = uuid.UUID(text)
        assert (str(read), read.version, read.variant) == (text, 4, uuid.RFC_4122)
