"""A progress bar on stderr, for work that lasts longer than a second and is watched on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from ficli.environment import Environment, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

Advance: TypeAlias = Callable[[int, int], None]
"""Called with how many of how many things are done."""

_PATIENCE = 1.0


class _Bar:
    """Starts a bar only once the work has lasted a while, since loading the library takes time too."""

    def __init__(self, environment: Environment, noun: str) -> None:
        self._environment = environment
        self._noun = noun
        self._started = time.monotonic()
        self.progress: Progress | None = None

    def advance(self, done: int, total: int) -> None:
        if self.progress is None:
            if done >= total or time.monotonic() - self._started < _PATIENCE:
                return
            self.progress = self._start(total)
        self.progress.update(self.progress.task_ids[0], completed=done)

    def _start(self, total: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(
            file=self._environment.stderr,
            no_color=not self._environment.colour("auto", self._environment.stderr),
        )
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        )
        bar.add_task(self._noun, total=total)
        bar.start()
        return bar


@contextmanager
def progress(environment: Environment, noun: str) -> Iterator[Advance]:
    """Yield a function to call as the work goes on; without a terminal it does nothing."""
    if not is_terminal(environment.stderr):
        yield lambda _done, _total: None
        return
    bar = _Bar(environment, noun)
    try:
        yield bar.advance
    finally:
        if bar.progress is not None:
            bar.progress.stop()
