"""Rendering of template text, and the small tree of what came out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template import engines

VOID = {"input", "link", "meta", "br", "hr", "img", "path", "rect", "circle", "line", "polygon", "polyline"}


@dataclass
class Element:
    """An element with its attributes, its children and its own text."""

    tag: str
    attrs: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    own_text: str = ""

    @property
    def text(self) -> str:
        """All words inside, children first."""
        return " ".join([self.own_text, *(child.text for child in self.children)]).strip()

    def all(self, tag: str = "", **attrs: str) -> list["Element"]:
        """Every element below with that tag and those attributes; `class_` asks for one class."""
        found = []
        for child in self.children:
            if (not tag or child.tag == tag) and child.matches(attrs):
                found.append(child)
            found += child.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    def matches(self, attrs: dict[str, str]) -> bool:
        """Whether this element has these attributes."""
        for name, value in attrs.items():
            if name == "class_":
                if value not in self.attrs.get("class", "").split():
                    return False
            elif self.attrs.get(name.rstrip("_").replace("_", "-")) != value:
                return False
        return True


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].own_text += data


def parse(html: str) -> Element:
    """Read HTML strictly: a tag that is not closed in order fails."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == [builder.root], f"not closed: {[element.tag for element in builder.open[1:]]}"
    return builder.root


def render(source: str, /, **context: object) -> Element:
    """Render template text with our engine and read what came out."""
    return parse(engines["django"].from_string(source).render(context))
