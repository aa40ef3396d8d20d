"""The English catalogue: current, complete, faithful to its placeholders, and what the pages speak."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from luwes.apps.accounts.roles import RIGHTS, Right, Role
from luwes.config import commands
from luwes.web.access import Open, declared
from tests.house import messages, walk
from tests.house.walk import World
from tests.world import add_person, give_role, scope_for

# Attributes whose value a person reads or hears.
SPOKEN = re.compile(r"aria-label|aria-description|placeholder|title|alt|label|data-.+")
FILLED = re.compile(r"%\(\w+\)[a-z]")
# Words no Indonesian sentence does without and no English one has.
INDONESIAN = re.compile(r"\b(yang|dan|untuk|tidak|belum|dari|dengan|pada|anda|sudah|atau|ini|adalah)\b", re.I)
CHOSEN = ("/masuk/", "/ui/", "/pimpinan/", "/sumber/", "/pengguna/", "/jejak/", "/sistem/")


def catalogue() -> Iterator[tuple[str, str]]:
    for message in messages.current():
        if message.id:
            yield from messages.forms_of(message)


def test_the_catalogue_is_current() -> None:
    assert messages.problems() == []
    assert len(messages.keys(messages.current())) > 500


def test_every_message_has_its_english() -> None:
    assert messages.untranslated(messages.current()) == []


def test_the_english_keeps_every_placeholder() -> None:
    found = messages.current()
    assert sum(1 for message in found if messages.PLACEHOLDER.search(str(message.id))) > 100
    assert [message.id for message in found if message.id and messages.placeholders_differ(message)] == []


def test_the_english_keeps_the_edges_and_line_breaks() -> None:
    """A text joined to another, or printed in columns, must start and end as the original does."""

    def edges(text: str) -> tuple[bool, bool, int, bool]:
        return text.startswith(" "), text.endswith(" "), text.count("\n"), text.endswith((".", "?"))

    differing = {ours for ours, theirs in catalogue() if edges(ours) != edges(theirs)}
    # Abbreviations, not ends of sentences.
    assert differing == {"Plt.", "Plh."}


def test_no_indonesian_sentence_stands_for_english() -> None:
    assert [theirs for _, theirs in catalogue() if INDONESIAN.search(theirs)] == []


def test_the_help_of_every_command_is_in_the_catalogue() -> None:
    known = {ours for ours, _ in catalogue()}
    assert [name for name in commands.COMMANDS if commands.load(name).HELP not in known] == []


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogue in a place where it may be spoilt."""
    place = tmp_path / "django.po"
    for suffix in (".po", ".mo"):
        place.with_suffix(suffix).write_bytes(messages.CATALOGUE.with_suffix(suffix).read_bytes())
    monkeypatch.setattr(messages, "CATALOGUE", place)
    return place


def spoil(place: Path, change: Callable[[Catalog], object]) -> list[str]:
    """Change the copy, compile it as it then is, and give what the check finds."""
    changed = messages.current()
    change(changed)
    place.write_bytes(messages.written(changed))
    place.with_suffix(".mo").write_bytes(messages.compiled(messages.current()))
    return messages.problems()


def test_a_message_missing_from_the_catalogue_is_named(copy: Path) -> None:
    assert spoil(copy, lambda found: found.delete("Masuk")) == ["not in the catalogue: Masuk"]


def test_a_message_no_page_has_any_more_is_named(copy: Path) -> None:
    assert spoil(copy, lambda found: found.add("Kalimat usang", "Old sentence")) == [
        "no longer in the sources: Kalimat usang"
    ]


def test_a_lost_placeholder_is_named(copy: Path) -> None:
    def lose(found: Catalog) -> None:
        found["%(actor)s masuk"].string = "Somebody signed in"

    assert spoil(copy, lose) == ["placeholders differ: %(actor)s masuk"]


def test_a_stale_compiled_catalogue_is_named(copy: Path) -> None:
    copy.with_suffix(".mo").write_bytes(b"old")
    assert messages.problems() == ["django.mo does not match django.po"]


def test_updating_a_current_catalogue_changes_no_byte(copy: Path) -> None:
    before = copy.read_bytes(), copy.with_suffix(".mo").read_bytes()
    messages.update()
    assert (copy.read_bytes(), copy.with_suffix(".mo").read_bytes()) == before


