"""Settings. Everything that differs between installations comes from the environment."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from luwes import __version__
from luwes.config import embedded

PACKAGE = Path(__file__).resolve().parent.parent

PRODUCTION = os.environ.get("LUWES_PRODUCTION") == "1"
DATA = embedded.default_root(os.environ)
SECRET_KEY = os.environ.get("LUWES_SECRET_KEY") or embedded.secret_key(DATA, production=PRODUCTION)
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("LUWES_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")]
VERSION = __version__
# Networks of the proxies in front of us: only what they append to X-Forwarded-For is believed.
TRUSTED_PROXIES = [ip_network(net.strip()) for net in os.environ.get("LUWES_TRUSTED_PROXIES", "").split(",") if net]
# The health lines of `luwes check`, shown on the system page too; web may not import config.
HEALTH_CHECKS = "luwes.config.health.checks.ALL"

# The name shown in the header until the government's own unit is imported.
AGENCY_NAME = os.environ.get("LUWES_AGENCY_NAME", "Pemerintah Provinsi Contoh")

DATABASE_URL = os.environ.get("LUWES_DATABASE_URL") or embedded.url(DATA)


def _database(url: str) -> dict[str, Any]:
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    named = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named["dbname"] or "luwes",
        "USER": named["user"] or "",
        "PASSWORD": named["password"] or "",
        "HOST": named["host"] or "",
        "PORT": str(named["port"] or ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "luwes.apps.audit",
    "luwes.apps.accounts",
    "luwes.apps.sources",
    "luwes.apps.notices",
    "luwes.apps.documents",
    "luwes.apps.people",
    "luwes.apps.policy",
    "luwes.apps.schedule",
    "luwes.apps.attendance",
    "luwes.apps.results",
    "luwes.apps.evaluation",
    "luwes.apps.reporting",
]

MIDDLEWARE = [
    "luwes.web.frame.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "luwes.web.frame.middleware.Access",
]

ROOT_URLCONF = "luwes.config.urls"
WSGI_APPLICATION = "luwes.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "web").glob("*/templates")),
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "luwes.web.frame.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "luwes.web.ui.templatetags.ui", "luwes.web.frame.moments"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"  # its own widgets; our fields wrap them

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "ui" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["luwes.apps.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["luwes.apps.accounts.hashers.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "luwes.web.frame.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_SSL_REDIRECT = PRODUCTION and os.environ.get("LUWES_BEHIND_TLS_PROXY") != "1"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("LUWES_BEHIND_TLS_PROXY") == "1" else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Files are parsed from memory, so an upload never becomes a temporary file.
UPLOAD_CAP_BYTES = 50 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["luwes.web.sources.uploads.CappedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Mail goes out where a sender is named; without one the inbox and the text to paste are what people have.
MAIL_FROM = os.environ.get("LUWES_MAIL_FROM", "")
MAILER = "luwes.apps.notices.mail.SmtpMailer"
# Who is off duty is known above the notices.
OFF_DUTY = "luwes.apps.people.staff.heads.off_duty_nips"
EMAIL_HOST = os.environ.get("LUWES_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LUWES_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LUWES_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LUWES_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LUWES_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
# What stands before a path in a mail or on a poster, e.g. https://luwes.contoh.go.id
SITE_URL = os.environ.get("LUWES_SITE_URL", "").rstrip("/")

LANGUAGE_CODE = os.environ.get("LUWES_LANGUAGE", "id")
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "luwes_bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("LUWES_TIME_ZONE", "Asia/Jakarta")

# The kinds of file that can be imported, by dotted path: `sources` lies below the apps that own them.
IMPORT_KINDS = [
    "luwes.apps.results.importers.BUDGET",
    "luwes.apps.results.outputs.OUTPUTS_KIND",
    "luwes.apps.results.bills.BILLS_KIND",
    "luwes.apps.results.services.tickets.TICKETS_KIND",
    "luwes.apps.results.services.queue.QUEUE_KIND",
    "luwes.apps.results.services.survey.SURVEY_KIND",
    "luwes.apps.results.services.complaints.COMPLAINTS_KIND",
    "luwes.apps.results.services.openings.OPENINGS_KIND",
    "luwes.apps.people.staff.importers.STAFF_KIND",
    "luwes.apps.people.staff.discipline.DISCIPLINE_KIND",
    "luwes.apps.people.services.unit_sheet.UNITS_KIND",
    "luwes.apps.people.services.service_sheet.SERVICES_KIND",
    "luwes.apps.people.programmes.importers.PROGRAMS_KIND",
    "luwes.apps.schedule.importers.LEAVE_KIND",
    "luwes.apps.schedule.importers.TRIPS_KIND",
    "luwes.apps.schedule.importers.FLEXDAYS_KIND",
    "luwes.apps.schedule.lots.LOTS_KIND",
    "luwes.apps.reporting.form_import.FORM_KIND",
    "luwes.apps.attendance.importers.PUNCHES",
    "luwes.apps.attendance.badges.BADGES",
    "luwes.apps.attendance.recap.RECAP",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "luwes.config.logs.Discreet"}},
    "formatters": {"json": {"()": "luwes.config.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["discreet"]},
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("LUWES_LOG_LEVEL", "WARNING")},
}
