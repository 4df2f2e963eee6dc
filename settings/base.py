"""Declare every setting of newscrawl once; the other modules of this package change some of them.

This is plain data: nothing of newscrawl is imported, and components are named by their dotted paths.
"""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# ── Who is crawling ──────────────────────────────────────────────────────────────────────────────────────────────────

# A mail address or URL where the operators of the sites reach you; it is part of the user agent and the WARC files.
# In production, no crawl starts without it.
CONTACT = None

# The name that the rules of robots.txt are matched with, whatever the user agent is.
ROBOTSTXT_USER_AGENT = "newscrawl"
USER_AGENT = "newscrawl/0.1 (news archive)"

# ── Politeness ───────────────────────────────────────────────────────────────────────────────────────────────────────

ROBOTSTXT_OBEY = True
# Seconds without an answer for robots.txt (5xx, 429, none at all), counted across crawls, during which nothing of the
# host is fetched. After them the last good copy holds (RFC 9309, 2.3.1.4).
ROBOTS_UNREACHABLE_SECONDS = 86_400
# True: everything is allowed instead.
ROBOTS_UNREACHABLE_ALLOWED = False
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 4
# Enforces that limit exactly, also without a delay; Scrapy's downloader does not.
DOWNLOADER = "newscrawl.scrapy_overrides.downloader.ExactDownloader"
DOWNLOAD_DELAY = 0.25
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0
DOWNLOAD_TIMEOUT = 60
# The largest known page of the family has less than 5 MB, a full sitemap 4.7 MB; media files are not fetched.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
RETRY_TIMES = 3
# Scrapy's own list, and what Cloudflare and other proxies answer when they do not reach the site.
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, *range(520, 531)]
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 8
# Longest time in seconds between two requests to a host, if its robots.txt asks for more (Crawl-delay).
CRAWL_DELAY_MAX = 60
# Longest pause in seconds after Retry-After (on 429 and 503) or repeated failures of a host.
RETRY_AFTER_MAX = 600
# Seconds for which the site's host may fail before the crawl ends; the next crawl fetches the rest.
HOST_DOWN_MAX = 1800
# Whether requests may go to private, loopback and link-local addresses. Those of the sample site are always allowed.
PRIVATE_ADDRESSES_ALLOWED = False
# Checks each address before the recording handler connects to it. None: no check.
ADDRESS_CHECK = "newscrawl.politeness.addresses.PublicAddressCheck"
# Seconds for which an answer of the DNS is used (DNSCACHE_ENABLED, DNSCACHE_SIZE).
DNSCACHE_SECONDS = 60
DOWNLOADER_MIDDLEWARES = {
    # Keeps requests on the hosts of the site, also retries and redirects.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newscrawl.politeness.hosts.SiteHostsMiddleware": 50,
    "newscrawl.politeness.addresses.PublicAddressMiddleware": 60,
    # Obeys RFC 9309; Scrapy's own allows everything where robots.txt cannot be fetched.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.politeness.robots.RobotsMiddleware": 100,
    # Article pages are read from their recorded bytes, so Scrapy does not need to decompress them.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.scrapy_overrides.compression.CompressionMiddleware": 590,
    # Follows articles to other names of the same page, which Scrapy's own takes for duplicates.
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.scrapy_overrides.redirect.PageRedirectMiddleware": 600,
    # Closer to the network than Scrapy's retries (550): a postponed request does not count as a retry.
    "newscrawl.politeness.backoff.BackoffMiddleware": 570,
}

# ── Speed ────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Each response starts this many workers, and our responses have one item each. Four instead of 100 made a bare crawl
# 1.35 times as fast (docs/performance.md).
CONCURRENT_ITEMS = 1
# Bytes of responses that may be in the pipelines at once. Most are counted in their compressed size, so a fifth of
# Scrapy's 5 MB holds as many pages.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1_000_000
# Scrapy's check parses the source of callbacks for each response, which costs 0.2 ms.
WARN_ON_GENERATOR_RETURN_VALUE = False
# The sites redirect by status and header. A page is archived and read as it is, also if a browser would leave it.
METAREFRESH_ENABLED = False
# Scrapy's statistics without the parts that cost time for each page and are not used here.
STATS_CLASS = "newscrawl.scrapy_overrides.statistics.Statistics"
LOG_FORMATTER = "newscrawl.scrapy_overrides.log_formatter.PageLogFormatter"
REQUEST_FINGERPRINTER_CLASS = "newscrawl.scrapy_overrides.fingerprints.Fingerprinter"
# Filters the same requests in a quarter of the memory; with a JOBDIR, Scrapy's filter is used.
DUPEFILTER_CLASS = "newscrawl.scrapy_overrides.fingerprints.DupeFilter"
# Pages are fetched in the order of their announcement, newest first; Scrapy's queue returns the last request first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# ── Pipelines ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Make an article from a capture, in this order. They have no constructor arguments and use no file, network or clock,
# so that a crawl, a process pool and Spark run the same classes.
ARTICLE_PIPELINES = [
    "newscrawl.pipelines.article.ArticlePipeline",
    "newscrawl.pipelines.captions.CaptionPipeline",
    "newscrawl.pipelines.validation.ValidationPipeline",
]
# How many processes run them in crawls that are long enough to benefit. 0: they run in the reactor.
EXTRACTION_PROCESSES = 1
ITEM_PIPELINES = {
    "newscrawl.pipelines.extraction.ExtractionPipeline": 100,
    "newscrawl.pipelines.revision.RevisionPipeline": 400,
    "newscrawl.pipelines.warc.WarcPipeline": 500,
    "newscrawl.pipelines.jsonlines.JsonLinesPipeline": 600,
    # After the line is written, so that an article does not wait for its pictures.
    "newscrawl.pipelines.images.ImagePipeline": 700,
}

