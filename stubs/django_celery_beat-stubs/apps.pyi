from django.apps import AppConfig

__all__ = ["BeatConfig"]

class BeatConfig(AppConfig): ...
