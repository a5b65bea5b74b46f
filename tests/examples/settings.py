"""The settings of an example, with a broker that takes many quick messages."""

from shop.settings import *  # type: ignore[import-not-found] # noqa: F403

CELERY_BROKER_TRANSPORT = "tests.broker:Transport"
