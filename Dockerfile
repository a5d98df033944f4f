# One image for web, worker and beat. Nothing secret is in it; everything comes from the environment.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin kantor \
    && install -d -o kantor -g kantor -m 0700 /data

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp/cache
WORKDIR /app
COPY requirements-produksi.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-produksi.lock
COPY manage.py ./
COPY kpupalu kpupalu
COPY pdpb pdpb
COPY ppid ppid
COPY templates templates
COPY static static
COPY docs/panduan docs/panduan
# They travel in the package of a quarter, so that its digests can be checked elsewhere.
COPY docs/keputusan/0006-digest.md docs/keputusan/
COPY docs/keputusan/0013-pohon-bukti.md docs/keputusan/
COPY docs/periksa_bukti.py docs/
# The manifest of static files needs settings, and they need a secret: one that this command alone sees.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    python manage.py collectstatic --noinput --verbosity 0

USER kantor
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "kpupalu.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
