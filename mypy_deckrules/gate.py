"""Which rules run in a module: the project's own options together with mypy's error code switches."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mypy.errorcodes import error_codes
from mypy.options import Options as MypyOptions

from mypy_deckrules.codes import ERROR_CODES, FAMILY_ERROR_CODES, RULES, expand
from mypy_deckrules.config import ERROR_CODE_NAMES, Options, unknown_code


class Gate:
    """Answers, for each module, which codes are to be reported.

    mypy's switches win over the project's own options, and a code wins over its family, as in mypy itself:
    ``disable_error_code`` always silences, ``enable_error_code`` turns on what the options leave out. They come from
    mypy's per-module sections and from ``# mypy:`` comments.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._last: tuple[str, MypyOptions, frozenset[str]] | None = None

    def codes(self, module: str, mypy_options: MypyOptions) -> frozenset[str]:
        """The codes that run in ``module``.

        Args:
            module: its full name.
            mypy_options: mypy's options for this module, inline comments included.
        """
        if self._last is None or self._last[0] != module or self._last[1] is not mypy_options:
            self._last = module, mypy_options, self._compute(module, mypy_options)
        return self._last[2]

    def _compute(self, module: str, mypy_options: MypyOptions) -> frozenset[str]:
        enabled, disabled = mypy_options.enabled_error_codes, mypy_options.disabled_error_codes
        if not enabled and not disabled:  # as in most modules
            return self._options.codes_for(module)
        codes = set(self._options.codes_for(module))
        for rule in RULES:
            for error_code in (FAMILY_ERROR_CODES[rule.family.code], ERROR_CODES[rule.code]):
                if error_code in disabled:
                    codes.discard(rule.code)
                elif error_code in enabled:
                    codes.add(rule.code)
        return frozenset(codes)


def enabled_anywhere(mypy_options: MypyOptions) -> frozenset[str]:
    """The codes that mypy's configuration enables for any module; a module's own ``# mypy:`` comment is not seen."""
    per_module = (names for _, names in _per_module(mypy_options, "enable_error_code"))
    sections = [mypy_options.enable_error_code, *per_module]
    expanded = (expand(name) or frozenset() for names in sections for name in names)
    return frozenset[str]().union(*expanded)


def refuse_misspelt(mypy_options: MypyOptions) -> None:
    """Refuse what seems one of our codes in mypy's per-module sections: mypy ends with an INTERNAL ERROR on a code that
    it does not know.

    Raises:
        ConfigError: a code there is unknown, and all but a code of this plugin.
    """
    for option in ("enable_error_code", "disable_error_code"):
        for module, names in _per_module(mypy_options, option):
            for name in names:
                if name not in error_codes and get_close_matches(name, ERROR_CODE_NAMES, cutoff=0.8):
                    raise unknown_code(f"{mypy_options.config_file}: {option} for {module}", name, ERROR_CODE_NAMES)


def _per_module(mypy_options: MypyOptions, option: str) -> Iterator[tuple[str, list[str]]]:
    for module, section in mypy_options.per_module_options.items():
        names = section.get(option, [])
        yield module, names if isinstance(names, list) else []
