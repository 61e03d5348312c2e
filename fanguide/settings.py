"""Settings of the site. Everything that differs between machines comes from the environment; see docs/settings.md."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from fanguide import drivers
from fanguide import environment as env
from fanguide.telemetry import logs

#: Where the packages lie: the checkout, or the site-packages of a wheel.
CODE_DIR = Path(__file__).resolve().parent.parent
IS_CHECKOUT = (CODE_DIR / "manage.py").is_file()
#: Where templates, static files, words and guides lie: pyproject.toml puts them inside of the package for a wheel.
BASE_DIR = CODE_DIR if IS_CHECKOUT else CODE_DIR / "fanguide" / "shipped"

# --- where and how this runs ------------------------------------------------------------------------------------------

MODE = env.choice("FANGUIDE_MODE", ("local", "production"))
IS_PRODUCTION = MODE == "production"
DEBUG = env.flag("FANGUIDE_DEBUG", default=False)
if IS_PRODUCTION and DEBUG:
    raise ImproperlyConfigured(
        "FANGUIDE_DEBUG=True shows secrets to visitors: unset it where FANGUIDE_MODE=production."
    )

#: Everything that a running site writes lies here: SQLite file, media, collected static files, the local secret.
DATA = Path(env.text("FANGUIDE_DATA") or BASE_DIR / "var").resolve()
if not IS_CHECKOUT:
    env.required("FANGUIDE_DATA", "name the folder that the site may write, such as /var/lib/fanguide.")

if IS_PRODUCTION:
    SECRET_KEY = env.required("FANGUIDE_SECRET_KEY", "make one of 50 or more random characters and keep it.")
    ALLOWED_HOSTS = env.words("FANGUIDE_HOSTS")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("FANGUIDE_HOSTS is not set: name the hosts that this site answers for.")
    SITE_URL = env.origin("FANGUIDE_SITE_URL")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("FANGUIDE_SITE_URL: write the public origin, such as https://fanguide.example.")
else:
    SECRET_KEY = env.text("FANGUIDE_SECRET_KEY") or env.kept_secret(DATA / "secret-key")
    ALLOWED_HOSTS = env.words("FANGUIDE_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
    SITE_URL = env.origin("FANGUIDE_SITE_URL")  # empty: the host that was asked

# --- the product ------------------------------------------------------------------------------------------------------

SITE_NAME = env.shown_text("FANGUIDE_SITE_NAME", "Fanguide")
#: What the site is, in a sentence. Empty: the program's own, in the language of the interface.
SITE_DESCRIPTION = env.shown_text("FANGUIDE_SITE_DESCRIPTION", "", most=200)
#: With one editor only, let them approve what they handed in or changed last; each use is in the history.
ALLOW_SELF_APPROVAL = env.flag("FANGUIDE_ALLOW_SELF_APPROVAL", default=False)
#: Whether readers see which statements of a fact no source states yet, and nobody has checked.
MARK_UNSOURCED = env.flag("FANGUIDE_MARK_UNSOURCED", default=False)
#: Whether articles count their readers: the desk tells how often each is read, and the home page what is read most.
COUNT_READERS = env.flag("FANGUIDE_COUNT_READERS", default=False)
#: User names of people whose approval is wanted: of any of them, or of all. Empty: of any editor.
APPROVERS = tuple(env.words("FANGUIDE_APPROVERS"))
APPROVALS = env.choice("FANGUIDE_APPROVALS", ("any", "all"))
#: Whether handing in, approving and publishing with open comments or suggestions is asked about, or refused.
OPEN_REMARKS = env.choice("FANGUIDE_OPEN_REMARKS", ("ask", "refuse"))
#: How many words a fact should have, in the house's opinion: it is told at the desk, and nothing hangs on it.
WORDS_PER_FACT = env.span("FANGUIDE_WORDS_PER_FACT")
#: How long, in seconds, a shared cache may keep a public page. A page's answer never outlives its next public event.
PUBLIC_CACHE_SECONDS = env.number("FANGUIDE_PUBLIC_CACHE_SECONDS", 60)
#: Whether finished public answers are kept in memory. A template that somebody changes shows at once.
CACHE_RESPONSES = not DEBUG
#: By which field an answer names its groups, and so how the caches in front are asked to forget one: see delivery.
CACHE_GROUPS_FIELD = env.choice("FANGUIDE_CACHE_GROUPS", ("Cache-Groups", "xkey", "Surrogate-Key", "Cache-Tag"))
CACHE_PURGE_URLS = env.urls("FANGUIDE_CACHE_PURGE")
CACHE_PURGE_TOKEN = env.text("FANGUIDE_CACHE_PURGE_TOKEN")
#: The WebSub hub that feeds name, and that is told when they change.
WEBSUB_HUB = env.url("FANGUIDE_WEBSUB_HUB")
if WEBSUB_HUB and not SITE_URL:
    raise ImproperlyConfigured("FANGUIDE_WEBSUB_HUB: a hub is told addresses: set FANGUIDE_SITE_URL as well.")
#: Whether webhooks may lead to addresses of private networks, as receivers beside the site have.
PRIVATE_WEBHOOKS = env.flag("FANGUIDE_PRIVATE_WEBHOOKS", default=False)
#: Whether `manage.py send_outbox --keep-running` sends what waits, and the processes of the site do not.
OUTBOX_WORKER = env.flag("FANGUIDE_OUTBOX_WORKER", default=False)
#: What robots.txt says that crawlers may do with the pages.
CONTENT_SIGNAL = env.content_signal("FANGUIDE_CONTENT_SIGNAL")
#: To whom security.txt says that a hole is reported.
SECURITY_CONTACT = env.contacts("FANGUIDE_SECURITY_CONTACT")

# --- parts ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "articles.apps.ArticlesConfig",
    "fanguide.apps.SiteConfig",
]

MIDDLEWARE = [
    "fanguide.telemetry.requests.request_ids",
    "fanguide.middleware.visitors_address",
    "fanguide.middleware.known_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "articles.reading.response_cache.response_cache",  # whose answers have the headers of what follows
    "csp.middleware.CSPMiddleware",
    "fanguide.middleware.more_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fanguide.urls"
WSGI_APPLICATION = "fanguide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------------------

if env.text("FANGUIDE_DATABASE_URL").startswith("postgres"):
    drivers.require("FANGUIDE_DATABASE_URL", "psycopg")
DATABASES = {
    "default": dj_database_url.parse(
        env.text("FANGUIDE_DATABASE_URL") or f"sqlite:///{DATA / 'fanguide.sqlite3'}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATA.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # a real file: threads of a test share it
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later fails with "database is locked" unless it locks first.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is read again is in the system's memory of the file, which all processes share: mapping the file, or more
        # than 4 MB of copies in each connection, makes no page quicker.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000; "
        "PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if env.flag("FANGUIDE_PREPARED_STATEMENTS", default=True):
        # What was asked often is planned once for each connection: planning takes the server longer than answering.
        DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
#: What the search finds rows by on PostgreSQL. SQLite has a way of its own.
SEARCH_INDEX = env.choice("FANGUIDE_SEARCH_INDEX", ("gin", "rum"))
if SEARCH_INDEX == "rum" and not DATABASES["default"]["ENGINE"].endswith("postgresql"):
    raise ImproperlyConfigured(
        "FANGUIDE_SEARCH_INDEX=rum is an index of PostgreSQL: unset it, or name one in FANGUIDE_DATABASE_URL."
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]]
if redis_url := env.text("FANGUIDE_REDIS_URL"):
    drivers.require("FANGUIDE_REDIS_URL", "redis")
    CACHES = {"default": {"BACKEND": "fanguide.caching.PatientCache", "LOCATION": redis_url}}
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
    }
#: Who has been counted today as a reader: apart, so that many of them push nothing else out.
CACHES["readers"] = {**CACHES["default"], "KEY_PREFIX": "readers"}
if not redis_url:
    CACHES["readers"] |= {"LOCATION": "readers", "OPTIONS": {"MAX_ENTRIES": 20_000}}

STATIC_URL = "/static/"
#: What collectstatic writes. A container has it in its image, for DATA is a volume that outlives images.
STATIC_ROOT = Path(env.text("FANGUIDE_STATIC") or DATA / "static").resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "fanguide.staticfiles.SiteStaticFilesStorage"
    },
}
# Pictures in an S3-like store instead of MEDIA_ROOT: see fanguide/storage.py.
S3_BUCKET = env.text("FANGUIDE_S3_BUCKET")
S3_ENDPOINT, S3_PUBLIC_URL = env.address("FANGUIDE_S3_ENDPOINT"), env.address("FANGUIDE_S3_PUBLIC_URL")
S3_REGION, S3_KEY, S3_SECRET = (env.text(f"FANGUIDE_S3_{name}") for name in ("REGION", "KEY", "SECRET"))
S3_BY_PATH = env.flag("FANGUIDE_S3_BY_PATH", default=bool(S3_ENDPOINT))  # as most stores other than Amazon's want it
if S3_BUCKET:
    drivers.require("FANGUIDE_S3_BUCKET", "storages", "boto3")
    STORAGES["default"] = {"BACKEND": "fanguide.storage.PictureStore"}
#: Where `manage.py backup` writes if it is not told, and where `doctor` looks for the newest: a folder, or s3://bucket/….
BACKUP_TO = env.text("FANGUIDE_BACKUP_TO")
BACKUP_STORE = "fanguide.backup_store.BackupStore"
if BACKUP_TO.startswith("s3://"):
    drivers.require("FANGUIDE_BACKUP_TO", "storages", "boto3")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1200  # the order page of 1,000 cards, and a little

# --- people -----------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "articles.rights.OneQueryBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Guessing is slowed, and nobody locks anybody else out: see articles/desk/log_in.py, which has the other limits.
AXES_HANDLER = "articles.desk.log_in.LogInLimits"
AXES_CLIENT_IP_CALLABLE = "articles.desk.log_in.place_of"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "articles.desk.accounts.too_many_tries"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]  # a mistyped recovery code is stored nowhere

#: Who must have a second factor; everybody may.
SECOND_FACTOR = env.choice("FANGUIDE_SECOND_FACTOR", ("optional", "editors", "everybody"))
OTP_TOTP_ISSUER = SITE_NAME
# Wrong codes count as wrong passwords do: a pause for the account would let others keep its person out.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
#: How long the link of an invitation works.
INVITATION_DAYS = env.number("FANGUIDE_INVITATION_DAYS", 7, least=1)

#: Whether letters leave this machine.
MAIL_IS_SENT = bool(env.text("FANGUIDE_EMAIL_HOST"))
# Logging in by an OpenID provider: see articles/operations/oidc. Without an issuer there is none.
OIDC_ISSUER = env.issuer("FANGUIDE_OIDC_ISSUER")
OIDC_CLIENT_ID = OIDC_CLIENT_SECRET = ""
if OIDC_ISSUER:
    drivers.require("FANGUIDE_OIDC_ISSUER", "authlib", "requests")
    OIDC_CLIENT_ID = env.required("FANGUIDE_OIDC_CLIENT_ID", "write the name that the provider gave to this site.")
    OIDC_CLIENT_SECRET = env.text("FANGUIDE_OIDC_CLIENT_SECRET")  # empty: a public client, proved by PKCE alone
#: What the button calls the provider.
OIDC_NAME = env.shown_text("FANGUIDE_OIDC_NAME", OIDC_ISSUER.partition("://")[2].partition("/")[0], most=60)
OIDC_SCOPES = ("openid", *(scope for scope in env.words("FANGUIDE_OIDC_SCOPES") or ["profile", "email"]))
#: The claim that carries a person's roles, and what its values mean here. Empty: roles are given on the desk.
OIDC_ROLES_CLAIM = env.text("FANGUIDE_OIDC_ROLES_CLAIM", "groups")
OIDC_ROLES = env.table("FANGUIDE_OIDC_ROLES", ("writer", "editor", "admin"))
OIDC_NEW_ACCOUNTS = env.flag("FANGUIDE_OIDC_NEW_ACCOUNTS", default=False)
if OIDC_NEW_ACCOUNTS and not OIDC_ROLES:
    raise ImproperlyConfigured(
        "FANGUIDE_OIDC_NEW_ACCOUNTS=True makes accounts that may do nothing: say in FANGUIDE_OIDC_ROLES which values "
        "of the claim are which role, such as desk-writers=writer, desk-editors=editor."
    )
#: Whether an account that is tied to the provider can no longer log in by its password.
OIDC_REPLACES_PASSWORD = env.flag("FANGUIDE_OIDC_REPLACES_PASSWORD", default=False)

#: Without a mail server letters go to standard output: for a person at their own machine to read, and for nobody else.
MAIL_IS_SET_UP = MAIL_IS_SENT or not IS_PRODUCTION
_MAIL_PATIENCE = 15  # seconds for a mail server that does not answer: less than a worker has to stop
if email_host := env.text("FANGUIDE_EMAIL_HOST"):
    email_port = env.number("FANGUIDE_EMAIL_PORT", 587)
    MAILER: dict[str, Any] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": email_host,
            "port": email_port,
            "username": env.text("FANGUIDE_EMAIL_USER"),
            "password": env.text("FANGUIDE_EMAIL_PASSWORD"),
            "use_tls": email_port == 587,
            "timeout": _MAIL_PATIENCE,
        },
    }
else:
    MAILER = {"BACKEND": "django.core.mail.backends.console.EmailBackend", "OPTIONS": {}}
if django.VERSION >= (6, 1):
    MAILERS = {"default": MAILER}
else:
    EMAIL_BACKEND = MAILER["BACKEND"]
    EMAIL_HOST = MAILER["OPTIONS"].get("host", "")
    EMAIL_PORT = MAILER["OPTIONS"].get("port", 587)
    EMAIL_HOST_USER = MAILER["OPTIONS"].get("username", "")
    EMAIL_HOST_PASSWORD = MAILER["OPTIONS"].get("password", "")
    EMAIL_USE_TLS = MAILER["OPTIONS"].get("use_tls", True)
    EMAIL_TIMEOUT = _MAIL_PATIENCE
DEFAULT_FROM_EMAIL = env.text("FANGUIDE_EMAIL_FROM", "fanguide@localhost")

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = env.choice("FANGUIDE_LANGUAGE", ("en", "ko"))
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["fanguide.formats"]
TIME_ZONE = env.text("FANGUIDE_TIME_ZONE", "UTC")
USE_TZ = True

#: How many proxies of ours stand in front: the brakes on log-in and mail count by the visitor's address.
PROXIES = env.number("FANGUIDE_PROXIES", 0)
#: Production without it says at its start, and when a proxied request comes, that it does not guess.
PROXIES_ARE_SET = bool(env.text("FANGUIDE_PROXIES"))

# --- safety -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *([urlsplit(S3_PUBLIC_URL)._replace(path="").geturl()] if S3_PUBLIC_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "articles.reading.errors.stale_form"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- seen from outside ------------------------------------------------------------------------------------------------

LOGGING = logs.configuration()
#: Who reads /metrics; without it the address is not there.
METRICS_TOKEN = env.secret("FANGUIDE_METRICS_TOKEN")
#: A query of a request that takes longer is a line in the log. 0: none is.
SLOW_QUERY_MS = env.number("FANGUIDE_SLOW_QUERY_MS", 500)
#: PostgreSQL ends a statement of a request after so many seconds, as gunicorn ends its worker. 0: never. Commands may
#: take as long as they want.
STATEMENT_SECONDS = env.number("FANGUIDE_STATEMENT_SECONDS", 30)
