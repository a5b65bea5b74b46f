from typing import Any

from django.template import Library

register: Library

def getattribute(value: Any, arg: str) -> Any: ...
