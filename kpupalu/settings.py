"""All settings, all from the environment, safe when nothing is said.

Only the demo and the tests may weaken anything, by the variables read here; a production office sets those
that ``docker-compose.yml`` names. ``manage.py check --deploy`` is clean under them.
"""

import os
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "ya", "yes", "on"}


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = _flag("DEBUG", default=False)
# The demo and training mode: every page and PDF carries CONTOH – BUKAN DOKUMEN RESMI.
MODE_CONTOH = _flag("MODE_CONTOH", default=False)

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY belum diisi. Isi variabel lingkungan SECRET_KEY, atau jalankan `make demo`.")

ALLOWED_HOSTS = _list("ALLOWED_HOSTS")
URL_PUBLIK = os.environ.get("URL_PUBLIK", "https://localhost").rstrip("/")
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")
NAMA_SATKER = "KPU Kota Palu"
KODE_SATKER = "7271"

# Private files (received files, evidence, signed documents). Never below a folder that a web server serves.
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var" / "data"))
MEDIA_ROOT = DATA_DIR / "berkas"
MEDIA_URL = ""

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "import_export",
    "kpupalu.accounts",
    "kpupalu.audit",
    "kpupalu.basisdata",
    "kpupalu.wilayah",
    "kpupalu.organisasi",
    "kpupalu.aturan",
    "kpupalu.pemberitahuan",
    "kpupalu.cari",
    "kpupalu.kalender",
    "kpupalu.jobs",
    "kpupalu.imports",
    "kpupalu.naskah",
    "kpupalu.surat",
    "kpupalu.rapat",
    "kpupalu.ui",
    "kpupalu.demo",
    "pdpb",
    "ppid",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kpupalu.accounts.middleware.AccessMiddleware",
    "kpupalu.ui.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "kpupalu.urls"
WSGI_APPLICATION = "kpupalu.wsgi.application"
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
                "kpupalu.ui.context.halaman",
            ],
            "builtins": ["kpupalu.ui.templatetags.kantor"],
        },
    }
]

# --- Database ---
_mesin = "kpupalu.basisdata.postgresql"
DATABASES = {
    "default": dj_database_url.config(env="DATABASE_URL", engine=_mesin, conn_max_age=60, conn_health_checks=True)
}
if not DATABASES["default"]:
    DATABASES = {"default": {"ENGINE": _mesin, "NAME": "kantor"}}
# Only for `hak_basisdata`, which the owner of the database runs after each migration.
PERAN_APLIKASI = os.environ.get("PERAN_APLIKASI", "")
SANDI_APLIKASI = os.environ.get("SANDI_APLIKASI", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sessions ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["kpupalu.accounts.backends.PeranBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
WAJIB_2FA = _flag("WAJIB_2FA", default=True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "beranda"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "kpupalu.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Recovery codes are our own: hashed, shown once, good once (kpupalu.accounts.pemulihan).
MFA_SUPPORTED_TYPES = ["totp"]
MFA_ADAPTER = "kpupalu.accounts.adapter.MFAAdapter"
MFA_TOTP_ISSUER = NAMA_SATKER
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "kpupalu.accounts.sesi"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESI_DIAM_MENIT = int(os.environ.get("SESI_DIAM_MENIT", "15"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Shared by all processes, else rate limits would count in each worker apart.
CACHE_URL = os.environ.get("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_bersama"}
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Transport and headers ---
# Without TLS browsers refuse Secure and __Host- cookies, so only the demo and the tests turn this off.
TLS = _flag("TLS", default=True)
SECURE_SSL_REDIRECT = TLS
DI_BELAKANG_PROXY = _flag("DI_BELAKANG_PROXY", default=False)
# Without this every person behind the proxy would share one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if DI_BELAKANG_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DI_BELAKANG_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-sesi" if TLS else "sesi_contoh"
CSRF_FAILURE_VIEW = "kpupalu.ui.views.galat_csrf"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf_contoh"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# --- Language and time ---
LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

# --- Static files ---
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _flag("STATIC_BERMANIFES", default=True)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _flag("STATIC_BERMANIFES", default=True)

# A cell that begins like a formula is written as text.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

FORM_RENDERER = "kpupalu.ui.isian.PencetakIsian"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["kpu"]
CRISPY_TEMPLATE_PACK = "kpu"
CRISPY_FAIL_SILENTLY = False

# --- Background work ---
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")
# The demo without Redis uses a folder as its queue; see kpupalu/demo/layanan.py.
_antrean = os.environ.get("ANTREAN_DIR", "")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "data_folder_in": _antrean,
        "data_folder_out": _antrean,
        "control_folder": f"{_antrean}/kendali",
        "polling_interval": 0.2,
    }
    if _antrean
    # A queue that is down must not hold up the person who asked: the job's row waits and is queued later. Without
    # max_retries the transport asks again for six seconds, whatever the publisher says.
    else {"socket_connect_timeout": 2, "max_retries": 0}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Makassar"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "pekerjaan-terhenti": {"task": "kpupalu.jobs.tasks.resume_stalled_jobs", "schedule": 15.0},
    "segel-jejak": {"task": "audit.segel", "schedule": 60.0},
    "titik-periksa": {"task": "audit.titik_periksa", "schedule": crontab(hour=18, minute=0)},
    "ingatkan-tenggat": {"task": "kalender.ingatkan", "schedule": crontab(hour=6, minute=0)},
    "ringkasan-pemberitahuan": {"task": "pemberitahuan.ringkasan", "schedule": crontab(hour=7, minute=0)},
    "layanan-informasi": {"task": "ppid.harian", "schedule": crontab(hour=5, minute=30)},
    "berkas-lewat": {"task": "pdpb.bersihkan_berkas", "schedule": crontab(hour=18, minute=30)},
}
JOB_LEASE_SECONDS = int(os.environ.get("JOB_LEASE_SECONDS", "30"))

# --- E-mail: only the daily digest of notifications, and none without a server ---
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_PENGGUNA", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_SANDI", "")
EMAIL_USE_TLS = _flag("EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_DARI", "kantor@localhost")

# --- Signing ---
BSRE_URL = os.environ.get("BSRE_URL", "")
BSRE_PENGGUNA = os.environ.get("BSRE_PENGGUNA", "")
BSRE_SANDI = os.environ.get("BSRE_SANDI", "")
BSRE_VERSI = os.environ.get("BSRE_VERSI", "2")

# --- Logs ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"rahasia": {"()": "kpupalu.lib.samaran.SaringRahasia"}},
    "formatters": {"baris": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"konsol": {"class": "logging.StreamHandler", "formatter": "baris", "filters": ["rahasia"]}},
    "root": {"handlers": ["konsol"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        "pyhanko_certvalidator": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
    },
}
