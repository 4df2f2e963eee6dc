"""All that is measured, in the order of the table."""

from __future__ import annotations

from bench.measuring import Group, Subject

BASELINE, BOUND = "baseline", "bound"

_FUNDUS_PARSER, _FUNDUS_ARTICLE = "Fundus, its parser alone", "Fundus, article with its language"
_FUNDUS_ROWS = (
    "newscrawl: from the bytes to an article, that is decoding, metadata, body, captions told from the body, language, "
    "validation against the schema, digest. Fundus, its parser alone: from decoded text to title, body, authors, date, "
    "topics and images; no language, no validation, no digest. Fundus, article with its language: decoding, the same "
    "parser, `Article`, `to_json()` and `lang`, which langdetect tells from the text, while ours is what the page "
    "says of itself; what this row costs more than the one above it is nearly all langdetect's."
)

ARTICLES = Group(
    "articles",
    "An article from a page of 100 kB",
    "page",
    (
        Subject("newscrawl", "articles:ours", role=BASELINE),
        Subject("trafilatura, with metadata", "articles:trafilatura"),
        Subject("newspaper4k", "peers:newspaper4k", environment="peers"),
        Subject("news-please", "peers:newsplease", environment="newsplease"),
        Subject("readability-lxml (no metadata)", "peers:readability", environment="peers"),
        Subject("Resiliparse (text only)", "peers:resiliparse", environment="newsplease"),
        Subject("parse alone (Lexbor)", "articles:parse_alone", role=BOUND),
    ),
    rounds=3,
    note="120 pages of the sample site, all kinds and languages; the slow ones read the first 30.",
)
PUBLISHER = Group(
    "publisher",
    "An article from a saved page of Voice of America (62 kB)",
    "page",
    (
        Subject("newscrawl", "articles:ours_on_publisher_page", role=BASELINE),
        Subject(_FUNDUS_PARSER, "fundus:parser_alone", environment="peers"),
        Subject(_FUNDUS_ARTICLE, "fundus:article", environment="peers"),
        Subject("trafilatura, with metadata", "articles:trafilatura_on_publisher_page"),
    ),
    rounds=3,
    note="The one site of the family that Fundus has a parser for. " + _FUNDUS_ROWS,
)
SAMPLES = Group(
    "samples",
    "An article from a page of 100 kB that Fundus reads too",
    "page",
    (
        Subject("newscrawl", "articles:ours_on_pages_that_fundus_reads", role=BASELINE),
        Subject(_FUNDUS_PARSER, "fundus:parser_alone_on_samples", environment="peers"),
        Subject(_FUNDUS_ARTICLE, "fundus:article_on_samples", environment="peers"),
    ),
    rounds=5,  # a run is of 75 pages only, so one differs more from the next
    note="Of the 120 pages of the first table the 75 in which Fundus's parser for Voice of America finds a body; all "
    "three read these, and which they are is looked up anew in each run. The markup is the same, but live blogs, text "
    "in lines instead of paragraphs and the legacy era are not what its selectors know, and videos and audios have no "
    "body. What the rows include is said above.",
)
OTHER_PAGES = Group(
    "other-pages",
    "An article from a page of a site that we have no profile for",
    "page",
    (
        Subject("newscrawl, its general extractor", "articles:ours_on_other_pages", role=BASELINE),
        Subject("trafilatura, with metadata", "articles:trafilatura_on_other_pages"),
        Subject("Fundus, the publisher's own parser", "fundus:parsers_of_their_own_pages", environment="peers"),
    ),
    rounds=3,
    note="The pages of Fundus's tests (us, uk, de), 390 kB on average. The text finder supplies the text in ours.",
)
WRITING = Group(
    "writing",
    "An exchange into a WARC file",
    "exchange",
    (
        Subject("newscrawl", "archives:write_ours", role=BASELINE),
        Subject("warcio", "archives:write_warcio"),
        Subject("FastWARC", "archives:write_fastwarc"),
        Subject("deflate alone (isal)", "archives:deflate_alone", role=BOUND),
    ),
    note="Request and gzip-coded response. Ours writes both digests and the crawl's context beside.",
)
READING = Group(
    "reading",
    "A capture from WARC files",
    "capture",
    (
        Subject("newscrawl", "archives:read_ours", role=BASELINE),
        Subject("warcio", "archives:read_warcio"),
        Subject("FastWARC (bodies stay coded)", "archives:read_fastwarc"),
        Subject("inflate alone (isal)", "archives:inflate_alone", role=BOUND),
    ),
    note="Ours and warcio undo the content-coding; ours computes the payload digest beside.",
)
CRAWLING = Group(
    "crawling",
    "A page of 80 kB crawled",
    "page",
    (
        Subject("Scrapy alone, default settings", "crawling:bare", role=BASELINE),
        Subject("newscrawl: fetching", "crawling:fetching"),
        Subject("newscrawl: fetching and extraction", "crawling:extraction"),
        Subject("newscrawl: the same, extraction in the reactor", "crawling:in_the_reactor"),
        Subject("newscrawl: fetching, extraction and state", "crawling:state"),
        Subject("newscrawl: fetching and archive", "crawling:archive"),
        Subject("newscrawl: everything", "crawling:everything"),
        Subject("newscrawl: everything but the archive", "crawling:without_archive"),
        Subject("Scrapy 2.11 alone", "crawling:bare_old", environment="own"),
        Subject("scrapy-webarchive on Scrapy 2.11", "crawling:webarchive", environment="own"),
    ),
    rounds=3,
    note="3,000 pages of the sample site, served gzip-coded from memory on the same two cores; start-up not counted.",
)
REPLAYING = Group(
    "replaying",
    "A page of 100 kB replayed: WARC to JSON Lines",
    "page",
    (
        Subject("newscrawl, 1 process", "replaying:one_process", role=BASELINE),
        Subject("newscrawl, 2 processes", "replaying:two_processes"),
        Subject("newscrawl on Spark, local[2]", "replaying:on_spark"),
        Subject("warcio and trafilatura", "replaying:warcio_trafilatura"),
        Subject("reading alone", "archives:read_ours", role=BOUND),
    ),
    rounds=3,
    note="4,000 pages in 4 gzip WARC files, the start of the processes included; warcio and trafilatura read 60.",
)
REPLAYING_PUBLISHER = Group(
    "replaying-publisher",
    "A page of Voice of America replayed: WARC to JSON Lines",
    "page",
    (
        Subject("newscrawl, 1 process", "replaying:publisher_pages", role=BASELINE),
        Subject("Fundus, CCNewsCrawler", "fundus:replayed", environment="peers"),
        Subject("Fundus, CCNewsCrawler, with the language", "fundus:replayed_with_language", environment="peers"),
        Subject("warcio and trafilatura", "replaying:warcio_trafilatura_on_publisher_pages"),
        Subject("reading alone", "archives:read_publisher_archive", role=BOUND),
    ),
    rounds=3,
    note="One gzip WARC file with the saved page as 2,000 articles, bodies without content-coding as in CC-NEWS. "
    "Fundus reads WARC files over HTTP only: a process of its own, not counted, serves this one on loopback, laid out "
    "as Common Crawl does. Fundus reads the first 300 in one process, warcio and trafilatura 60. The start of the "
    "processes is counted for newscrawl alone.",
)
SITEMAPS = Group(
    "sitemaps",
    "An entry of a sitemap of 20,000 URLs",
    "entry",
    (
        Subject("newscrawl", "formats:sitemap_ours", role=BASELINE),
        Subject("Scrapy's Sitemap", "formats:sitemap_scrapy"),
    ),
    note="Ours streams and keeps the news extension; Scrapy's holds the whole document.",
)
LINES = Group(
    "lines",
    "An article as a JSON line",
    "line",
    (
        Subject("newscrawl", "formats:lines_ours", role=BASELINE),
        Subject("Scrapy's exporter", "formats:lines_scrapy"),
    ),
)
START = Group(
    "start",
    "Start of a command",
    "start",
    (
        Subject("newscrawl list", "formats:start_of_list", role=BASELINE),
        Subject("scrapy version, outside a project", "formats:start_of_scrapy", role=BOUND),
    ),
)
GROUPS = (
    ARTICLES,
    PUBLISHER,
    SAMPLES,
    OTHER_PAGES,
    WRITING,
    READING,
    CRAWLING,
    REPLAYING,
    REPLAYING_PUBLISHER,
    SITEMAPS,
    LINES,
    START,
)
QUICK = ("writing", "reading", "replaying", "sitemaps", "lines", "start", "publisher", "samples", "replaying-publisher")
"""What `make bench-quick` runs, in one round: what is done within two minutes."""
