"""All settings, from the environment alone; .env.example explains every variable.

The defaults are the safe ones: debugging off, sandbox mail, SMTP on loopback. What has no safe default
fails at start with the name of the variable.
"""

import os
import re
from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from cryptography.fernet import Fernet
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from identifiers.hosts import is_loopback
from iysportal import logs
from iysportal.headers import on_static_files
from limits import table

# Lets admin classes and fields say at run time of what they are, as the type checker reads it.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
# A secret may also lie in a file: DATABASE_URL_FILE=/run/secrets/database names the one that holds DATABASE_URL.
env = environ.FileAwareEnv()


def refuse_foreign_host(host: str | None, variable: str) -> None:
    """In sandbox mode mail and SMS leave, and mail is fetched, through loopback only.

    Raises ImproperlyConfigured, naming the variable, for any other host: a forgotten MAIL_MODE must never
    let a trial letter reach İYS, a trial SMS a person, or real mail a trial.
    """
    if is_loopback(host):
        return
    raise ImproperlyConfigured(
        f"{variable} names the host {host!r}, but MAIL_MODE is 'sandbox': "
        "only a host on loopback (127.0.0.1, ::1, localhost) is used then."
    )


# -- Where things are -------------------------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
PORTAL_URL = env.str("PORTAL_URL", default="http://localhost:8000").rstrip("/")
HTTPS = PORTAL_URL.startswith("https://")

# -- Django -----------------------------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is empty.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(PORTAL_URL).hostname or "localhost"])
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
ROOT_URLCONF = "iysportal.urls"
WSGI_APPLICATION = "iysportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "jobs",
    "health",
    "backups",
    "design",
    "privacy",
    "finding",
    "figures",
    "onboarding",
    "team",
    "allauth.mfa",  # accounts/admin.py takes away the page that it brings
    "accounts",
    "support",
    "guide",
    "brands",
    "verification",
    "correspondence",
    "documents",
    "journal",
    "limits",
    "tenancy",
    "partners",
    "wall",
    "telemetry",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django.forms",
    "accounts.admin_config.StaffPagesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "telemetry.middleware.RequestMiddleware",
    "iysportal.proxy.ClientAddressMiddleware",
    "iysportal.headers.HeadersMiddleware",
    "health.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenancy.middleware.WallMiddleware",
    "iysportal.bodies.Utf8Middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.person.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partners.middleware.PartnerMiddleware",
    "tenancy.middleware.CompanyMiddleware",
    "tenancy.middleware.KeptPostsMiddleware",
    "limits.middleware.QuotaMiddleware",
    "accounts.middleware.AccountsMiddleware",
    "documents.middleware.FilesInTimeMiddleware",
    "tenancy.middleware.LookMiddleware",
]

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
                "partners.context.partner",
                "support.context.unread",
            ],
            "builtins": ["tenancy.templatetags.wall"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Data -------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
# Opening a connection per request measured three times the cost of the page itself.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A cursor of the server would outlive the transaction, which neither the wall nor PgBouncer allows.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}
if CACHES["default"]["BACKEND"].endswith(".RedisCache"):
    CACHES["default"]["BACKEND"] = "iysportal.caching.ForgivingRedisCache"

# Keys of the encrypted columns (TCKN, credentials) and of all files, newest first; the first one encrypts.
FIELD_KEYS = env.list("FIELD_KEYS")
if not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS is empty.")
try:
    for key in FIELD_KEYS:
        Fernet(key)
except ValueError:
    # Without this it would be found out when the first identity number is saved.
    raise ImproperlyConfigured("FIELD_KEYS holds a key that is not 32 bytes in URL-safe Base64.") from None

# -- Files ------------------------------------------------------------------------------------------------

S3_BUCKET = env.str("S3_BUCKET", default="")
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="") or None
if S3_BUCKET:
    PRIVATE_FILES: dict[str, object] = {
        "BACKEND": "documents.encrypted_s3.EncryptedS3",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY"),
            "secret_key": env.str("S3_SECRET_KEY"),
            "signature_version": "s3v4",
            "default_acl": "private",
            "file_overwrite": True,
            # What is larger waits in a file on its way through the portal, not in memory.
            "max_memory_size": 10 * 1024 * 1024,
        },
    }
