"""Pages of one thing: an address that names none is a page with a sentence, never bare JSON."""

import pytest


@pytest.mark.parametrize("path", ["/runs/abc", "/runs/abc/review", "/runs/%3Cb%3E"])
def test_a_mistyped_address_is_a_page_that_says_so(client, app, path):
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "<b>" not in answer.text
