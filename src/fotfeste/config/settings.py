"""Django settings. Everything that differs between installations comes from the environment.

The launcher's commands see to a database and set FOTFESTE_APP_URL and FOTFESTE_OWNER_URL; nothing else reads
addresses. `default` is the app role (row-level security applies), `owner` migrates, loads and backs up.
"""

import os
import secrets
from pathlib import Path

from fotfeste.platform.postgres import url_to_django
from fotfeste.web.providers import read_providers

ROOT = Path(__file__).resolve().parents[3]
IS_DEMO = os.environ.get("FOTFESTE_DEMO") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("FOTFESTE_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("FOTFESTE_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "fotfeste.platform",
    "fotfeste.directory",
    "fotfeste.access",
    "fotfeste.worklist",
    "fotfeste.letters",
    "fotfeste.registry",
    "fotfeste.accommodation",
    "fotfeste.alternative",
    "fotfeste.settlement",
    "fotfeste.self_settlement",
    "fotfeste.allocation",
    "fotfeste.refusal",
    "fotfeste.ledger",
    "fotfeste.grants",
    "fotfeste.retention",
    "fotfeste.insight",
    "fotfeste.web",
    "fotfeste.demo",
]
MIDDLEWARE = [
    "fotfeste.platform.middleware.request_number",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fotfeste.platform.middleware.page_headers",
    "fotfeste.platform.middleware.no_large_bodies",
    "fotfeste.platform.middleware.no_null_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fotfeste.web.middleware.viewer_and_scope",
]
ROOT_URLCONF = "fotfeste.config.urls"
WSGI_APPLICATION = "fotfeste.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "fotfeste.platform.templatetags.fotfeste"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "fotfeste.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "fotfeste.platform.components.controls.Controls"