else:
    PRIVATE_FILES = {
        "BACKEND": "documents.encrypted.EncryptedFiles",
        "OPTIONS": {
            "location": str(VAR_DIR / "files"),
            "base_url": None,
            "allow_overwrite": True,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
STORAGES = {
    "default": PRIVATE_FILES,
    "private": PRIVATE_FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("rehber", BASE_DIR / "docs" / "rehber" / "resim"),
    ("destek", BASE_DIR / "docs" / "destek"),
]
# What may be chosen, and what may be kept of it: photos and scans are made small in between.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=25 * 1024 * 1024)
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=10 * 1024 * 1024)
UPLOAD_MAX_PAGES = env.int("UPLOAD_MAX_PAGES", default=60)
# What a file may be once it is unpacked, and what the process may take that opens it.
UPLOAD_MAX_PIXELS = env.int("UPLOAD_MAX_PIXELS", default=80_000_000)
UPLOAD_MAX_UNPACKED_BYTES = env.int("UPLOAD_MAX_UNPACKED_BYTES", default=128 * 1024 * 1024)
UPLOAD_MAX_OBJECTS = env.int("UPLOAD_MAX_OBJECTS", default=100_000)
INSPECTION_MEMORY_BYTES = env.int("INSPECTION_MEMORY_BYTES", default=768 * 1024 * 1024)
INSPECTION_SECONDS = env.float("INSPECTION_SECONDS", default=15.0)
# All of it together that one page waits for: below the 30 s after which web servers and proxies give up.
UPLOAD_SECONDS = env.float("UPLOAD_SECONDS", default=25.0)
RENDER_MEMORY_BYTES = env.int("RENDER_MEMORY_BYTES", default=1024 * 1024 * 1024)
RENDER_SECONDS = env.float("RENDER_SECONDS", default=120.0)
CLAMD_URL = env.str("CLAMD_URL", default="")
if CLAMD_URL and not CLAMD_URL.startswith(("tcp://", "unix:///")):
    raise ImproperlyConfigured(f"CLAMD_URL starts with tcp:// or unix:///, not {CLAMD_URL!r}.")
CLAMD_SECONDS = env.float("CLAMD_SECONDS", default=20.0)
# Six documents of full size and their form in one request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- Backups ----------------------------------------------------------------------------------------------

BACKUP_DIR = env.str("BACKUP_DIR", default="")
# Its role reads all rows, whosever they are, which the portal's own never do.
BACKUP_DATABASE_URL = env.str("BACKUP_DATABASE_URL", default="")
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
if BACKUP_KEEP < 1:
    raise ImproperlyConfigured("BACKUP_KEEP is 1 or more: the newest backup always stays.")
BACKUP_KEYS_DIR = env.str("BACKUP_KEYS_DIR", default="")
BACKUP_PASSPHRASE = env.str("BACKUP_PASSPHRASE", default="")

# -- Mail -------------------------------------------------------------------------------------------------

MAIL_MODE = env.str("MAIL_MODE", default="sandbox")
if MAIL_MODE not in ("sandbox", "live"):
    raise ImproperlyConfigured(f"MAIL_MODE is 'sandbox' or 'live', not {MAIL_MODE!r}.")
SMTP = env.email_url("SMTP_URL", default="smtp://127.0.0.1:2525")
EMAIL_HOST, EMAIL_PORT = SMTP["EMAIL_HOST"], SMTP["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP["EMAIL_HOST_USER"], SMTP["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.get("EMAIL_USE_TLS", False), SMTP.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
MAILBOX_URLS = env.list("MAILBOX_URLS", default=[f"maildir://{VAR_DIR / 'mail' / 'tracking'}"])
if MAIL_MODE == "sandbox":
    refuse_foreign_host(EMAIL_HOST, "SMTP_URL")
    for url in map(urlsplit, MAILBOX_URLS):
        if url.scheme != "maildir":
            refuse_foreign_host(url.hostname or "localhost", "MAILBOX_URLS")
TRACKING_DOMAIN = env.str("TRACKING_DOMAIN", default="takip.portal.example")
TRACKING_MAILBOX = env.str("TRACKING_MAILBOX", default="").lower()
# A letter's envelope sender takes 45 of the 64 characters before the @ (RFC 5321, 4.5.3.1.1), the + one more.
if not re.fullmatch(r"[a-z0-9._-]{0,18}", TRACKING_MAILBOX):
    raise ImproperlyConfigured("TRACKING_MAILBOX is the name before the +: at most 18 of a-z, 0-9, dot, _ and -.")
AUTHSERV_ID = env.str("AUTHSERV_ID", default="mx.portal.example")
# For `manage.py check_live`: whom to ask of the DNS (this machine's servers when empty), and which keys sign.
DNS_SERVER = env.str("DNS_SERVER", default="")
DKIM_SELECTORS = env.list("DKIM_SELECTORS", default=[])
IYS_DOMAINS = frozenset(env.list("IYS_DOMAINS", default=["iys.org.tr"]))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"portal@{TRACKING_DOMAIN}")
SANDBOX_URL = env.str("SANDBOX_URL", default="http://localhost:8025") if MAIL_MODE == "sandbox" else ""
# A mail above this is kept as it came and shown to people, but not taken apart.
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", default=40 * 1024 * 1024)
LETTER_MAX_BYTES = env.int("LETTER_MAX_BYTES", default=15 * 1024 * 1024)
LETTERS_PER_DAY = env.int("LETTERS_PER_DAY", default=5000)
LETTERS_TO_IYS_PER_DAY = env.int("LETTERS_TO_IYS_PER_DAY", default=500)
LETTERS_RESERVE = env.int("LETTERS_RESERVE", default=1000)

# How many finished cases it takes before the portal says how long something usually takes.
EXPECTATION_CASES = env.int("EXPECTATION_CASES", default=20)

# -- One-time codes, links, registry ------------------------------------------------------------------------

CODE_LIFETIME_SECONDS = env.int("CODE_LIFETIME_SECONDS", default=300)
CODE_ATTEMPTS = env.int("CODE_ATTEMPTS", default=5)
CODE_RESEND_SECONDS = env.int("CODE_RESEND_SECONDS", default=60)
CODE_RESENDS = env.int("CODE_RESENDS", default=3)
CONTINUE_LINK_DAYS = env.int("CONTINUE_LINK_DAYS", default=14)
SIGNING_LINK_DAYS = env.int("SIGNING_LINK_DAYS", default=7)
# How long an answer of the public status form is shown.
STATUS_PAGE_SECONDS = env.int("STATUS_PAGE_SECONDS", default=1800)
SMS_URL, SMS_TOKEN = env.str("SMS_URL", default=""), env.str("SMS_TOKEN", default="")
if MAIL_MODE == "sandbox" and SMS_URL:
    refuse_foreign_host(urlsplit(SMS_URL).hostname, "SMS_URL")
REGISTRY_URL, REGISTRY_TOKEN = env.str("REGISTRY_URL", default=""), env.str("REGISTRY_TOKEN", default="")
# Networks that count as public where somebody else's word names a host, such as that of our own mail server.
try:
    OUTGOING_PRIVATE_NETWORKS = tuple(map(ip_network, env.list("OUTGOING_PRIVATE_NETWORKS", default=[])))
except ValueError:
    raise ImproperlyConfigured("OUTGOING_PRIVATE_NETWORKS is like 10.0.5.0/24,10.0.6.7.") from None
# Certificates (PEM or DER) of the authorities whose e-signatures are believed.
TRUST_DIR = Path(env.str("TRUST_DIR", default=str(VAR_DIR / "trust")))

# -- Limits -------------------------------------------------------------------------------------------------

# How often and how much may be asked for, as limits/table.py has it unless the environment says otherwise.
try:
    QUOTAS = table.read(env.list("QUOTAS", default=[]))
except ValueError as error:
    raise ImproperlyConfigured(f"QUOTAS: {error}.") from None

# -- Reminders ----------------------------------------------------------------------------------------------

# From and until when reminders go out on business days, and SMS with news on any day, in Turkey's time.
try:
    REMINDER_HOURS = tuple(map(time.fromisoformat, env.str("REMINDER_HOURS", default="09:00-18:00").split("-")))
    opens, closes = REMINDER_HOURS
except ValueError:
    raise ImproperlyConfigured("REMINDER_HOURS is like 09:00-18:00.") from None
if opens >= closes:
    raise ImproperlyConfigured("REMINDER_HOURS ends before it begins.")
PACKAGE_WARNING_DAYS = env.int("PACKAGE_WARNING_DAYS", default=30)

# -- Celery -----------------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL.startswith("filesystem:"):
    BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
    for folder in ("queue", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
else:
    # The broker only passes notices: a page must not wait for one that is away (by default 6 s a letter).
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 2.0,  # seconds
        "socket_timeout": 5.0,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A bell for codes must not lie in the hand of a worker whose processes are all at work.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Istanbul"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

# -- People and log-in --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_MIN_LENGTH = 10
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"accounts.passwords.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLength", {"min_length": PASSWORD_MIN_LENGTH}),
        ("CommonPassword", {}),
        ("UserAttributeSimilarity", {"user_attributes": ("email", "full_name")}),
        ("NumericPassword", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "onboarding:board"
CSRF_FAILURE_VIEW = "accounts.views.form_is_old"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.signup.SignupForm"
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailVerificationCodeForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "signup": "accounts.forms.SignupForm",
}
# Theirs shut out whoever shares an account or an address with somebody who guesses; accounts/guesses.py counts.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
# For what a session alone must not do: e-mail, second factor, people, sending account.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.int("REAUTHENTICATION_SECONDS", default=300)
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_SECONDS", default=3600)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 300
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
MFA_ADAPTER = "accounts.second_factor.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.factor_forms.AddWebAuthnForm",
    "authenticate": "accounts.factor_forms.AuthenticateForm",
    "authenticate_webauthn": "accounts.factor_forms.AuthenticateWebAuthnForm",
    "edit_webauthn": "accounts.factor_forms.EditWebAuthnForm",
    "login_webauthn": "accounts.factor_forms.LoginWebAuthnForm",
    "reauthenticate": "accounts.factor_forms.ReauthenticateForm",
    "reauthenticate_webauthn": "accounts.factor_forms.ReauthenticateWebAuthnForm",
    "signup_webauthn": "accounts.factor_forms.SignupWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
# A code counts half a minute longer and sooner (RFC 6238, 5.2): people type slowly, clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "İYS kayıt portalı"
# A browser gives keys to pages over https, and to localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# How many days a member of staff may work without a second factor.
STAFF_SECOND_FACTOR_DAYS = env.int("STAFF_SECOND_FACTOR_DAYS", default=7)

# Sessions: how long one may be idle, and how long it lasts at all.
SESSION_ENGINE = "accounts.session_store"
STAFF_SESSION = (
    timedelta(minutes=env.int("STAFF_SESSION_IDLE_MINUTES", default=60)),
    timedelta(hours=env.int("STAFF_SESSION_HOURS", default=12)),
)
COMPANY_SESSION = (
    timedelta(days=env.int("SESSION_IDLE_DAYS", default=14)),
    timedelta(days=env.int("SESSION_DAYS", default=30)),
)
# The cookie may outlive the session; the row in the database decides.
SESSION_COOKIE_AGE = int(COMPANY_SESSION[1].total_seconds())
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"

# -- Language -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", "Türkçe")]
FORMAT_MODULE_PATH = ["iysportal.formats"]
TIME_ZONE = "Europe/Istanbul"
USE_TZ = True

# -- Security -----------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# A browser takes a cookie of such a name over https alone, for this very host (RFC 6265bis, 4.1.3.2).
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
TYPED_COOKIE_NAME = "__Host-typed" if HTTPS else "typed"  # tenancy/kept_posts.py
# What is said to a person is kept on our side, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:{DEFAULT_FROM_EMAIL}")
WHITENOISE_ADD_HEADERS_FUNCTION = on_static_files
# Signs the challenges of the security check (django-altcha).
ALTCHA_HMAC_KEY = f"security-check:{SECRET_KEY}"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [SELF],  # a PDF in a preview
    },
}

