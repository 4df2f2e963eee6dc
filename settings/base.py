"""Every setting of newscrawl, declared once. The other modules of this package say what differs from here.

Plain data: nothing of newscrawl is imported, components are named by their dotted paths.
"""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# ── Who is asking ────────────────────────────────────────────────────────────────────────────────────────────────────

# An address (mail or URL) where a site's operator reaches you; it goes into the user agent and the WARCs.
# Production refuses to start without one.
CONTACT = None

# What robots.txt rules are matched against, whatever the whole user agent says.
ROBOTSTXT_USER_AGENT = "newscrawl"
USER_AGENT = "newscrawl/0.1 (news archive)"

# ── Politeness ───────────────────────────────────────────────────────────────────────────────────────────────────────

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 4
# Keeps to that number without a delay too, which Scrapy's own does not.
DOWNLOADER = "newscrawl.scrapy_overrides.downloader.ExactDownloader"
DOWNLOAD_DELAY = 0.25
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0
DOWNLOAD_TIMEOUT = 60
# The largest page of the family seen is under 5 MB, a full sitemap 4.7 MB; media files are not fetched.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
RETRY_TIMES = 3
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 8
# Seconds between two requests to a host at most, however much more its robots.txt asks for (Crawl-delay).
CRAWL_DELAY_MAX = 60
# Seconds that a host is left alone at most, when it asks for it (Retry-After on 429 and 503) or fails again and again.
RETRY_AFTER_MAX = 600
# Seconds that the site's own host may go on failing before the crawl ends and leaves the rest to the next one.
HOST_DOWN_MAX = 1800
# Whether private, loopback and link-local addresses may be asked, by number or by name. The sample site's always may.
PRIVATE_ADDRESSES_ALLOWED = False
# The component that each address is checked by before the recording handler connects to it. None: any may be asked.
ADDRESS_CHECK = "newscrawl.politeness.addresses.PublicAddressCheck"
# For how many seconds an answer of the DNS is used (DNSCACHE_ENABLED, DNSCACHE_SIZE).
DNSCACHE_SECONDS = 60
DOWNLOADER_MIDDLEWARES = {
    # Requests stay on the site's own hosts: ours also looks at what is retried or redirected.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newscrawl.politeness.hosts.SiteHostsMiddleware": 50,
    "newscrawl.politeness.addresses.PublicAddressMiddleware": 60,
    # The pages of articles are read from their recorded bytes: Scrapy need not inflate them too.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.scrapy_overrides.compression.CompressionMiddleware": 590,
    # Nearer to the network than Scrapy's retries (550): what is put back does not count as one.
    "newscrawl.politeness.backoff.BackoffMiddleware": 570,
}

# ── Speed ────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Each response starts this many workers: 4 instead of 100 made a bare crawl 1.35 times as fast (docs/performance.md).
# A response of ours has one item.
CONCURRENT_ITEMS = 1
# Bytes of responses that may be on their way through the pipelines: they are counted as they came, the most of them
# coded, so a fifth of Scrapy's 5 MB holds as many pages.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1_000_000
# Looks for a slip in callbacks by parsing their source, for each response again: 0.2 ms of each.
WARN_ON_GENERATOR_RETURN_VALUE = False
# The sites redirect by status and header; a page is archived and read as it is, whatever it has a browser do.
METAREFRESH_ENABLED = False
# Scrapy's own without the parts that cost every page something and give nothing here.
STATS_CLASS = "newscrawl.scrapy_overrides.statistics.Statistics"
LOG_FORMATTER = "newscrawl.scrapy_overrides.log_formatter.PageLogFormatter"
REQUEST_FINGERPRINTER_CLASS = "newscrawl.scrapy_overrides.fingerprints.Fingerprinter"
# Filters the same requests in a quarter of the memory; Scrapy's own where a JOBDIR is set.
DUPEFILTER_CLASS = "newscrawl.scrapy_overrides.fingerprints.DupeFilter"
# Pages are fetched in the order in which they were announced, the newest first; Scrapy's own takes the last one first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# ── The one way of an item ───────────────────────────────────────────────────────────────────────────────────────────

# The middle of the chain: no constructor arguments, no file, no network, no clock, so that a crawl, a process pool and
# Spark run the very same. In this order.
ARTICLE_PIPELINES = [
    "newscrawl.pipelines.article.ArticlePipeline",
    "newscrawl.pipelines.captions.CaptionPipeline",
    "newscrawl.pipelines.validation.ValidationPipeline",
]
# How many processes run them beside the reactor, in crawls that are long enough to gain by it. 0: in the reactor.
EXTRACTION_PROCESSES = 1
ITEM_PIPELINES = {
    "newscrawl.pipelines.extraction.ExtractionPipeline": 100,
    "newscrawl.pipelines.revision.RevisionPipeline": 400,
    "newscrawl.pipelines.warc.WarcPipeline": 500,
    "newscrawl.pipelines.jsonlines.JsonLinesPipeline": 600,
    # After the line: an article does not wait for its pictures.
    "newscrawl.pipelines.images.ImagePipeline": 700,
}

