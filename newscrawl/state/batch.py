"""Collect what a crawl has done and not yet stored, and store it in an order that loses nothing.

First the WARC records, then the lines, then the state, each on the disk before the next: a line never names a record
that is not there, and the state never counts an article as written that has no line. When the machine dies between the
two, the next start imports the lines that the state does not know (:mod:`newscrawl.state.startup_import`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.archive.records.exchange import Reference
from newscrawl.state.lines import Line, LineFile
from newscrawl.state.records import Announcement, Fetch, Validators
from newscrawl.state.writing import StateWriter

ARTICLES, REJECTED, WARC = "articles", "rejected", "warc"
"""Kinds of files in the state."""


@dataclass(slots=True)
class Batch:
    """What the next commit will store."""

    announcements: list[Announcement] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    rejected: list[Line] = field(default_factory=list)
    revisions: dict[tuple[int, bytes], None] = field(default_factory=dict)
    """Article key and digest of what was written elsewhere than in a file of lines, in this order."""
    fetches: list[Fetch] = field(default_factory=list)
    originals: dict[str, Reference] = field(default_factory=dict)
    """The first capture of each payload, by payload digest."""
    captures: dict[str, str] = field(default_factory=dict)
    """Payload digest by URL."""
    validators: dict[str, Validators] = field(default_factory=dict)
    """Of style sheets, scripts, fonts and images, by URL."""
    archives: dict[str, int] = field(default_factory=dict)
    """By the name of the WARC file: the offset before which all pages are finished."""

    def __len__(self) -> int:
        sized = (len(self.announcements), len(self.lines), len(self.rejected), len(self.fetches), len(self.captures))
        return sum(sized) + len(self.revisions)

    def captured(self, url: str) -> Reference | None:
        """Return the first capture of the payload that ``url`` had last."""
        digest = self.captures.get(url)
        return self.originals.get(digest) if digest else None

    def commit(self, writer: StateWriter, articles: LineFile, rejected: LineFile) -> None:
        """Store the lines, then the state; the WARC records are on the disk already.

        Raises:
            OutputError: the lines cannot be written; nothing of the batch is stored.
            StateError: the state cannot be written; nothing of the batch is stored.
        """
        before = articles.size, rejected.size
        try:
            with writer.transaction():
                writer.announce(self.announcements)
                _append(articles, self.lines, ARTICLES, writer)
                _append(rejected, self.rejected, REJECTED, writer)
                written = {(line.key, line.digest) for line in self.lines}
                for key, digest in self.revisions:
                    if (key, digest) not in written:
                        writer.add_revision(key, digest)
                writer.add_fetches(self.fetches)
                writer.remember_captures((url, digest, self.originals[digest]) for url, digest in self.captures.items())
                writer.remember_validators(self.validators)
                for name, size in self.archives.items():
                    writer.set_file(WARC, name, size)
        except BaseException:
            try:
                articles.take_back(before[0])
            finally:
                rejected.take_back(before[1])
            raise


def _append(file: LineFile, lines: list[Line], kind: str, writer: StateWriter) -> None:
    """Append the lines that say something new; another crawler of a shared frontier may have written some meanwhile."""
    new = [line.content for line in lines if writer.add_revision(line.key, line.digest)]
    if new:
        file.write(b"".join(new))
        file.sync()
        writer.set_file(kind, file.path.name, file.size)
