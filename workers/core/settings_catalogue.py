"""Every setting of the program, declared once. Panel, help, documentation, file and validation are made from this list.

To add one: write it here with its help and its bounds, then read it where it acts by its key from
`settings_resolve.Settings`. A test goes through the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable

from workers.core.alert_settings import alert_settings
from workers.core.kept_settings import kept_settings
from workers.core.settings_checks import (
    check_database_url,
    check_email,
    check_host,
    check_loopback_or_host,
    check_web_address,
)
from workers.core.settings_schema import Category, Choice, Setting, SettingContext, SettingKind
from workers.core.settings_watching import watching_settings

_GIB = 1024**3
_FALLBACK_MEMORY_GB = 4.0


def worker_count(context: SettingContext) -> int:
    """Worker processes: one core is left to the window; a command takes them all."""
    wanted = max(1, context.cores - 1) if context.surface == "window" else max(1, context.cores)
    return min(wanted, context.worker_cap)


def io_thread_count(context: SettingContext) -> int:
    """I/O threads: they wait more than they compute."""
    return min(max(1, context.cores) * 5, 20)


def pool_size(context: SettingContext) -> int:
    """Connections kept open by the engine."""
    return min(30, max(1, context.cores) * 10) if context.profile == "production" else 10


def pool_overflow(context: SettingContext) -> int:
    """Connections that the engine may open beyond its pool."""
    return min(20, max(1, context.cores) * 5) if context.profile == "production" else 10


def memory_limit_gb(context: SettingContext) -> float:
    """Seven eighths of the memory, so that the rest of the machine can breathe."""
    return round(context.memory * 7 / 8 / _GIB, 1) if context.memory else _FALLBACK_MEMORY_GB


_WORKERS = (
    Setting(
        key="workers.count",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Workers",
        label="Worker processes",
        help="Each reads one workbook at a time. More workers use more memory. Applied at once; running tasks are not "
        "stopped.",
        computed=worker_count,
        formula="cores − 1 in the window, all cores on the command line",
        minimum=1,
        maximum=512,
        unit="workers",
        environment="CPU_EXECUTOR_WORKERS",
        option="--workers",
    ),
    Setting(
        key="workers.io_threads",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Workers",
        label="I/O threads",
        help="For the database and the network; they wait more than they compute.",
        computed=io_thread_count,
        formula="min(cores × 5, 20)",
        minimum=1,
        maximum=200,
        unit="threads",
        environment="IO_EXECUTOR_WORKERS",
        restart=True,
    ),
    Setting(
        key="workers.recycle_tasks",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Workers",
        label="Recycle a worker after",
        help="Frees memory that reading libraries keep.",
        default=50,
        minimum=1,
        maximum=100_000,
        unit="tasks",
    ),
    Setting(
        key="workers.recycle_memory",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Workers",
        label="Recycle a worker above",
        help="An idle worker that still holds this much memory is replaced by a fresh one.",
        default=400,
        minimum=80,
        maximum=1_000_000,
        unit="MB",
    ),
    Setting(
        key="workers.memory_limit",
        kind=SettingKind.NUMBER,
        category=Category.WORKERS,
        group="Workers",
        label="Memory limit",
        help="For all workers together. New jobs wait while they would not fit.",
        computed=memory_limit_gb,
        formula="7/8 of the machine's memory",
        minimum=0.1,
        maximum=100_000,
        unit="GB",
    ),
    Setting(
        key="limits.soft",
        kind=SettingKind.NUMBER,
        category=Category.WORKERS,
        group="Time limits",
        label="Soft limit of one import",
        help="An import that runs longer is cancelled; the hard limit is 1.2 times that. 0 means none.",
        default=0.0,
        minimum=0,
        maximum=604_800,
        unit="seconds",
        option="--timeout",
    ),
    Setting(
        key="limits.no_progress",
        kind=SettingKind.NUMBER,
        category=Category.WORKERS,
        group="Time limits",
        label="Without progress",
        help="A task that makes no progress for this long is stopped.",
        default=60.0,
        minimum=5,
        maximum=86_400,
        unit="seconds",
    ),
    Setting(
        key="limits.inspect",
        kind=SettingKind.NUMBER,
        category=Category.WORKERS,
        group="Time limits",
        label="Limit of one inspection",
        help="Inspecting a file is given up after this time.",
        default=300.0,
        minimum=5,
        maximum=86_400,
        unit="seconds",
    ),
    Setting(
        key="limits.retries",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Time limits",
        label="Retries",
        help="How often an import is tried again when the surroundings failed: a lost connection, a lock, a full "
        "server. Faults of the file are never retried.",
        default=3,
        minimum=0,
        maximum=20,
        unit="retries",
    ),
    Setting(
        key="limits.rate",
        kind=SettingKind.INTEGER,
        category=Category.WORKERS,
        group="Rate limit",
        label="Imports into one server a minute",
        help="No more imports than this start in any minute; the others wait and say why. 0 means no limit.",
        default=0,
        minimum=0,
        maximum=100_000,
        unit="imports",
    ),
)

_DATABASE = (
    Setting(
        key="database.url",
        kind=SettingKind.TEXT,
        category=Category.DATABASE,
        group="Target",
        label="Target database",
        help="postgresql://… or the name of a saved connection. Empty: the built-in PostgreSQL server, started on "
        "demand.",
        default="",
        optional=True,
        environment="SHEETFERRY_DATABASE_URL",
        option="--database",
        sensitive=True,
        restart=True,
        check=check_database_url,
    ),
    Setting(
        key="database.save_password",
        kind=SettingKind.BOOLEAN,
        category=Category.DATABASE,
        group="Target",
        label="Save the password in the system keyring",
        help="Proposed for new connections. Never in the settings file.",
        default=True,
    ),
    Setting(
        key="database.pool_size",
        kind=SettingKind.INTEGER,
        category=Category.DATABASE,
        group="Connections",
        label="Pool size",
        help="Connections to the target database, those of workers included. On a server that others use there may be fewer.",
        computed=pool_size,
        formula="min(30, cores × 10) in production, 10 in development",
        minimum=1,
        maximum=1000,
        unit="connections",
        environment="DB_POOL_SIZE",
        restart=True,
    ),
    Setting(
        key="database.max_overflow",
        kind=SettingKind.INTEGER,
        category=Category.DATABASE,
        group="Connections",
        label="Overflow",
        help="Connections beyond the pool size while there is much to do.",
        computed=pool_overflow,
        formula="min(20, cores × 5) in production, 10 in development",
        minimum=0,
        maximum=1000,
        unit="connections",
        environment="DB_MAX_OVERFLOW",
        restart=True,
    ),
    Setting(
        key="database.pool_timeout",
        kind=SettingKind.NUMBER,
        category=Category.DATABASE,
        group="Connections",
        label="Wait for a connection",
        help="How long a call waits for a free connection before it fails.",
        default=20.0,
        minimum=0.1,
        maximum=3600,
        unit="seconds",
        environment="DB_POOL_TIMEOUT",
        restart=True,
    ),
)

_IMPORT = (
    Setting(
        key="import.types",
        kind=SettingKind.CHOICE,
        category=Category.IMPORT,
        group="Values",
        label="Types",
        help="Whether text is read as numbers and dates where nothing is lost, only the cells' own kinds count, or "
        "every column becomes text.",
        default="auto",
        choices=(Choice("auto", "Automatic"), Choice("cells", "Cells as they are"), Choice("text", "All text")),
        option="--types",
    ),
    Setting(
        key="import.errors",
        kind=SettingKind.CHOICE,
        category=Category.IMPORT,
        group="Values",
        label="Error cells",
        help="What a cell such as #N/A becomes.",
        default="null",
        choices=(Choice("null", "NULL"), Choice("text", "Text"), Choice("reject", "Reject the row")),
        option="--errors",
    ),
    Setting(
        key="import.hidden",
        kind=SettingKind.CHOICE,
        category=Category.IMPORT,
        group="Values",
        label="Hidden rows and columns",
        help="Included ones are counted in the warnings.",
        default="include",
        choices=(Choice("include", "Include"), Choice("skip", "Leave out")),
        option="--hidden",
    ),
    Setting(
        key="import.mode",
        kind=SettingKind.CHOICE,
        category=Category.IMPORT,
        group="Target table",
        label="Mode",
        help="How rows meet what is in the table already.",
        default="create",
        choices=(
            Choice("create", "Create"),
            Choice("append", "Append"),
            Choice("replace", "Replace"),
            Choice("upsert", "Upsert"),
            Choice("skip", "Skip existing"),
        ),
        option="--mode",
    ),
    Setting(
        key="import.lineage",
        kind=SettingKind.CHOICE,
        category=Category.IMPORT,
        group="Target table",
        label="Lineage columns",
        help="_import_id and _source_row tell for every row which file and which Excel row it came from.",
        default="auto",
        choices=(Choice("auto", "In tables we make"), Choice("on", "Always"), Choice("off", "Never")),
        option="--lineage",
    ),
    Setting(
        key="import.max_rejects",
        kind=SettingKind.INTEGER,
        category=Category.IMPORT,
        group="Target table",
        label="Rejected rows allowed",
        help="With 0 one bad row fails the whole import; otherwise good rows load and rejected ones are kept.",
        default=0,
        minimum=0,
        maximum=10_000_000,
        unit="rows",
        option="--max-rejects",
    ),
    *watching_settings(),
)

_NOTIFICATIONS = (
    Setting(
        key="notify.tray",
        kind=SettingKind.BOOLEAN,
        category=Category.NOTIFICATIONS,
        group="This computer",
        label="Tray notification",
        help="When an alert fires or an import fails while the window is not in front.",
        default=True,
    ),
    Setting(
        key="notify.level",
        kind=SettingKind.CHOICE,
        category=Category.NOTIFICATIONS,
        group="This computer",
        label="Send from",
        help="The lowest level that is sent by webhook and e-mail.",
        default="critical",
        choices=(Choice("warning", "Warning"), Choice("critical", "Critical")),
    ),
    Setting(
        key="notify.webhook",
        kind=SettingKind.BOOLEAN,
        category=Category.NOTIFICATIONS,
        group="Webhook",
        label="Webhook",
        help="Posts each alert as JSON. Retried; never holds up an import.",
        default=False,
    ),
    Setting(
        key="notify.webhook_url",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="Webhook",
        label="Address",
        help="https://… The address may hold a secret, so it is never written to a log.",
        default="",
        optional=True,
        sensitive=True,
        environment="SHEETFERRY_WEBHOOK_URL",
        check=check_web_address,
    ),
    Setting(
        key="notify.email",
        kind=SettingKind.BOOLEAN,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="E-mail",
        help="Sends each alert by SMTP. The password comes from the system keyring or SHEETFERRY_SMTP_PASSWORD.",
        default=False,
    ),
    Setting(
        key="notify.smtp_host",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="SMTP server",
        help="Host name of the outgoing mail server.",
        default="",
        optional=True,
        check=check_host,
    ),
    Setting(
        key="notify.smtp_port",
        kind=SettingKind.INTEGER,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="Port",
        help="587 with STARTTLS, 465 with TLS, 25 without.",
        default=587,
        minimum=1,
        maximum=65_535,
    ),
    Setting(
        key="notify.smtp_security",
        kind=SettingKind.CHOICE,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="Security",
        help="How the connection to the mail server is protected.",
        default="starttls",
        choices=(Choice("starttls", "STARTTLS"), Choice("tls", "TLS"), Choice("none", "None")),
    ),
    Setting(
        key="notify.smtp_user",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="User",
        help="Empty when the server asks for no login.",
        default="",
        optional=True,
    ),
    Setting(
        key="notify.email_from",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="From",
        help="The sender's address.",
        default="",
        optional=True,
        check=check_email,
    ),
    Setting(
        key="notify.email_to",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="E-mail",
        label="To",
        help="One address, or several with commas between them.",
        default="",
        optional=True,
        check=check_email,
    ),
    Setting(
        key="http.enabled",
        kind=SettingKind.BOOLEAN,
        category=Category.NOTIFICATIONS,
        group="HTTP endpoint",
        label="Serve figures over HTTP",
        help="For Prometheus and scripts. Every request needs the bearer token that is in the file endpoint-token.",
        default=False,
    ),
    Setting(
        key="http.port",
        kind=SettingKind.INTEGER,
        category=Category.NOTIFICATIONS,
        group="HTTP endpoint",
        label="Port",
        help="0 takes any free one.",
        default=9187,
        minimum=0,
        maximum=65_535,
    ),
    Setting(
        key="http.address",
        kind=SettingKind.TEXT,
        category=Category.NOTIFICATIONS,
        group="HTTP endpoint",
        label="Address",
        help="The loopback address keeps the figures on this computer. Any other needs the next switch too.",
        default="127.0.0.1",
        check=check_loopback_or_host,
    ),
    Setting(
        key="http.beyond_loopback",
        kind=SettingKind.BOOLEAN,
        category=Category.NOTIFICATIONS,
        group="HTTP endpoint",
        label="Allow other computers",
        help="The traffic is not encrypted. Needed together with an address that is not the loopback one.",
        default=False,
    ),
)

_APPEARANCE = (
    Setting(
        key="ui.language",
        kind=SettingKind.CHOICE,
        category=Category.APPEARANCE,
        group="Language",
        label="Language",
        help="Numbers and dates follow it.",
        default="system",
        choices=(Choice("system", "As the system"), Choice("en", "English"), Choice("zh_CN", "简体中文")),
        restart=True,
    ),
    Setting(
        key="ui.theme",
        kind=SettingKind.CHOICE,
        category=Category.APPEARANCE,
        group="Theme",
        label="Theme",
        help="Light, dark, or as the system has it.",
        default="system",
        choices=(Choice("system", "As the system"), Choice("light", "Light"), Choice("dark", "Dark")),
    ),
)

_FILES = (
    Setting(
        key="files.home",
        kind=SettingKind.TEXT,
        category=Category.FILES,
        group="Folders",
        label="Sheetferry's folder",
        help="Settings, queue, logs and the built-in server are here.",
        computed=lambda context: context.home or "the platform's user-data folder",
        formula="the platform's user-data folder",
        environment="SHEETFERRY_HOME",
        stored=False,
        restart=True,
    ),
    Setting(
        key="files.profile",
        kind=SettingKind.CHOICE,
        category=Category.FILES,
        group="Folders",
        label="Profile",
        help="Decides default levels and pool sizes. A packaged build is production, a checkout is development.",
        computed=lambda context: context.profile,
        formula="production when packaged, development in a checkout",
        choices=(Choice("development", "Development"), Choice("production", "Production")),
        environment="SHEETFERRY_ENV",
        stored=False,
        restart=True,
    ),
    Setting(
        key="log.level",
        kind=SettingKind.CHOICE,
        category=Category.FILES,
        group="Logs",
        label="Log level",
        help="How much is written to the log file.",
        default="info",
        choices=(Choice("debug", "Debug"), Choice("info", "Info"), Choice("warning", "Warnings only")),
    ),
    Setting(
        key="history.archive_days",
        kind=SettingKind.INTEGER,
        category=Category.FILES,
        group="History",
        label="Archive jobs after",
        help="Older jobs leave this workstation's list; the ledger in the database keeps every import.",
        default=365,
        minimum=1,
        maximum=36_500,
        unit="days",
    ),
    Setting(
        key="monitor.keep",
        kind=SettingKind.BOOLEAN,
        category=Category.FILES,
        group="History",
        label="Keep charts across restarts",
        help="24 hours of figures in one file of about 5 MB.",
        default=True,
    ),
)


class Catalogue:
    """All settings in their order, and by key."""

    def __init__(self, settings: Iterable[Setting]) -> None:
        """Take the settings; a key may occur once only."""
        self.settings = tuple(settings)
        self._by_key = {s.key: s for s in self.settings}
        if len(self._by_key) != len(self.settings):
            raise AssertionError("a settings key is declared twice")

    def get(self, key: str) -> Setting | None:
        """The setting of that key, or None."""
        return self._by_key.get(key)

    def __getitem__(self, key: str) -> Setting:
        """The setting of that key."""
        return self._by_key[key]


CATALOGUE = Catalogue(
    (*_WORKERS, *_DATABASE, *kept_settings(), *_IMPORT, *alert_settings(), *_NOTIFICATIONS, *_APPEARANCE, *_FILES)
)
"""Every setting there is."""