# ── Output ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# Folder of the JSON Lines: one file per crawl, named by site, start and crawl id. None: no files (feeds still work).
ARTICLES_DIRECTORY = "data/articles"
# Folder of the items that break the schema, each with the reasons.
REJECTED_DIRECTORY = "data/rejected"
# File that lists what became of every response, one JSON object a line (docs/replaying.md, "The account"). A later
# crawl appends to it. None: the outcomes are only counted, in the stats outcomes/….
OUTCOMES_FILE = None
# Folder that `newscrawl replay` writes to by default (docs/replaying.md).
REPLAY_DIRECTORY = "data/replayed"

# The folder that contains the others; production checks that it is writable and has free space.
DATA_DIRECTORY = "data"

# ── Archive (docs/archiving.md) ──────────────────────────────────────────────────────────────────────────────────────

# Whether pages are archived. If not, captures name no record.
WARC_ENABLED = True
# Folder of the WARC files.
WARC_DIRECTORY = "data/warc"
# How their names begin. None: the name of the spider and, under Scrapyd, the id of its job.
WARC_PREFIX = None
# gzip, zstd (smaller, but not every tool reads it) or none.
WARC_COMPRESSION = "gzip"
# Version of the standard: 1.1, or 1.0 for tools that read nothing newer (dates then have whole seconds).
WARC_VERSION = "1.1"
# Size in bytes at which a file is closed; WARC 1.1, annex C, recommends 1 GB.
WARC_MAX_BYTES = 1_000_000_000
# Age in seconds at which a file is closed. 0: no limit.
WARC_MAX_AGE = 0
# Seconds after which written records are on the disk at the latest: a power failure costs no more than that.
WARC_FSYNC_SECONDS = 5.0
# Bytes of a message that are kept in memory while it arrives; a longer one continues in a temporary file.
WARC_SPILL_BYTES = 1024 * 1024
# Whether a CDXJ index is written beside each file during the crawl.
WARC_INDEX = True
# Who runs the crawl, for the warcinfo record. None: CONTACT.
WARC_OPERATOR = None
# Kinds of page requisites that are archived, each file once per crawl, after the articles: style, script, font, image,
# media (audio and video). Empty: only pages.
WARC_REQUISITES = ["style", "script", "font"]
# Whether the images of article pages are archived.
WARC_IMAGES = False
# How many page requisites a crawl archives at most.
WARC_REQUISITES_MAX = 20_000
# Bytes of one page requisite at most; a larger one is truncated, and its record says so.
WARC_REQUISITES_MAX_BYTES = 16 * 1024 * 1024
# Knows the captures of earlier crawls, so that an unchanged page becomes a revisit record. None: only captures of the
# same crawl are known.
WARC_REVISIT_INDEX = "newscrawl.state.revisits.StateRevisitIndex"
# Where finished files are uploaded: a folder on s3://, gs://, file:// or another file system of fsspec. None: nowhere.
WARC_STORE = None
# Whether a file is deleted here after its upload was compared.
WARC_STORE_DELETE_LOCAL = False
# Attempts of each upload, with pauses of 2, 4, 8... seconds. The next crawl uploads files that failed.
WARC_STORE_ATTEMPTS = 5
# The HTTP cache would return responses that did not cross the wire, so that their records could only be rebuilt.
HTTPCACHE_ENABLED = False

# ── State (docs/state.md) ────────────────────────────────────────────────────────────────────────────────────────────

# Folder of the state, one SQLite file per site. None: no state; each crawl starts from nothing.
STATE_DIRECTORY = "data/state"
# An article becomes due for a recheck after this share of its age, within the two limits in seconds.
RECHECK_SHARE = 0.5
RECHECK_SHORTEST = 3600
RECHECK_LONGEST = 180 * 86_400

# ── Schedule (docs/deploying.md) ─────────────────────────────────────────────────────────────────────────────────────

