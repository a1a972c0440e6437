"""Which records may tell one event, and by what signs: for the rule `likely-duplicate` and for the curator's search."""

from ficli.registry.resemblance.candidates import candidates
from ficli.registry.resemblance.compare import Comparison, Likeness, Sign, SignKind
from ficli.registry.resemblance.pairs import Resemblance, are_related

__all__ = ["Comparison", "Likeness", "Resemblance", "Sign", "SignKind", "are_related", "candidates"]
