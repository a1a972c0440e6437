"""The list of rules. A rule that is not listed here does not run; a test proves the list complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ficli.rules.across_records import (
    alias_clash,
    dangling_reference,
    likely_duplicate,
    merge_cycle,
    one_sided_relation,
    self_reference,
    shared_source,
)
from ficli.rules.classification import (
    boilerplate_mechanism,
    joined_organizations,
    mode_surface_mismatch,
    organization_spelling,
    profile_as_path,
    severe_without_path,
    severity_impact_mismatch,
    taxonomy_version,
    unmentioned_organization,
)
from ficli.rules.dates import date_of_source, date_order, false_precision, future_date, incident_after_sources
from ficli.rules.history import (
    changed_id,
    changed_indexed_date,
    changed_slug,
    deleted_record,
    hand_picked_id,
    reused_id,
    undocumented_change,
    weakened_rules,
)
from ficli.rules.identity import (
    cut_slug,
    duplicate_id,
    duplicate_slug,
    id_filename_mismatch,
    id_in_draft,
    incomplete_tombstone,
    status_folder_mismatch,
)
from ficli.rules.shape import (
    deprecated_term,
    derived_field,
    invalid_date,
    invalid_value,
    missing_field,
    placeholder_left,
    unknown_field,
    unsupported_schema_version,
    wrong_type,
)
from ficli.rules.sources import (
    archive_as_source,
    archive_mismatch,
    dangling_source_number,
    dependent_sources,
    duplicate_source,
    encyclopedia_as_source,
    homepage_as_source,
    incident_database_as_source,
    incomplete_source,
    insecure_url,
    invalid_url,
    kind_host_mismatch,
    missing_archive,
    missing_docket,
    private_url,
    rejected_source,
    self_source,
    shortened_url,
    single_source,
    social_only,
    tracking_parameters,
    weak_sourcing,
)
from ficli.rules.text import (
    conflicting_amounts,
    cut_sentence,
    duplicate_quote,
    markup_in_text,
    missing_currency,
    own_words_as_quote,
    quote_without_source,
    quote_without_speaker,
    summary_length,
    title_style,
    unhedged_allegation,
)
from ficli.rules.tool import (
    malformed_suppression,
    rule_crashed,
    suppression_without_reason,
    unknown_rule,
    unused_suppression,
)
from ficli.rules.yaml_file import (
    control_character,
    cut_value,
    duplicate_key,
    misplaced_file,
    multiple_documents,
    not_utf8,
    oversized_file,
    unformatted,
    yaml_feature,
    yaml_syntax,
)

if TYPE_CHECKING:
    from types import ModuleType

    from ficli.diagnostics import Rule
    from ficli.rules.contract import FileRule, IndexRule, RuleModule
    from ficli.rules.history_context import HistoryRule

TEXT_RULES: tuple[FileRule, ...] = (
    yaml_syntax,
    duplicate_key,
    not_utf8,
    multiple_documents,
    yaml_feature,
    control_character,
    oversized_file,
)
"""Rules of file scope about the text, which run even if it cannot be read as a record."""

RECORD_RULES: tuple[FileRule, ...] = (
    unformatted,
    cut_value,
    missing_field,
    unknown_field,
    wrong_type,
    invalid_value,
    invalid_date,
    placeholder_left,
    derived_field,
    unsupported_schema_version,
    deprecated_term,
    id_filename_mismatch,
    id_in_draft,
    status_folder_mismatch,
    cut_slug,
    incomplete_tombstone,
    future_date,
    date_order,
    date_of_source,
    incident_after_sources,
    false_precision,
    title_style,
    summary_length,
    cut_sentence,
    markup_in_text,
    quote_without_speaker,
    quote_without_source,
    own_words_as_quote,
    unhedged_allegation,
    missing_currency,
    conflicting_amounts,
    profile_as_path,
    severe_without_path,
    mode_surface_mismatch,
    severity_impact_mismatch,
    unmentioned_organization,
    joined_organizations,
    taxonomy_version,
    weak_sourcing,
    single_source,
    dependent_sources,
    duplicate_source,
    invalid_url,
    private_url,
    insecure_url,
    tracking_parameters,
    shortened_url,
    archive_as_source,
    archive_mismatch,
    missing_archive,
    homepage_as_source,
    self_source,
    incident_database_as_source,
    encyclopedia_as_source,
    social_only,
    missing_docket,
    kind_host_mismatch,
    incomplete_source,
    dangling_source_number,
    unknown_rule,
    suppression_without_reason,
    malformed_suppression,
)
"""Rules of file scope about what the record says."""

INDEX_RULES: tuple[IndexRule, ...] = (
    misplaced_file,
    duplicate_id,
    duplicate_slug,
    duplicate_quote,
    boilerplate_mechanism,
    organization_spelling,
    rejected_source,
    dangling_reference,
    self_reference,
    one_sided_relation,
    merge_cycle,
    alias_clash,
    likely_duplicate,
    shared_source,
)
"""Rules about all records together."""

HISTORY_RULES: tuple[HistoryRule, ...] = (
    deleted_record,
    changed_id,
    changed_slug,
    changed_indexed_date,
    reused_id,
    hand_picked_id,
    undocumented_change,
    weakened_rules,
)
"""Rules about what a change does to the records of its base."""

RUN_RULES: tuple[RuleModule, ...] = (
    rule_crashed,
    unused_suppression,
)
"""Rules whose findings come from the run itself."""

_ALL: tuple[RuleModule, ...] = (*TEXT_RULES, *RECORD_RULES, *INDEX_RULES, *HISTORY_RULES, *RUN_RULES)

RULES: dict[str, Rule] = {module.RULE.name: module.RULE for module in _ALL}
"""Every rule by its name, in the order of the documentation."""


def rule_module(name: str) -> ModuleType:
    """Return the module of a rule; its docstring is the rule's page.

    Args:
        name: a key of `RULES`.

    """
    return cast("ModuleType", next(module for module in _ALL if module.RULE.name == name))
