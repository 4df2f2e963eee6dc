"""Each fault is found and named with file, offset, record and reason; what is sound is called sound."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from newscrawl.archive.cdxj.index import CdxjIndex
from newscrawl.archive.indexing import entries_of
from newscrawl.archive.verify.record_links import Fault
from newscrawl.archive.verify.verify import verify
from newscrawl.archive.wacz.package import write_wacz
from newscrawl.files.sources import Source
from tests.archive.commandline import scrapy
from tests.archive.samples import (
    CODINGS,
    gzipped,
    instant,
    message,
    page,
    record,
    record_id,
    request,
    response,
    revisit,
    sha1,
    url_of,
    warc_date,
    warcinfo,
    written,
)


def faults(*paths: Path) -> list[Fault]:
    return [fault for verdict in verify(paths).verdicts for fault in verdict.faults]


def reasons(path: Path, *records: bytes) -> list[str]:
    written(path, records)
    return [fault.reason for fault in faults(path)]


@pytest.mark.parametrize("suffix", CODINGS)
def test_a_sound_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    digests = (("WARC-Block-Digest", sha1(message(page(1)))), ("WARC-Payload-Digest", sha1(page(1))))
    written(path, [warcinfo(), response(1, fields=digests), request(1), revisit(2, 1)])

    verification = verify([path])

    assert verification.sound
    assert [(each.path, each.records) for each in verification.verdicts] == [(str(path), 4)]
    assert verification.unchecked_links == 0


def digests_of(block: bytes, payload: bytes, algorithm: str, code) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, f"{algorithm}:{code(hashlib.new(algorithm, data).digest())}")
        for name, data in (("WARC-Block-Digest", block), ("WARC-Payload-Digest", payload))
    )


def base32(digest: bytes) -> str:
    import base64

    return base64.b32encode(digest).decode()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5", "sha512"])
@pytest.mark.parametrize("code", [base32, bytes.hex, lambda digest: digest.hex().upper()])
def test_digests_of_every_algorithm_and_spelling_are_checked(tmp_path: Path, algorithm: str, code) -> None:
    block, other = message(page(1)), message(page(2))
    right = response(1, fields=digests_of(block, page(1), algorithm, code))
    assert reasons(tmp_path / "a.warc.gz", right) == []

    wrong = response(1, fields=digests_of(other, page(2), algorithm, code))
    assert [reason.split(" ")[0] for reason in reasons(tmp_path / "a.warc.gz", wrong)] == [
        "WARC-Block-Digest",
        "WARC-Payload-Digest",
    ]


def test_both_conventions_of_the_payload_digest_are_accepted(tmp_path: Path) -> None:
    framed = b"4\r\npage\r\n0\r\n\r\n"
    block = message(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + framed
    for payload, count in ((b"page", 0), (framed, 0), (b"other", 1)):
        data = record("response", block, 1, url=url_of(1), fields=[("WARC-Payload-Digest", sha1(payload))])
        assert len(reasons(tmp_path / "a.warc", data)) == count


def test_digest_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    for value in ("sha1:short", "crc32:AAAA", "nothing"):
        (reason,) = reasons(tmp_path / "a.warc", response(1, fields=[("WARC-Block-Digest", value)]))
        assert reason == f"WARC-Block-Digest '{value}' cannot be read"


BROKEN = {
    "no WARC-Type": response(1).replace(b"WARC-Type: response\r\n", b""),
    "no WARC-Record-ID": response(1).replace(b"WARC-Record-ID", b"X-Record-ID"),
    "is not a URI in angle brackets": response(1).replace(b"<urn:uuid", b"<urn uuid"),
    "a response record without WARC-Target-URI": record("response", message(b"x"), 1),
    "a revisit record without WARC-Profile": record("revisit", b"", 1, url=url_of(1)),
    "the field WARC-Date occurs more than once": response(1, fields=[("WARC-Date", warc_date(1))]),
    "no WARC-Date": response(1).replace(b"WARC-Date", b"X-Date"),
    "is not a date of WARC/1.0": response(1, version="WARC/1.0"),
    "is not a date of WARC/1.1": response(1).replace(b"2025-01-01", b"2025-13-01"),
    "not with two line ends": response(1, end=b"\r\n"),
    "no HTTP status line": record("response", b"<html>", 1, url=url_of(1)),
    "not an HTTP request": record("request", b"<html>", 1, url=url_of(1)),
    "names its own record": response(1, fields=[("WARC-Refers-To", record_id(1))]),
    "WARC-Concurrent-To leads to no record": response(1, fields=[("WARC-Concurrent-To", record_id(77))]),
    "Content-Length 12 is false": response(1, length=12),
    "no record begins here": b"monkeys",
}


@pytest.mark.parametrize("reason", BROKEN)
def test_each_fault_is_named_with_its_place(tmp_path: Path, reason: str) -> None:
    for suffix in (".warc", ".warc.gz"):
        path = tmp_path / f"a{suffix}"
        offsets = written(path, [warcinfo(), BROKEN[reason]])

        found = faults(path)

        assert [fault.offset for fault in found] == [offsets[1]]
        assert reason in found[0].reason
        assert found[0].path == str(path)
        # An unreadable record has no id to name.
        assert found[0].record_id in (record_id(1), None, "<urn uuid" + record_id(1)[9:])
        assert str(path) in str(found[0])
        path.unlink()


def test_records_that_share_a_member_are_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzipped(warcinfo() + response(1)))

    assert {fault.reason for fault in faults(path)} == {"compressed together with other records, so it has no offset"}


def test_torn_and_corrupt_members_are_faults_at_their_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    members = [bytearray(gzipped(data)) for data in (warcinfo(), response(1), response(2))]
    members[1][-6] ^= 1
    path.write_bytes(b"".join(members)[:-3])

    found = faults(path)

    assert [fault.offset for fault in found] == [len(members[0]), len(members[0]) + len(members[1])]
    assert all("broken gzip member" in fault.reason for fault in found)


def test_record_id_that_occurs_twice_is_a_fault_across_files(tmp_path: Path) -> None:
    one, two = tmp_path / "a.warc", tmp_path / "b.warc"
    written(one, [response(1)])
    written(two, [response(1)])

    assert [(f.path, f.reason) for f in faults(one, two)] == [(str(two), f"the record id {record_id(1)} occurs twice")]


def test_link_to_a_file_that_is_not_given_is_unchecked(tmp_path: Path) -> None:
    one, two = tmp_path / "a.warc", tmp_path / "b.warc"
    written(one, [revisit(2, 1)])
    written(two, [response(1)])

    assert verify([one, two]).unchecked_links == 0
    assert verify([one]).unchecked_links == 1
    assert verify([one]).sound


def test_revisit_that_names_another_url_for_its_original_is_a_fault(tmp_path: Path) -> None:
    refers_to = [
        ("WARC-Refers-To", record_id(1)),
        ("WARC-Refers-To-Target-URI", url_of(9)),
        ("WARC-Refers-To-Date", warc_date(1)),
    ]
    (reason,) = reasons(tmp_path / "a.warc", response(1), revisit(2, 1, fields=refers_to))
    assert "another URL or date than it names" in reason


def indexed(path: Path) -> Path:
    index = path.with_suffix("").with_suffix(".cdxj")
    with CdxjIndex(index) as lines:
        for entry in entries_of(Source(str(path)), lambda error: pytest.fail(str(error))):
            lines.add(entry)
    return index


def test_index_beside_a_file_is_checked_against_it(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    offsets = written(path, [warcinfo(), response(1), response(2), revisit(3, 1)])
    index = indexed(path)
    assert verify([path]).sound
    lines = index.read_bytes().splitlines(keepends=True)

    index.write_bytes(b"".join(lines[1:]))
    assert [(f.offset, f.reason) for f in faults(path)] == [(offsets[1], "not in the index")]

    index.write_bytes(b"".join(lines).replace(b'"offset": "%d"' % offsets[1], b'"offset": "7"'))
    assert {(f.path, f.offset, f.reason) for f in faults(path)} == {
        (str(path), offsets[1], "not in the index"),
        (str(index), 0, "leads to no record: a.warc.gz, offset 7"),
    }

    index.write_bytes(b"".join([lines[1], lines[0], lines[2]]))
    assert [(f.path, f.offset, f.reason) for f in faults(path)] == [
        (str(index), len(lines[1]), "the lines are not sorted")
    ]

    index.write_bytes(b"".join(lines).replace(b'"https://www.example.org/a/2', b'"https://www.example.org/a/9'))
    assert [(f.offset, f.reason) for f in faults(path)] == [(offsets[2], "the index has another URL or time for it")]

    index.write_bytes(b"".join(lines).replace(b'"length": "', b'"length": "1'))
    assert {f.reason.split(" says ")[0] for f in faults(path)} == {"the index"}

    index.write_bytes(b"".join(lines) + b"rubbish\n")
    assert "not a line of CDXJ" in faults(path)[0].reason


def repacked(source: Path, target: Path, **changes: bytes | None) -> Path:
    """A copy of a package with some entries (dots as underscores, without folders) replaced, left out, or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changes.pop(name.rpartition("/")[2].replace(".", "_").replace("-", "_"), old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changes.items():
            new.writestr(name, content or b"")
    return target


def test_faults_of_packages_are_named(tmp_path: Path) -> None:
    warc = tmp_path / "a.warc.gz"
    written(warc, [warcinfo(), response(1), response(2)])
    package = tmp_path / "a.wacz"
    write_wacz([warc], package)
    other = tmp_path / "b.wacz"
    assert verify([package]).sound

    def found(**changes: bytes | None) -> list[str]:
        return [fault.reason for fault in faults(repacked(package, other, **changes))]

    pages = b'{"format": "json-pages-1.0", "id": "pages"}\n{"url": "x"}\nrubbish\n'
    assert [r for r in found(pages_jsonl=pages) if r.startswith("pages/pages.jsonl, line")] == [
        "pages/pages.jsonl, line 2 has no ts",
        "pages/pages.jsonl, line 3 cannot be read: Expecting value: line 1 column 1 (char 0)",
    ]
    assert "pages/pages.jsonl is listed, but missing" in found(pages_jsonl=None)
    assert "extra is in it, but not listed" in found(extra=b"x")
    assert "no datapackage.json" in found(datapackage_json=None)
    assert "datapackage.json has the sha256" in " ".join(found(datapackage_json=b'{"resources": []}'))
    cut = found(a_warc_gz=warc.read_bytes()[:-5])
    assert any(r.startswith(f"archive/a.warc.gz has {warc.stat().st_size - 5} bytes") for r in cut)
    assert any("broken gzip member" in r for r in cut)
    assert any("leads to no record" in r for r in cut)
    other.write_bytes(package.read_bytes()[:-10])
    assert ["is not a readable zip file" in fault.reason for fault in faults(other)] == [True]


def test_faults_above_the_limit_are_counted_but_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newscrawl.archive.verify.verify.MAX_FAULTS", 5)
    path = tmp_path / "a.warc"
    written(path, [response(1)] * 10)

    (verdict,) = verify([path]).verdicts

    assert (len(verdict.faults), verdict.fault_count) == (5, 9)


STRICTER = {
    # file -> what warcio 1.8.1 does not mind
    "books.toscrape.warc": "the record ends with",
    "parseMe.warc": "the record ends with",
    "clipped.warc.gz": "the file ends inside it",
    "20141124-heritrix-server-not-modified.warc.gz": "the record ends with",
    "test-arc-1.0-dashed-fields.arc": "Content-Length 4270 is false",
    "test-arc-1.0-invalid-fields.arc": "no record begins here",
    "invalid-warcfile-duplicate-fields.warc": "occurs more than once",
    "invalid-warcfile-fields-missing.warc": "is not a number",
    "invalid-warcfile-lonely-continuation.warc": "a record without Content-Length",
    "invalid-warcfile-lonely-monkeys.warc": "a record without Content-Length",
    "invalid-warcfile-lonely-warcinfo-metadata.warc": "a record without Content-Length",
    "invalid-warcfile-segment-number-continuation.warc": "occurs twice",
    "invalid-warcfile-segment-number-response.warc": "occurs twice",
    "valid-warcfile-duplicate-concurrentto.warc": "WARC-Concurrent-To leads to no record",
    "valid-warcfile-fields-metainfo.warc": "WARC-Concurrent-To leads to no record",
    "bad.arc": "no HTTP status line at the start",
    "example-iana.warc": "not an HTTP request: b'GET /\\r\\n",
    "example-warcinfo-metadata.warc": "not an HTTP request: b'HTTP/1.1 200 OK",
    "example-space-in-url.arc": "torn",
}
MORE_ABLE = {
    "block-sized-records.warc.lz4": "warcio has no LZ4",
    "warcfile.warc.lz4": "warcio has no LZ4",
    "valid-warcfile-fields-continuation.warc": "warcio does not join folded header lines, and so digests another block",
}


def test_verdicts_on_files_of_other_tools_differ_from_warcio_only_where_explained(shared: Path) -> None:
    manifest = json.loads((shared / "warcs" / "manifest.json").read_text())
    assert len(manifest) == 80
    stricter, more_able = {}, set()
    for described in manifest:
        path = shared / "warcs" / described["file"]
        found = faults(path)
        if described.get("n") is None:
            # Of packages and indexes the manifest says nothing: their names do. Signatures are not ours to check.
            assert bool(found) == (path.name in ("invalid_example_1.wacz", "hello-world.warc.cdx")), path
            continue
        theirs_sound = not described["warcio_error"] and "False" not in described["digests"]
        if found and theirs_sound:
            stricter[path.name] = found[0].reason
        if not found and not theirs_sound:
            more_able.add(path.name)
    assert set(stricter) == set(STRICTER)
    assert [name for name, reason in stricter.items() if STRICTER[name] not in reason] == []
    assert more_able == set(MORE_ABLE)


def test_command_reports_faults_by_exit_status(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    written(good, [warcinfo(), response(1)])
    offsets = written(bad, [response(2), response(3, version="WARC/1.0")])

    sound = scrapy("verify", good)
    assert (sound.status, sound.out) == (0, "1 archive, 2 records: no faults\n")

    faulty = scrapy("verify", good, bad)
    assert faulty.status == 1
    assert faulty.out.splitlines()[0].startswith(f"{bad}: offset {offsets[1]}, record {record_id(3)}: WARC-Date")

    listed = scrapy("verify", "--json", tmp_path)
    first, second = map(json.loads, listed.out.splitlines())
    assert listed.status == 1
    assert (first["path"], first["sound"], first["records"]) == (str(good), True, 2)
    assert second["faults"][0]["offset"] == offsets[1]

    for arguments in ((), ("nowhere.warc",), ("--wrong", good), ("nosuch://x",)):
        refused = scrapy("verify", *arguments)
        assert refused.status == 2, arguments
        assert refused.err or refused.out


def test_salvage_command_closes_what_was_left_open(tmp_path: Path) -> None:
    left = tmp_path / "a.warc.gz.open"
    left.write_bytes(gzipped(response(1)) + gzipped(response(2))[:-1])

    done = scrapy("salvage", tmp_path)

    assert done.status == 0
    assert f"{left}: closed; 1 record, {len(gzipped(response(1)))} bytes kept" in done.out
    assert f"offset {len(gzipped(response(1)))}: broken gzip member" in done.out
    assert scrapy("verify", tmp_path / "a.warc.gz").status == 0
    assert "no files were left open" in scrapy("salvage", tmp_path).out
    assert scrapy("salvage", tmp_path / "none").status == 2
    assert scrapy("salvage", "-s", f"WARC_DIRECTORY={tmp_path}").status == 0
    left.write_bytes(gzipped(response(1)))
    assert scrapy("salvage", tmp_path).status == 1, "its final name is taken"
    assert instant(1)
