# The application's image: `docker compose build`. Secrets come at run time; .dockerignore keeps .env and var/ out.
FROM python:3.11-slim
WORKDIR /srv/federation
ENV PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=federation.settings.production
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# Static files belong to the image; what the settings need to load is no secret and stays in this line.
RUN SECRET_KEY=build DATABASE_URL=sqlite:// ALLOWED_HOSTS=localhost BASE_URL=https://localhost \
      python manage.py collectstatic --noinput \
    && useradd --system federation && mkdir -p var/media && chown -R federation var/media
USER federation
CMD ["granian", "--interface", "wsgi", "federation.wsgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "5"]
