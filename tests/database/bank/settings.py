"""The database is named by `BANK_DATABASE`, the folder of everything else by `BANK_FOLDER`."""

import json
import os

SECRET_KEY = "only for the tests"
INSTALLED_APPS = ["bank"]
DATABASES = {"default": json.loads(os.environ.get("BANK_DATABASE", "{}")) or {"ENGINE": "django.db.backends.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
USE_TZ = True
