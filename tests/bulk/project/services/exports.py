# select: service-return
"""An __all__ that is put together."""

__all__ = ["run"] + ["two"]
__all__.extend(["three"])
__all__.append("four")
__all__.remove("run")


def run():
    pass


def two():  # E: service-return
    pass


def four():  # E: service-return
    pass


def five():
    pass