# -- Health -------------------------------------------------------------------------------------------------

# Who sends it as a bearer token (RFC 6750, 2.1) reads what is not well, and the metrics; empty: nobody does.
# Who is told by mail what has to be acted on; without any the superusers of no partner.
OPS_ADDRESSES = env.list("OPS_ADDRESSES", default=[])
if not all(re.fullmatch(r"[^@\s]+@[^@\s]+", address) for address in OPS_ADDRESSES):
    raise ImproperlyConfigured("OPS_ADDRESSES is a list of e-mail addresses, with commas in between.")

HEALTH_TOKEN = env.str("HEALTH_TOKEN", default="")
if HEALTH_TOKEN and not re.fullmatch(r"[A-Za-z0-9._~+/-]{16,}=*", HEALTH_TOKEN):
    raise ImproperlyConfigured("HEALTH_TOKEN is 16 characters or more of A-Z, a-z, 0-9 and -._~+/ (RFC 6750).")

# Where all processes of one service keep what they measure, so that it is read as one. Each service has a folder
# of its own. Empty: each process tells its own figures alone.
METRICS_DIR = env.str("METRICS_DIR", default="")
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_DIR  # read by prometheus-client when it is loaded
# The port at which a worker tells its figures to who has HEALTH_TOKEN; 0: none.
WORKER_METRICS_PORT = env.int("WORKER_METRICS_PORT", default=0)

# -- Logs ---------------------------------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="line" if DEBUG else "json")
if LOG_FORMAT not in ("json", "line"):
    raise ImproperlyConfigured(f"LOG_FORMAT is 'json' or 'line', not {LOG_FORMAT!r}.")
LOGGING = logs.configuration(LOG_FORMAT, env.str("LOG_LEVEL", default="INFO"))

# -- Reports of errors --------------------------------------------------------------------------------------

# Where errors are reported to (Sentry, or what speaks like it); empty: nowhere, and none of it is loaded.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    from iysportal import reports

    if not reports.is_address(SENTRY_DSN):
        raise ImproperlyConfigured("SENTRY_DSN is like https://KEY@sentry.example/7.")
    # Before Celery makes its tasks and Django its handlers, which are reported of.
    reports.begin(SENTRY_DSN, environment=MAIL_MODE)
