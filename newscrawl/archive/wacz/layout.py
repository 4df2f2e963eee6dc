"""Where the parts of a WACZ package are. Source: https://specs.webrecorder.net/wacz/1.1.1/#directory-layout."""

from __future__ import annotations

ARCHIVE = "archive/"
DESCRIPTION = "datapackage.json"
DIGEST = "datapackage-digest.json"
INDEX = "indexes/index.cdx.gz"
INDEX_OF_INDEX = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
EXTRA_PAGES = "pages/extraPages.jsonl"
