"""Solving in processes of their own: a native solver that crashes ends its process, never ours."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")
AHEAD = 4  # problems handed out per process before their answers are awaited


class SolverStopped(Exception):
    """The process that solved ended without an answer."""

    code = "solver_stopped"


class Workers:
    """Processes that stay warm from problem to problem."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool = pool
        self._count = count

    def one(self, do: Callable[[Given], Found], given: Given) -> Found:
        """The answer to one problem.

        Raises:
            SolverStopped: the process ended without an answer; refusals of the engine come through as they are.
        """
        return next(self.spread(do, [given]))

    def spread(self, do: Callable[[Given], Found], problems: Iterable[Given]) -> Iterator[Found]:
        """Answers in the order of the problems; only a few are held in memory at a time.

        Raises:
            SolverStopped: a process ended without an answer.
        """
        waiting: list[Future[Found]] = []
        try:
            for problem in problems:
                waiting.append(self._pool.submit(do, problem))
                if len(waiting) > AHEAD * self._count:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        except BrokenProcessPool as broken:
            raise SolverStopped from broken


@contextmanager
def workers(count: int = 1) -> Iterator[Workers]:
    """Processes for one piece of work; they end with it.

    Args:
        count: how many; the answers are the same for any number.
    """
    # Not forked: a copy of a process with threads and a database connection is not safe to compute in.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield Workers(pool, count)