APP_URL = os.environ.get("FOTFESTE_APP_URL", "postgresql://fotfeste_app@localhost/fotfeste")
OWNER_URL = os.environ.get("FOTFESTE_OWNER_URL", "postgresql://fotfeste_owner@localhost/fotfeste")
_APP = url_to_django(APP_URL)
# Pages are short queries; behind row-level security the planner thinks them dear, and compiling one costs 200 ms.
# What is prepared (platform.prepared) is planned once for a connection: planning the policies costs more than asking.
_SESSION = {"options": "-c jit=off -c plan_cache_mode=force_generic_plan", "prepare_threshold": 0}
_APP["OPTIONS"] = _SESSION | _APP["OPTIONS"]
DATABASES = {
    "default": _APP | {"CONN_MAX_AGE": 600, "TEST": {"MIRROR": "owner"}},
    "owner": url_to_django(OWNER_URL)
    | {
        "TEST": {
            "NAME": os.environ.get("FOTFESTE_TEST_NAME"),
            "DEPENDENCIES": [],  # else on `default`, which is this one in tests
            "TEMPLATE": os.environ.get("FOTFESTE_TEST_TEMPLATE", "template0"),
        }
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["fotfeste.access.login.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}
]
LOGIN_URL = "login"
CSRF_FAILURE_VIEW = "fotfeste.web.login.form_was_too_old"
LOGIN_REDIRECT_URL = "worklist"
# Who logs staff in; the variables are described in the module. Passwords of our own are for the first hour of an
# installation and for those without a provider: off unless the environment says otherwise.
LOGIN_PROVIDERS = read_providers(os.environ)
HAS_PASSWORDS = os.environ.get("FOTFESTE_PASSWORDS") == "1"
SOCIALACCOUNT_ADAPTER = "fotfeste.web.login_provider.ConfiguredProviders"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
RETENTION_RULES = os.environ.get("FOTFESTE_RETENTION")  # the installation's own periods; docs/retention.md
SCHEME_RULES = os.environ.get("FOTFESTE_SCHEMES")  # the installation's own rules of the schemes; docs/schemes.md
PROXIES_BEFORE = int(os.environ.get("FOTFESTE_PROXIES", "0"))  # how many of ours add to X-Forwarded-For
IS_HTTPS = os.environ.get("FOTFESTE_HTTPS") == "1"  # set it wherever the pages are reached through TLS
if IS_HTTPS:  # TLS ends in the proxy before us, which must set this header and let nobody else do it
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_ENGINE = "fotfeste.web.sessions"
SESSION_COOKIE_AGE = 30 * 60  # of doing nothing
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# What is told on the next page has names in it: it ends with the session, and is in no cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = None  # the built files are served from where the launcher builds them
STATICFILES_DIRS = [ROOT / "src" / "fotfeste" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'self'"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The largest form: its texts and a document or two. What is larger is refused before it is read; what is not lies in
# memory, and is never written to a folder of the machine.
LARGEST_BODY = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY
DATA_UPLOAD_MAX_NUMBER_FILES = 5

SILENCED_SYSTEM_CHECKS: list[str] = []
PGTRIGGER_MIGRATIONS = True
PGTRIGGER_INSTALL_ON_MIGRATE = False

FOTFESTE_SUBSCRIPTIONS = "fotfeste.config.subscriptions"
FOTFESTE_HAPPENED = "fotfeste.web.happened.events_since"
FOTFESTE_LAST_HAPPENED = "fotfeste.web.happened.last_known"
FOTFESTE_ASK_TO_LOG_IN = "fotfeste.web.login.ask_to_log_in"
FOTFESTE_MONEY_MOVED = "fotfeste.grants.public.what_if"
FOTFESTE_DEPARTURE_ADVICE = "fotfeste.settlement.public.departure_advice"
FOTFESTE_STILL_REFUSING = "fotfeste.refusal.public.still_refusing"
FOTFESTE_SAID_YES = "fotfeste.refusal.public.said_yes"
FOTFESTE_SETTLES_ON = "fotfeste.settlement.public.settles_on"
FOTFESTE_ASK_BY_THEMSELVES = "fotfeste.self_settlement.public.waits_in_queue"
FOTFESTE_OFFER_REASONS = "fotfeste.allocation.public.offer_reasons"
FOTFESTE_TRAINING_RULED = "fotfeste.refusal.public.training_ruled"
FOTFESTE_SENTENCES = [
    "fotfeste.platform.sentences",
    "fotfeste.directory.sentences",
    "fotfeste.access.sentences",
    "fotfeste.worklist.sentences",
    "fotfeste.letters.sentences",
    "fotfeste.registry.sentences",
    "fotfeste.accommodation.sentences",
    "fotfeste.alternative.sentences",
    "fotfeste.settlement.sentences",
    "fotfeste.self_settlement.sentences",
    "fotfeste.allocation.sentences",
    "fotfeste.refusal.sentences",
    "fotfeste.ledger.sentences",
    "fotfeste.grants.sentences",
]

FOTFESTE_TASK_KINDS = [
    "fotfeste.registry.task_kinds",
    "fotfeste.accommodation.task_kinds",
    "fotfeste.letters.task_kinds",
    "fotfeste.alternative.task_kinds",
    "fotfeste.settlement.task_kinds",
    "fotfeste.refusal.task_kinds",
    "fotfeste.self_settlement.task_kinds",
    "fotfeste.ledger.task_kinds",
]

# Who says what becomes of their rows when the purpose of keeping them is over.
FOTFESTE_FORGETTING = [
    "fotfeste.access.forgetting",
    "fotfeste.worklist.forgetting",
    "fotfeste.registry.forgetting",
    "fotfeste.accommodation.forgetting",
    "fotfeste.letters.forgetting",
    "fotfeste.alternative.forgetting",
    "fotfeste.settlement.forgetting",
    "fotfeste.self_settlement.forgetting",
    "fotfeste.allocation.forgetting",
    "fotfeste.refusal.forgetting",
    "fotfeste.ledger.forgetting",
    "fotfeste.web.forgetting",
]

# Whose rules an installation may give dated versions of its own.
FOTFESTE_OWN_RULES = ["fotfeste.alternative.rules", "fotfeste.grants.rules"]

# Who is asked for people known to leave the centres (what the centres' forecast rests on).
FOTFESTE_DEPARTURES_AHEAD = ["fotfeste.settlement.public.departures_ahead"]

LOGGING_CONFIG = "fotfeste.platform.logs.configure"
LOGGING: dict[str, object] = {"format": "json"}  # an empty one would keep Django from calling the function above
