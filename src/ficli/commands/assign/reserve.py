"""Reserve a block of numbers, with a note of who asked for it and why."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign.assign import AssignRequest, known_numbers
from ficli.commands.assign.check_drafts import check_drafts
from ficli.commands.assign.publish import asked_day
from ficli.errors import UsageError
from ficli.incident.ids import format_id
from ficli.open_registry import open_registry
from ficli.registry.given_numbers import whole_history
from ficli.registry.layout import RESERVATIONS_FILE
from ficli.registry.private_folder import only_one
from ficli.registry.reservations import MOST_AT_ONCE, new_block, read_reservations, with_block
from ficli.registry.writing import write_changes
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from ficli.environment import Environment

_LONGEST_NOTE = 300


class ReserveOutcome(NamedTuple):
    """The IDs at the ends of the block, and the file it was written to, relative to the registry."""

    first: str
    last: str
    path: str


def reserve(environment: Environment, request: AssignRequest, number: int, *, who: str, why: str) -> ReserveOutcome:
    """Reserve the next numbers.

    Args:
        environment: the environment to work in.
        request: the registry, the day, and whether to ask git and to write; its other fields are not used.
        number: how many.
        who: who asked for them.
        why: what they are for.

    Raises:
        UsageError: no registry, too many numbers, or a note that is not a line of text.
        ConfigurationError: `ficli.toml` or `reservations.yaml` is wrong.
        FicliError: the registry cannot be read or written, or git cannot read its history.

    """
    if number > MOST_AT_ONCE:
        message = f"{number:,} numbers are more than the {MOST_AT_ONCE:,} that one block may have"
        raise UsageError(message)
    for flag, text in (("--who", who), ("--why", why)):
        if not text.strip() or harmless(text) != text or len(text) > _LONGEST_NOTE:
            raise UsageError(f"`{flag}` must be a line of text, not {quoted(text)}")
    opened = open_registry(environment, request.registry)
    config = opened.config
    with only_one(opened.root) if request.write else nullcontext():
        history = whole_history(environment, opened.root) if request.history else None
        day = asked_day(request.day) or environment.today()
        checked = check_drafts(environment, opened, today=day, jobs=request.jobs)
        first = known_numbers(opened, checked, history).highest + 1
        raw, _ = read_reservations(config)
        block = new_block(first, number, who=who.strip(), why=why.strip(), day=day)
        if request.write:
            before = raw if (opened.root / RESERVATIONS_FILE).exists() else None
            after = with_block(raw, block, config)
            write_changes(opened.root, {RESERVATIONS_FILE: before}, {RESERVATIONS_FILE: after})
    return ReserveOutcome(format_id(block.first, config), format_id(block.last, config), RESERVATIONS_FILE)
