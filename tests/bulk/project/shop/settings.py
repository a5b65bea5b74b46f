"""Just enough for Django to set up the models."""

SECRET_KEY = "only for the tests"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop", "race", "query", "teams"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
