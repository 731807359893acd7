"""`sayso check`: drafts in, findings out, with no companion needed and nothing kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TextIO

from server import company_packs
from server.policy import NO_POLICY, policy_from_json
from server.rules import Check, Context, Engine
from server.store import StoreError, programme_in
from server.strict import StrictError
from server.trouble import Trouble

_ENGINES_KEPT = 64


class Engines:
    """Compiled policies, the latest ones kept: lines of one company seldom come alone."""

    def __init__(self, fallback: Engine) -> None:
        self._fallback = fallback
        self._engines: dict[str, Engine] = {}

    def get(self, policy: Any) -> Engine:
        """The engine for a line's `policy`, compiled where it is new; without one, the fallback. Raises StrictError."""
        if policy is None:
            return self._fallback
        key = json.dumps(policy)
        engine = self._engines.pop(key, None) or Engine(policy_from_json(policy))
        self._engines[key] = engine
        if len(self._engines) > _ENGINES_KEPT:
            del self._engines[next(iter(self._engines))]
        return engine


def run(
    files: tuple[Path, ...], *, policy: Path | None, jsonl: bool, lang: str | None, data: Path, as_json: bool
) -> int:
    """Check the files, or standard input; print, and return the exit status. Raises Trouble for what cannot be read."""
    try:
        engine = _engine_of_file(policy) if policy else engine_of(data)
    except (StrictError, StoreError) as error:
        raise Trouble(str(error)) from None
    if jsonl:
        answered = True
        engines = Engines(engine)
        for _, source in _sources(files):
            with source:
                answered &= _check_lines(source, engines, lang)
        return 0 if answered else 1
    worst = 0
    results = []
    for name, source in _sources(files):
        with source:
            text = _whole(name, source.read())
        found = engine.check(text, lang=lang)
        worst |= any(finding.level in ("required", "warning") for finding in found.findings)
        if as_json:
            results.append({"file": name, **to_json(found)})
        else:
            _print_words(name, text, found, several=len(files) > 1)
    if as_json:
        print(json.dumps(results[0] if len(files) < 2 else results, ensure_ascii=False))
    return int(worst)


def _sources(files: tuple[Path, ...]) -> Iterator[tuple[str, TextIO]]:
    for file in files:
        try:
            yield str(file), file.open(encoding="utf-8-sig", errors="surrogateescape", newline=None)
        except OSError as error:
            raise Trouble(f"{file} cannot be read: {error.strerror}") from None
    if not files:
        if sys.stdin.isatty():
            print("Type or paste the draft, then end it with Ctrl-D.", file=sys.stderr)
        yield "standard input", sys.stdin


def _whole(name: str, text: str) -> str:
    """The draft, if every byte of it could be read: one read by halves would look as if it had passed."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Trouble(f"{name} is not UTF-8; save it in that encoding") from None
    return text


def _engine_of_file(path: Path) -> Engine:
    """The engine for a policy or programme file. Raises StrictError."""
    from server.programme import load_programme, with_folders

    try:
        given = with_folders(load_programme(path.read_text(encoding="utf-8-sig"), str(path)))
    except UnicodeDecodeError:
        raise StrictError(str(path), 0, "", "is not UTF-8; save the file in that encoding") from None
    return company_packs.engine(given.policy, given.packs)


def engine_of(data: Path) -> Engine:
    """The engine for the programme in force in the data folder, read without taking the folder; else without a company.

    Raises StrictError or StoreError.
    """
    from server.programme import as_kept

    kept = programme_in(data)
    if kept is None:
        return Engine(NO_POLICY)
    given = as_kept(kept)
    return company_packs.engine(given.policy, given.packs)


def to_json(check: Check) -> dict[str, Any]:
    """A check with code-point offsets, as `--json` and `--jsonl` print it."""
    return {
        "disclosure": check.disclosure,
        "jurisdiction": check.jurisdiction,
        "lang": check.lang,
        "findings": [asdict(finding) for finding in check.findings],
        "ms": check.ms,
    }


def _check_lines(lines: TextIO, engines: Engines, lang: str | None) -> bool:
    """Answer each line with one line. Returns False where one could not be answered."""
    answered = True
    for line in lines:
        if not line.strip():
            continue
        record_id = None
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("an object is wanted")
            record_id = record.get("id")
            result = {"id": record_id, **_check_record(record, engines, lang)}
        except (ValueError, RecursionError) as error:
            answered = False
            # JSON's own complaint quotes nothing of the line.
            result = {"id": record_id, "error": str(error) or type(error).__name__}
        print(json.dumps(result, ensure_ascii=True), flush=True)
    return answered


def _check_record(record: dict[str, Any], engines: Engines, lang: str | None) -> dict[str, Any]:
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError("text: a string is wanted")
    given = record.get("lang")
    if given is not None and not isinstance(given, str):
        raise ValueError("lang: a string is wanted")
    check = engines.get(record.get("policy")).check(text, lang=given or lang, context=_context(record))
    return to_json(check)


def _context(record: dict[str, Any]) -> Context:
    """The item and context of a line. Its policy alone decides on rewards, so the item's reward is left out."""
    item = record.get("item") or {}
    context = record.get("context") or {}
    if not isinstance(item, dict) or not isinstance(context, dict):
        raise ValueError("item and context: objects are wanted")
    posts = context.get("posts_this_week")
    if posts is not None and (isinstance(posts, bool) or not isinstance(posts, int)):
        raise ValueError("context.posts_this_week: a whole number is wanted")
    variants = item.get("variants") if isinstance(item.get("variants"), list) else []
    first = variants[0] if variants and isinstance(variants[0], dict) else {}
    wording = first.get("text")
    made = Context(posts_this_week=posts, variant_text=wording if isinstance(wording, str) else None)
    title, url = item.get("title"), item.get("url")
    return replace(made, item_title=title if isinstance(title, str) else None, item_url=url if isinstance(url, str) else None)


_VERDICTS = {
    "not_required": "no disclosure needed",
    "present": "disclosure is there",
    "missing": "disclosure is missing",
    "inadequate": "the disclosure's wording is too weak",
    "buried": "the disclosure comes too late",
    "ambiguous": "the disclosure is unclear",
}


def _print_words(name: str, text: str, check: Check, several: bool) -> None:
    if several:
        print(f"{name}:")
    print(f"{_VERDICTS[check.disclosure]}{f' ({check.jurisdiction})' if check.jurisdiction else ''}")
    for finding in check.findings:
        line = text.count("\n", 0, finding.start) + 1
        print(f"  line {line}, {finding.level}: {finding.message}\n    {finding.why}")
        for fix in finding.fixes[:1]:
            print(f"    fix: {fix.label}")
