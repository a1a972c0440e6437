"""Find records that may describe one event, and what they share: for the rule `likely-duplicate` and the search."""

from ficli.registry.duplicates.compare import Comparison, FeatureKind, Likeness, SharedFeature
from ficli.registry.duplicates.pairs import Resemblance, are_related, candidates

__all__ = ["Comparison", "FeatureKind", "Likeness", "Resemblance", "SharedFeature", "are_related", "candidates"]
