"""Settings: one file, every value from the environment, every value documented in `docs/settings.md`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from xiaoneng.law.defaults import DefaultsFaulty, adopt_file

try:  # a developer's tool: service runs without it
    import django_stubs_ext
except ModuleNotFoundError:
    pass
else:
    django_stubs_ext.monkeypatch()


def env(name: str, default: str = "") -> str:
    """Return the environment's `XIAONENG_<name>`, or `default`."""
    return os.environ.get(f"XIAONENG_{name}", default)


ROOT = Path(__file__).resolve().parents[3]
STATE = Path(env("STATE", str(ROOT / "var")))
MEDIA_ROOT = Path(env("FILES", str(STATE / "files")))
"""Where photographs of evidence are kept; never served as they lie."""
COLUMNS = Path(env("COLUMNS", str(STATE / "columns")))
"""Where events of feeds rest as columns (Parquet)."""
OPEN_DATA = Path(env("OPEN_DATA", str(STATE / "open")))
"""Where the files of the open data rest that `xiaoneng publish-data` makes."""
OPEN_LICENCE = env("OPEN_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
"""Under which licence our own public matters are published as open data."""
DEFAULTS = env("DEFAULTS")
"""TOML in which the city sets numbers of its own in place of ours; empty where ours hold."""
if DEFAULTS:
    try:
        adopt_file(Path(DEFAULTS))
    except DefaultsFaulty as faulty:
        lines = "".join(f"\n- {one.zh} · {one.en}" for one in faulty.faults)
        raise ImproperlyConfigured(f"Refusing to start: {DEFAULTS}:{lines}") from None
PRODUCTION = env("PRODUCTION") == "1"
if not PRODUCTION:
    (STATE / "static").mkdir(parents=True, exist_ok=True)
DEBUG = env("DEBUG") == "1" and not PRODUCTION

SECRET_KEY = env("SECRET_KEY", "" if PRODUCTION else "for development and tests only: refuse in production")
SIGNING_KEY = env("SIGNING_KEY")
"""Ed25519 seed (base64, 32 bytes) for receipts and checkpoints; outside production one is made in `STATE`."""
SITE = env("SITE", "xiaoneng.local/ningbo")
"""The name under which checkpoints are signed (C2SP origin) and papers are issued."""
if PRODUCTION:
    missing = [name for name in ("SECRET_KEY", "SIGNING_KEY", "DATABASE", "HOSTS") if not env(name)]
    if missing:
        raise ImproperlyConfigured(
            "Refusing to start: set " + ", ".join(f"XIAONENG_{name}" for name in missing)
        )

ALLOWED_HOSTS = env("HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "xiaoneng.organisation",
    "xiaoneng.catalogue",
    "xiaoneng.ledger",
    "xiaoneng.likeness",
    "xiaoneng.matters",
    "xiaoneng.supervision",
    "xiaoneng.openness",
    "xiaoneng.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "xiaoneng.config.urls"
WSGI_APPLICATION = "xiaoneng.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "xiaoneng.web.context.page",
            ],
        },
    }
]


def database(address: str) -> dict[str, object]:
    """Return Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path.lstrip("/") or ":memory:",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-65536;"
                "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(env("DATABASE", f"sqlite:////{STATE}/xiaoneng.sqlite3"))}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_TEMPLATE = "xiaoneng/locked.html"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
STYLE_PAGE = DEBUG or env("STYLE_PAGE") == "1"
"""Whether `/style/`, the living page of components, is shown; never in production unless asked for."""
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STATE / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "xiaoneng.web.pictures.bundle.BundleFinder",
]
WHITENOISE_USE_FINDERS = not PRODUCTION

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env("TLS_ELSEWHERE") != "1"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
DEFAULT_EXCEPTION_REPORTER_FILTER = "xiaoneng.web.reports.Withholding"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
API_BODY_LIMIT = int(env("API_BODY_MB", "64")) * 1024 * 1024
"""Bytes, unpacked, that one import handed in over the network may have."""
EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