# The schedule file.
SCHEDULE_FILE = "schedule.toml"
# Folder of the claims: which slots of the schedule were started and crawled on this machine.
SCHEDULE_DIRECTORY = "data/schedule"
# The slot that a crawl was started for, set by `newscrawl schedule`. Each slot is crawled once.
SCHEDULE_SLOT = None
# Settings without which no crawl starts, each with its environment variable (production.py).
REQUIRED_SETTINGS: dict[str, str] = {}
# Faults in the environment variables of production; no crawl starts while there are any.
ENVIRONMENT_FAULTS: list[str] = []

# ── Several crawlers of one site (docs/sharing.md) ───────────────────────────────────────────────────────────────────

# Crawls with the same name share one frontier in Redis. A new back-fill needs a new name.
FRONTIER_NAME = None
# The URL of Redis: redis://host:6379/0. Needs the extra newscrawl[cluster].
REDIS_URL = None
# Further options of the Redis client. A crawl blocks while it waits for Redis, so the timeouts are short.
REDIS_PARAMS = {"socket_timeout": 5, "socket_connect_timeout": 5}
# Seconds after which the lease of a silent worker expires and another worker fetches its pages.
FRONTIER_LEASE = 60
# The download handler behind the shared request limit; the add-on sets it from DOWNLOAD_HANDLERS.
FRONTIER_DOWNLOAD_HANDLER = None
ADDONS = {
    # Escapes text from outside in log messages, so that it cannot control a terminal or forge a line.
    "newscrawl.reporting.log_records.SafeLogAddon": 10,
    # Sets the download handler that records requests and responses.
    "newscrawl.archive.addon.WarcAddon": 500,
    "newscrawl.frontier.addon.SharedFrontierAddon": 900,
    "newscrawl.reporting.addon.MonitorsAddon": 910,
}

# ── Monitors (docs/scheduling.md) ────────────────────────────────────────────────────────────────────────────────────

# Whether each crawl is checked, by its figures and by the earlier crawls of its site. Failed checks are logged and sent
# to the channels below; layout drift has its own exit status.
MONITORS_ENABLED = True
# Folder of the history: one small file per site.
MONITORS_DIRECTORY = "data/monitors"
# By how much the share of articles with a field may fall (0 to 1).
MONITORS_COVERAGE_DROP = 0.2
# Which share of the articles may break the schema (0 to 1).
MONITORS_REJECTED_SHARE = 0.05
# For how many days a site may publish nothing.
MONITORS_QUIET_DAYS = 3
# How many days old the crawls may be that a crawl is compared with.
MONITORS_BASELINE_DAYS = 90
# Where notifications are sent; needs the extra newscrawl[monitors]. A webhook receives JSON.
MONITORS_WEBHOOK = None
MONITORS_SLACK_WEBHOOK = None
MONITORS_MAIL_TO: list[str] = []
MONITORS_MAIL_FROM = "newscrawl@localhost"
MONITORS_SMTP_HOST = "localhost"
MONITORS_SMTP_PORT = 25
# starttls, tls or None.
MONITORS_SMTP_SECURITY = None
MONITORS_SMTP_USER = None
MONITORS_SMTP_PASSWORD = None

# ── Reports (docs/reports.md) ────────────────────────────────────────────────────────────────────────────────────────

# Folder of the crawl reports: one HTML page and one JSON file per crawl, and an index page. None: no reports.
REPORT_DIRECTORY = "data/reports"

# ── Signs of life (docs/monitoring.md) ───────────────────────────────────────────────────────────────────────────────

# URL that is requested at the start and the end of each crawl, as healthchecks.io expects; {site} stands for the name
# of the site. None: no requests.
HEARTBEAT_URL = None
# Folder of metrics for the node exporter of Prometheus, one file per site. Needs the extra newscrawl[metrics].
METRICS_DIRECTORY = None
# Port on 127.0.0.1 on which a running crawl serves its metrics. None: no port.
METRICS_PORT = None

# ── On the terminal ──────────────────────────────────────────────────────────────────────────────────────────────────

# Folder of the logs of crawls that are started on a terminal; `-v` writes the log to the terminal instead.
# None: to the terminal.
LOG_DIRECTORY = "data/logs"
# Whether a crawl shows its progress and, at its end, a summary. None: on a terminal.
PROGRESS_ENABLED = None
EXTENSIONS = {
    "newscrawl.politeness.crawldelay.CrawlDelay": 10,
    "newscrawl.politeness.blocks.BlockMonitor": 20,
    "newscrawl.pipelines.outcomes.OutcomeExtension": 100,
    "newscrawl.pipelines.account.AccountExtension": 110,
    "newscrawl.scrapy_overrides.prompt_stop.PromptStop": 200,
    "newscrawl.scrapy_overrides.start_items.CloseAfterStartItems": 210,
    "newscrawl.reporting.progress.Progress": 500,
    "newscrawl.reporting.crawl_health.CrawlHealth": 600,
    "newscrawl.reporting.heartbeat.Heartbeat": 610,
    "newscrawl.reporting.metrics.Metrics": 620,
    # After the checks, whose results it reports.
    "newscrawl.reports.collector.CrawlReporter": 700,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
# With the time zone, so that logs of several machines can be compared.
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S%z"
