"""The reader of HTML that the other tests stand on must itself be strict."""

import pytest

from tests.web.ui.rendering import parse


def test_words_and_attributes_are_found() -> None:
    tree = parse('<p class="a b" id="x">one <b>two</b></p>')
    assert tree.one("p", class_="b").text.split() == ["one", "two"]
    assert tree.all("p", class_="c") == []
    assert tree.one(id="x").tag == "p"


@pytest.mark.parametrize("html", ["<p>", "<p></div></p>", "<ul><li></ul>"])
def test_tags_out_of_order_fail(html: str) -> None:
    with pytest.raises(AssertionError):
        parse(html)
