"""The Celery app, and a task that tells what it found."""

import os
from pathlib import Path

import django
from celery import Celery, shared_task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bank.settings")
django.setup()

FOLDER = Path(os.environ.get("BANK_FOLDER", "."))
MESSAGES = FOLDER / "messages"
MESSAGES.mkdir(exist_ok=True)

app = Celery("bank", broker="filesystem://", set_as_current=True)
app.conf.broker_transport_options = {
    "data_folder_in": str(MESSAGES),
    "data_folder_out": str(MESSAGES),
    "control_folder": str(FOLDER / "control"),
}
app.conf.task_time_limit, app.conf.task_soft_time_limit = 60, 50


@shared_task
def look(account_id: int) -> None:
    """Write down whether the account is there."""
    from bank.models import Account

    found = Account.objects.filter(pk=account_id).exists()
    (FOLDER / f"{account_id}.found").write_text("found" if found else "missing")
