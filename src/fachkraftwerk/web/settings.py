"""Settings of the web application. Everything an operator may change comes from the environment."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlparse

from platformdirs import user_data_path

PACKAGE = Path(__file__).parent
#: Folder for everything this installation writes: database, runs, secret key.
HOME = Path(os.environ.get("FACHKRAFTWERK_HOME") or user_data_path("fachkraftwerk"))


def _secret_key() -> str:
    """Return the installation's own key; made once and kept readable for the owner only."""
    if given := os.environ.get("FACHKRAFTWERK_SECRET_KEY"):
        return given
    HOME.mkdir(parents=True, exist_ok=True)
    path = HOME / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


def _database(address: str) -> dict[str, object]:
    """Return Django's database entry for ``address`` (postgresql://user@host/name or sqlite:///path)."""
    if address.startswith(("postgres://", "postgresql://")):
        url = urlparse(address)
        entry: dict[str, object] = {
            "ENGINE": "django.db.backends.postgresql", "NAME": url.path.lstrip("/"), "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""), "HOST": unquote(url.hostname or ""), "PORT": str(url.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}} if find_spec("psycopg_pool") else {},
        }  # fmt: skip
        return entry
    path = address.removeprefix("sqlite:///") or str(HOME / "fachkraftwerk.sqlite3")
    # IMMEDIATE: a write transaction waits its turn at the start instead of failing in the middle.
    # secure_delete: what is deleted (pseudonyms at closing) is overwritten in the file as well.
    options = {
        "transaction_mode": "IMMEDIATE", "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;",
    }  # fmt: skip
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("FACHKRAFTWERK_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("FACHKRAFTWERK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("FACHKRAFTWERK_ORIGINS", "").split(",") if origin]
#: How other devices reach this server, if its own browser calls it 127.0.0.1 (hall box); without a slash at the end.
PUBLIC_ADDRESS = os.environ.get("FACHKRAFTWERK_PUBLIC_ADDRESS", "").rstrip("/")
HTTPS = os.environ.get("FACHKRAFTWERK_HTTPS") == "1"

APPS = ("accounts", "about", "regions", "quality", "scenarios", "workshops", "afterwards", "roadmap", "network", "api")
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # An app is installed once its folder exists; later parts of the loop slot in by their folder alone.
    *(f"fachkraftwerk.web.{app}" for app in APPS if (PACKAGE / app / "apps.py").exists()),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fachkraftwerk.web.middleware.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "fachkraftwerk.web.middleware.static_files",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "fachkraftwerk.web.middleware.language_from_query",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fachkraftwerk.web.middleware.refusals",
]
ROOT_URLCONF = "fachkraftwerk.web.urls"
ASGI_APPLICATION = "fachkraftwerk.web.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fachkraftwerk.web.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "fachkraftwerk.web.templatetags.words",
            ],
        },
    }
]
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = None
# Files are found in the package itself, so a fresh installation serves them without a collecting step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "fachkraftwerk.web.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EMAIL_BACKEND = os.environ.get("FACHKRAFTWERK_EMAIL", "django.core.mail.backends.console.EmailBackend")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
