from typing import NamedTuple

__version__: str
__author__: str
__contact__: str
__homepage__: str
__docformat__: str

class version_info_t(NamedTuple):
    major: int
    minor: int
    micro: int
    releaselevel: str
    serial: str

VERSION: version_info_t
version_info: version_info_t

__all__: list[str] = []