# ── Output ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# Folder of the JSON Lines: one file a crawl, named by site, start and crawl id. None: no files (feeds still work).
ARTICLES_DIRECTORY = "data/articles"
# Folder of the items that fail the schema, each with its reasons.
REJECTED_DIRECTORY = "data/rejected"
# Folder that `newscrawl replay` writes to when it is not told another one (docs/replaying.md).
REPLAY_DIRECTORY = "data/replayed"

# The folder that the others lie in: where production checks that there is room to write.
DATA_DIRECTORY = "data"

# ── Archive (docs/archiving.md) ──────────────────────────────────────────────────────────────────────────────────────

# False: nothing is archived; captures then name no record.
WARC_ENABLED = True
# Folder of the WARC files.
WARC_DIRECTORY = "data/warc"
# What their names begin with. None: the name of the spider and the id of its job, if Scrapyd runs it.
WARC_PREFIX = None
# gzip, zstd (smaller, but not every tool reads it) or none.
WARC_COMPRESSION = "gzip"
# A file of this size is closed: WARC 1.1, annex C, recommends 1 GB.
WARC_MAX_BYTES = 1_000_000_000
# A file this many seconds old is closed. 0: whatever its age.
WARC_MAX_AGE = 0
# What is written is on the disk at the latest this many seconds after: all that a power failure may cost.
WARC_FSYNC_SECONDS = 5.0
# Bytes of a message that are kept in memory while it comes in; a longer one goes on in a temporary file.
WARC_SPILL_BYTES = 1024 * 1024
# The CDXJ of each file, beside it, written as the crawl goes.
WARC_INDEX = True
# Who runs the crawl, for the warcinfo record. None: CONTACT.
WARC_OPERATOR = None
# What article pages need to look as their readers saw them, each file once a crawl, after the articles: style, script,
# font, image, media (audio and video). Empty: pages alone.
WARC_REQUISITES = ["style", "script", "font"]
# The images of article pages too.
WARC_IMAGES = False
# Files of these kinds in one crawl, at most.
WARC_REQUISITES_MAX = 20_000
# Bytes of one such file, at most; a larger one is cut off, and its record says so.
WARC_REQUISITES_MAX_BYTES = 16 * 1024 * 1024
# What knows the captures of earlier crawls, so that the same again becomes a revisit record. None: only what
# this crawl captured counts.
WARC_REVISIT_INDEX = "newscrawl.state.revisits.StateRevisitIndex"
# Where finished files go: a folder as s3://, gs://, file:// or any other that fsspec knows. None: they stay here.
WARC_STORE = None
# A file goes from here once it is in the store and was compared.
WARC_STORE_DELETE_LOCAL = False
# Tries of each upload, with pauses of 2, 4, 8... seconds between them; what still is not stored, the next crawl stores.
WARC_STORE_ATTEMPTS = 5
# The HTTP cache would serve responses that never crossed the wire: their records could only be rebuilt.
HTTPCACHE_ENABLED = False

# ── State (docs/state.md) ────────────────────────────────────────────────────────────────────────────────────────────

# Folder of what is known of each article across crawls, one SQLite file a site. None: each crawl begins anew.
STATE_DIRECTORY = "data/state"
# A known article is due again (mode=recheck) after this share of its age, but neither before nor after so many seconds.
RECHECK_SHARE = 0.5
RECHECK_SHORTEST = 3600
RECHECK_LONGEST = 180 * 86_400

# ── Schedule (docs/deploying.md) ─────────────────────────────────────────────────────────────────────────────────────

# What `newscrawl schedule` reads.
SCHEDULE_FILE = "schedule.toml"
# Folder where it is kept which slots of the schedule were fired from here and crawled here.
SCHEDULE_DIRECTORY = "data/schedule"
# The slot that a crawl was fired for, set by `newscrawl schedule`: it is crawled once, however often it is fired.
SCHEDULE_SLOT = None
# Settings without which no crawl starts, each with the environment variable that gives it. See production.py.
REQUIRED_SETTINGS: dict[str, str] = {}
# What is wrong in the environment variables of production; a crawl does not start while there is something.
ENVIRONMENT_FAULTS: list[str] = []