def test_updating_brings_back_what_was_lost_without_guessing_it(copy: Path) -> None:
    spoil(copy, lambda found: found.delete("Masuk"))
    messages.update()
    assert messages.problems() == []
    assert messages.untranslated(messages.current()) == ["Masuk"]


def test_the_check_fails_as_long_as_something_has_no_english(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main("check") == 0
    spoil(copy, lambda found: setattr(found["Masuk"], "string", ""))
    assert messages.main("check") == 1
    assert "without English: Masuk" in capsys.readouterr().out


class Words(HTMLParser):
    """The pieces of text of a page, and of the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        # Inside an element that says it is Indonesian: words of the law, quoted as they are.
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span" and (self.quoted or ("lang", "id") in attrs):
            self.quoted += 1
        self.said += [value for name, value in attrs if value and SPOKEN.fullmatch(name)]
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.quoted:
            self.quoted -= 1

    def handle_data(self, data: str) -> None:
        if not self.quoted:
            self.said.append(data)


def words(html: str) -> Words:
    found = Words()
    found.feed(html)
    found.said = [text for each in found.said if (text := " ".join(each.split()))]
    return found


def whole(texts: set[str]) -> re.Pattern[str]:
    """Matches a whole piece of text that is one of these, whatever fills its placeholders."""
    patterns = {".+".join(re.escape(part) for part in FILLED.split(text.replace("%%", "%"))).strip() for text in texts}
    return re.compile("|".join(sorted(patterns)), re.S)


@cache
def sides() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All Indonesian messages, and all English ones; what reads the same in both says nothing."""
    differing = {(ours, theirs) for ours, theirs in catalogue() if ours != theirs}
    return whole({ours for ours, _ in differing}), whole({theirs for _, theirs in differing})


def leftovers(html: str) -> list[str]:
    """Pieces of an English page that are Indonesian."""
    ours, theirs = sides()
    return [
        text
        for text in words(html).said
        if INDONESIAN.search(text) or (ours.fullmatch(text) and not theirs.fullmatch(text))
    ]


@pytest.fixture
def now() -> datetime:
    # The pages read the real clock, so the world must stand in the real present.
    return timezone.now()


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return walk.build(now)


def reader(now: datetime, world: World, role: Role | None, language: str) -> Client:
    """A browser in a language, signed in as a holder of the role or not at all."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if role is not None:
        user = add_person(now, f"{role.value}@contoh.go.id")
        give_role(now, user, role, scope_for(role, world.units.health))
        client.force_login(user)
    return client


def pages(now: datetime, world: World, language: str) -> dict[str, str]:
    """Every page of the product by its path, each as somebody who may open it."""
    readers = {role: reader(now, world, role, language) for role in (None, *Role)}
    shown = {}
    for address in walk.addresses():
        rule = declared(address.pattern.callback)
        assert rule is not None
        if isinstance(rule.access, Right):
            allowed = [role for role in Role if rule.access in RIGHTS[role]]
        else:
            allowed = [Role.ADMIN] if rule.access is Open.SIGNED_IN else [None]
        for sample in walk.samples(address, world):
            for role in allowed:
                path = walk.path_of(address, sample)
                answer = readers[role].get(path)
                is_page = answer.headers.get("Content-Type", "").startswith("text/html") and answer.content
                # The page itself says more than its refusal to the next reader.
                if is_page and (answer.status_code == 200 or path not in shown):
                    shown[path] = answer.content.decode()
    return shown


def test_no_page_in_english_holds_indonesian_text(world: World, now: datetime) -> None:
    shown = pages(now, world, "en")
    assert set(CHOSEN) <= set(shown)
    assert len(shown) > 30
    assert {path: words(html).language for path, html in shown.items() if words(html).language != "en"} == {}
    assert {path: found for path, html in shown.items() if (found := leftovers(html))} == {}


def test_the_same_pages_in_indonesian_would_be_noticed(world: World, now: datetime) -> None:
    shown = pages(now, world, "id")
    assert {path for path, html in shown.items() if not leftovers(html)} == set()


def test_a_visitor_without_a_choice_reads_the_language_of_the_installation(db: None) -> None:
    with override_settings(LANGUAGE_CODE="en"):
        page = Client().get("/masuk/").content.decode()
    assert words(page).language == "en"
    assert "Sign in" in words(page).said
    assert leftovers(page) == []
    assert "Masuk" in words(Client().get("/masuk/").content.decode()).said
