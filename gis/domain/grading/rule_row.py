"""One number of a standard, or of a scheme of ours, as the catalogue of rules shows it."""

from dataclasses import dataclass

READ = "read"
CERTAINTIES = (READ, "memory-high", "memory-medium", "memory-low", "check", "proposal")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row. ``sha256`` is of all it says: a tick holds for this value and no other.

    ``certainty`` is how the row came to us: read in the text, remembered (high, medium, low),
    remembered and proven consistent (check), or proposed by this project.
    """

    id: str
    standard: str
    clause: str
    text_zh: str
    text_en: str
    value: str
    unit: str
    certainty: str
    source: str
    file: str
    sha256: str

    @property
    def is_read(self) -> bool:
        """Say whether the clause was seen in the text, so that nobody need tick it."""
        return self.certainty == READ