# ── Several crawlers of one site (docs/sharing.md) ───────────────────────────────────────────────────────────────────

# All crawls that have the same name here share one frontier in Redis. A new back-fill takes a new name.
FRONTIER_NAME = None
# Where Redis is: redis://host:6379/0. Needs the extra newscrawl[cluster].
REDIS_URL = None
# What else scrapy-redis hands to the client. A crawl stands still while it waits for Redis, so it does not wait long.
REDIS_PARAMS = {"socket_timeout": 5, "socket_connect_timeout": 5}
# Seconds after which what a silent worker had taken is fetched by another one. A worker renews its leases all the time.
FRONTIER_LEASE = 60
# The handler behind the gate that spaces the requests of all workers; set by the add-on from DOWNLOAD_HANDLERS.
FRONTIER_DOWNLOAD_HANDLER = None
ADDONS = {
    # Log messages cannot steer a terminal or forge a line, whatever a server wrote into them.
    "newscrawl.reporting.log_records.SafeLogAddon": 10,
    # Sets the download handler that records what crosses the wire.
    "newscrawl.archive.addon.WarcAddon": 500,
    "newscrawl.frontier.addon.SharedFrontierAddon": 900,
    "newscrawl.reporting.addon.MonitorsAddon": 910,
}

# ── Monitors (docs/scheduling.md) ────────────────────────────────────────────────────────────────────────────────────

# Each crawl is judged by itself and by the crawls of its site before; what is not fine goes to the log, and to whom
# the channels below name. Layout drift gives the crawl an exit status of its own.
MONITORS_ENABLED = True
# Folder of the history: one small file a site.
MONITORS_DIRECTORY = "data/monitors"
# By how much the share of articles that have a field may fall (0 to 1).
MONITORS_COVERAGE_DROP = 0.2
# How many of the articles may break the schema (0 to 1).
MONITORS_REJECTED_SHARE = 0.05
# For how many days a site may publish nothing.
MONITORS_QUIET_DAYS = 3
# How many days old the crawls may be that a crawl is compared with.
MONITORS_BASELINE_DAYS = 90
# Where notices go; needs the extra newscrawl[monitors]. A webhook gets JSON.
MONITORS_WEBHOOK = None
MONITORS_SLACK_WEBHOOK = None
MONITORS_MAIL_TO: list[str] = []
MONITORS_MAIL_FROM = "newscrawl@localhost"
MONITORS_SMTP_HOST = "localhost"
MONITORS_SMTP_PORT = 25
# starttls, tls or nothing.
MONITORS_SMTP_SECURITY = None
MONITORS_SMTP_USER = None
MONITORS_SMTP_PASSWORD = None

# ── Reports (docs/reports.md) ────────────────────────────────────────────────────────────────────────────────────────

# Folder of the crawl reports: one HTML page and one JSON file a crawl, and an index page. None: no reports.
REPORT_DIRECTORY = "data/reports"

# ── Signs of life (docs/monitoring.md) ───────────────────────────────────────────────────────────────────────────────

# URL that is pinged at the start and the end of each crawl, as healthchecks.io wants it; {site} stands for the site's
# name. None: no pings.
HEARTBEAT_URL = None
# Folder of metrics for Prometheus, one text file a site, for the node exporter. Needs the extra newscrawl[metrics].
METRICS_DIRECTORY = None
# Port on 127.0.0.1 at which a running crawl gives its metrics. None: no endpoint.
METRICS_PORT = None

# ── On the terminal ──────────────────────────────────────────────────────────────────────────────────────────────────

# Folder of the logs of crawls that are started by hand on a terminal; `-v` writes the log to the terminal instead.
# None: to the terminal.
LOG_DIRECTORY = "data/logs"
# Whether a line of progress is shown while the crawl runs, and a summary at its end. None: on a terminal.
PROGRESS_ENABLED = None
EXTENSIONS = {
    "newscrawl.politeness.crawldelay.CrawlDelay": 10,
    "newscrawl.pipelines.outcomes.OutcomeExtension": 100,
    "newscrawl.scrapy_overrides.prompt_stop.PromptStop": 200,
    "newscrawl.scrapy_overrides.start_items.CloseAfterStartItems": 210,
    "newscrawl.reporting.progress.Progress": 500,
    "newscrawl.reporting.crawl_health.CrawlHealth": 600,
    "newscrawl.reporting.heartbeat.Heartbeat": 610,
    "newscrawl.reporting.metrics.Metrics": 620,
    # After the monitors, whose answers it reports.
    "newscrawl.reports.collector.CrawlReporter": 700,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
# With the zone: logs of several machines are read side by side.
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S%z"
