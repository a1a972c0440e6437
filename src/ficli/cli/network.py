"""What this run may fetch: the policy of the registry, unless a test has handed in another."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.sources.fetching.policy import FetchPolicy

_policy: ContextVar[FetchPolicy | None] = ContextVar("policy", default=None)


def use(policy: FetchPolicy | None) -> None:
    """Set the policy of this run; None for that of the registry."""
    _policy.set(policy)


def policy(config: Config | None = None, *, any_port: bool = False) -> FetchPolicy:
    """Give the policy of this run; without settings, the one that holds for anybody."""
    handed_in = _policy.get()
    if handed_in is not None:
        return handed_in
    from ficli.sources.fetching.policy import FetchPolicy, policy_for

    return FetchPolicy() if config is None else policy_for(config, any_port=any_port)
