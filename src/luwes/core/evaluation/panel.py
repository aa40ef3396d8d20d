"""The panel an effect is estimated on: sums by service and working day, never persons and never means."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
# Fixed effects leave one direction free. Its eigenvalue comes out near 1e-16 of the largest, not 0; numpy's own limit
# may take it for real, and the inverse is then wrong in the fifth digit.
NEGLIGIBLE = 1e-10


def pseudo_inverse(matrix: Floats) -> Floats:
    """The inverse of a symmetric matrix on the directions that it has."""
    return np.asarray(np.linalg.pinv(matrix, rcond=NEGLIGIBLE, hermitian=True), dtype=np.float64)


class PanelError(ValueError):
    """A panel that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, eq=False)
class DayPanel:
    """An outcome of S services on D working days.

    `total` (S × D) is the sum of the outcome, `weight` (S × D) how many answers or cases it is the sum of; 0 where
    nothing was recorded. `block` (D) numbers the span within which a service is compared with itself: the week for a
    lot over weekdays, all days alike for a lot over shares. `cluster` (S) numbers what was drawn or shares its shocks
    (the perangkat daerah), from 0 without gaps.
    Raises PanelError shape, not_finite, weight_negative, total_without_weight, cluster_gap, block_gap.
    """

    total: Floats
    weight: Floats
    block: Ints
    cluster: Ints

    def __post_init__(self) -> None:
        services, days = self.total.shape
        if self.weight.shape != (services, days) or self.block.shape != (days,) or self.cluster.shape != (services,):
            raise PanelError("shape", f"{self.total.shape} {self.weight.shape} {self.block.shape} {self.cluster.shape}")
        if not (np.isfinite(self.total).all() and np.isfinite(self.weight).all()):
            raise PanelError("not_finite", "total or weight")
        if (self.weight < 0).any():
            raise PanelError("weight_negative", str(self.weight.min()))
        if (self.total[self.weight == 0] != 0).any():
            raise PanelError("total_without_weight", "")
        for code, numbers in (("cluster_gap", self.cluster), ("block_gap", self.block)):
            if not np.array_equal(np.unique(numbers), np.arange(numbers.max(initial=-1) + 1)):
                raise PanelError(code, str(np.unique(numbers)))

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster.max(initial=-1)) + 1

    def means(self) -> Floats:
        """The mean outcome per cell; 0 where nothing was recorded (such a cell has no weight anywhere)."""
        return np.divide(self.total, self.weight, out=np.zeros_like(self.total), where=self.weight > 0)

    def by_span(self, span: Ints) -> "DayPanel":
        """The same sums over whole spans of days (`span` (D), numbered from 0), compared over all of them.

        Raises PanelError shape, block_gap.
        """
        if span.shape != self.block.shape:
            raise PanelError("shape", f"{span.shape} {self.block.shape}")
        if not np.array_equal(np.unique(span), np.arange(span.max(initial=-1) + 1)):
            raise PanelError("block_gap", str(np.unique(span)))
        member = np.eye(int(span.max(initial=-1)) + 1)[span]
        return DayPanel(
            self.total @ member, self.weight @ member, np.zeros(member.shape[1], dtype=np.int64), self.cluster
        )

    def missing(self, expected: Flags) -> float:
        """The share of the cells `expected` (S × D: the service was open) in which nothing was recorded.

        1.0 where nothing was expected at all: no data is not complete data.
        """
        wanted = int(expected.sum())
        return 1.0 if wanted == 0 else float((expected & (self.weight == 0)).sum() / wanted)


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Takes service × block and date effects out of anything of the panel's shape, exactly and without iteration.

    Service-block means go out by themselves; the dates are then a D × D system. An effect of the weekday that all
    services share is part of the dates.
    """

    weight: Floats
    member: Floats
    solve: Floats

    @classmethod
    def of(cls, panel: DayPanel) -> "Effects":
        """Prepare once per panel."""
        member = np.eye(int(panel.block.max(initial=-1)) + 1)[panel.block]
        held = panel.weight @ member
        inverse = np.divide(1.0, held, out=np.zeros_like(held), where=held > 0)
        shared = np.zeros((panel.block.size, panel.block.size))
        for number in range(member.shape[1]):
            inside = panel.weight * member[:, number]
            shared += inside.T @ (inside * inverse[:, [number]])
        return cls(panel.weight, member, pseudo_inverse(np.diag(panel.weight.sum(0)) - shared))

    def without_blocks(self, values: Floats) -> Floats:
        """Values (… × S × D) minus their weighted service-block means."""
        held = self.weight @ self.member
        sums = (values * self.weight) @ self.member
        means = np.divide(sums, held, out=np.zeros_like(sums), where=held > 0)
        return np.asarray(values - means @ self.member.T)

    def residual(self, values: Floats) -> Floats:
        """Values (… × S × D) with both kinds of effects out; cells without weight come out 0."""
        plain = self.without_blocks(values)
        dates = (plain * self.weight).sum(-2) @ self.solve
        spread = np.broadcast_to(dates[..., None, :], values.shape)
        return np.where(self.weight > 0, plain - self.without_blocks(spread), 0.0)
