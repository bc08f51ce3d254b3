"""What teams and people are called: one line that looks like what it is."""

_UNSEEN = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
LINE = f"^[^{_UNSEEN}]*$"
"""No line breaks, nothing unseen, nothing that turns the direction of what is written after it."""
PERSON = f"^[^{_UNSEEN}<>]*$"
