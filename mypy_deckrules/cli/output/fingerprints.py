"""Names of findings that stay the same when lines move, so that a code host can tell old ones from new ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from mypy_deckrules.cli.output.paths import from_root
from mypy_deckrules.cli.results import Finding


def with_fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint: of the file, the code, the message, and how often that came before."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = from_root(finding.path), finding.code, finding.message
        yield finding, hashlib.sha256("\0".join((*key, str(seen[key]))).encode()).hexdigest()
        seen[key] += 1
