"""pylsp with pylsp-mypy, and a real client: a file is opened, edited and saved."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cattrs import Converter
from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient
from pygls.protocol import default_converter

from .project import BAD, GOOD, IN_BAD, IN_SENT, SENT, Shown, environment, write_project

PATIENCE = 60
LINTERS = ("autopep8", "flake8", "mccabe", "pycodestyle", "pydocstyle", "pyflakes", "pylint", "yapf")


class Editor:
    """A client of the server that has one file open."""

    def __init__(self, client: BaseLanguageClient, file: Path) -> None:
        self._client = client
        self._file = file
        self._version = 1
        self._published: asyncio.Queue[list[lsp.Diagnostic]] = asyncio.Queue()

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def take(params: lsp.PublishDiagnosticsParams) -> None:
            self._published.put_nowait(list(params.diagnostics))

    async def start(self, settings: dict[str, Any]) -> None:
        root = self._file.parents[1]
        await self._client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=root.as_uri(), root_path=str(root))
        )
        self._client.initialized(lsp.InitializedParams())
        plugins = {**{linter: {"enabled": False} for linter in LINTERS}, "pylsp_mypy": {"enabled": True, **settings}}
        self._client.workspace_did_change_configuration(
            lsp.DidChangeConfigurationParams(settings={"pylsp": {"plugins": plugins}})
        )

    async def open(self) -> list[Shown]:
        document = lsp.TextDocumentItem(self._file.as_uri(), "python", self._version, self._file.read_text())
        self._client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        return await self._shown()

    async def edit(self, text: str) -> list[Shown]:
        self._version += 1
        self._client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self._version, self._file.as_uri()),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return await self._shown()

    async def save(self, text: str) -> list[Shown]:
        self._file.write_text(text)
        self._client.text_document_did_save(
            lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(self._file.as_uri()))
        )
        return await self._shown()

    async def _shown(self) -> list[Shown]:
        """The errors that the server tells of next; mypy's notes are left out."""
        diagnostics = await asyncio.wait_for(self._published.get(), PATIENCE)
        return sorted(
            Shown(
                str(item.code),
                item.range.start.line + 1,
                item.range.start.character + 1,
                item.range.end.line + 1,
                item.range.end.character,
            )
            for item in diagnostics
            if item.severity is lsp.DiagnosticSeverity.Error
        )


def converter() -> Converter:
    """pygls' own; lsprotocol 2025.0.0 cannot read what pylsp says of notebooks, which are not opened here."""
    made = default_converter()
    made.register_structure_hook(lsp.NotebookDocumentSyncOptions, lambda *_: None)
    return made


@asynccontextmanager
async def editor(file: Path, settings: dict[str, Any]) -> AsyncIterator[Editor]:
    client = BaseLanguageClient("tests", "1", converter_factory=converter)
    await client.start_io(sys.executable, "-m", "pylsp", env=environment(), cwd=file.parents[1])
    started = Editor(client, file)
    try:
        await asyncio.wait_for(started.start(settings), PATIENCE)
        yield started
    finally:
        await asyncio.wait_for(client.shutdown_async(None), PATIENCE)
        client.exit(None)
        await asyncio.wait_for(client.stop(), PATIENCE)


def test_findings_follow_each_edit(tmp_path: Path) -> None:
    file = write_project(tmp_path)

    async def session() -> None:
        async with editor(file, {"live_mode": True}) as opened:
            assert await opened.open() == IN_BAD
            assert await opened.edit(GOOD) == []
            assert await opened.edit(SENT) == IN_SENT
            assert await opened.save(SENT) == IN_SENT
            assert await opened.edit(BAD) == IN_BAD

    asyncio.run(session())


@pytest.mark.parametrize("daemon", [False, True])
def test_findings_follow_each_save(tmp_path: Path, daemon: bool) -> None:
    file = write_project(tmp_path)
    settings = {"live_mode": False, "dmypy": daemon, "dmypy_status_file": str(tmp_path / "dmypy.json")}

    async def session() -> None:
        async with editor(file, settings) as opened:
            assert await opened.open() == IN_BAD
            assert await opened.edit(SENT) == IN_BAD  # what is not saved is not looked at
            assert await opened.save(SENT) == IN_SENT
            assert await opened.save(GOOD) == []

    asyncio.run(session())
