"""What a group stands for, and what all groups share.

    p_a = (n_a + 1) / (n_s + 2)                          own agreement, with one virtual yes and no
    z_p = 2 sqrt(n_s + 1) ((n_a + 1) / (n_s + 1) - 1/2)    is it more than half?
    r_a = p_a(inside) / p_a(outside)                     how much more than elsewhere
    z_r = two-proportion z with +1 on all four counts, pooled
    rank by r * z_r * p * z_p where both z > 1.2816 (90 %, one-sided); the same for disagreement
    group-informed consensus of a statement = product over groups of (A_g + 1) / (S_g + 2)

n_s counts everybody in the group who saw the statement, passes included. Ties: order of the statements.
Reference: C. Small et al., "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces" (2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fachkraftwerk.deliberation.agreement import Agreement, Array, Labels

Side = Literal["agree", "disagree"]
Z90 = 1.2816
MOST = 5


@dataclass(frozen=True)
class Representative:
    """A statement that stands for a group. ``share`` in the group (with priors), ``ratio`` against everybody else."""

    statement: str
    side: Side
    share: float
    ratio: float
    z_share: float
    z_ratio: float

    @property
    def strength(self) -> float:
        """r * z_r * p * z_p."""
        return self.ratio * self.z_ratio * self.share * self.z_share

    @property
    def significant(self) -> bool:
        """True if both z exceed the one-sided 90 % value."""
        return self.z_share > Z90 and self.z_ratio > Z90


@dataclass(frozen=True)
class Consensus:
    """A statement and how much all groups share it: product over groups, and the share over all persons."""

    statement: str
    across_groups: float
    share: float


def representative(agreement: Agreement, labels: Labels, group: int) -> list[Representative]:
    """Return at most five statements of ``group``: the best agreement first, agreement before disagreement.

    At least one always, even if none is significant. ``labels`` of shape (persons,), -1 = does not count.
    """
    rows = [_stronger(agreement, labels, group, j) for j in np.flatnonzero(agreement.accepted).tolist()]
    ranked = sorted((row for row in rows if row.significant), key=lambda row: -row.strength)
    best_agree = [row for row in ranked if row.side == "agree"][:1]
    chosen = (best_agree + [row for row in ranked if row not in best_agree])[:MOST]
    if not chosen and rows:
        chosen = [max(rows, key=lambda row: row.z_ratio)]
    return sorted(chosen, key=lambda row: row.side == "disagree")


def group_consensus(agreement: Agreement, labels: Labels, side: Side = "agree") -> list[Consensus]:
    """Return all accepted statements, the most shared across groups first."""
    groups = sorted(set(labels[labels >= 0].tolist()))
    hit, seen = _counts(agreement, side)
    rows = []
    for j in np.flatnonzero(agreement.accepted).tolist():
        parts = [(hit[labels == g, j].sum() + 1) / (seen[labels == g, j].sum() + 2) for g in groups]
        rows.append(
            Consensus(agreement.statements[j], float(np.prod(parts)), _share(hit[:, j].sum(), seen[:, j].sum()))
        )
    return sorted(rows, key=lambda row: -row.across_groups)


def plain_agreement(agreement: Agreement, side: Side = "agree") -> list[Consensus]:
    """Return at most five statements the whole room shares (p > 0.5, z > 1.2816), by p * z: shown without camps."""
    hit, seen = _counts(agreement, side)
    rows = []
    for j in np.flatnonzero(agreement.accepted).tolist():
        share, z = _share(hit[:, j].sum(), seen[:, j].sum()), proportion_z(hit[:, j].sum(), seen[:, j].sum())
        if share > 0.5 and z > Z90:
            rows.append((share * z, Consensus(agreement.statements[j], share, share)))
    return [row for _, row in sorted(rows, key=lambda item: -item[0])[:MOST]]


def proportion_z(successes: float, trials: float) -> float:
    """Return z of "more than half", with one virtual success and trial."""
    return float(2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5))


def two_proportions_z(successes_in: float, trials_in: float, successes_out: float, trials_out: float) -> float:
    """Return z of "more inside than outside", pooled, +1 on all four counts; 0 if nothing varies."""
    a, n, b, m = successes_in + 1, trials_in + 1, successes_out + 1, trials_out + 1
    pooled = (a + b) / (n + m)
    spread = pooled * (1 - pooled) * (1 / n + 1 / m)
    return float((a / n - b / m) / np.sqrt(spread)) if spread > 0 else 0.0


def _stronger(agreement: Agreement, labels: Labels, group: int, statement: int) -> Representative:
    agree = _measure(agreement, labels, group, statement, "agree")
    disagree = _measure(agreement, labels, group, statement, "disagree")
    return disagree if disagree.z_ratio > agree.z_ratio else agree


def _measure(agreement: Agreement, labels: Labels, group: int, statement: int, side: Side) -> Representative:
    hit, seen = _counts(agreement, side)
    inside, outside = labels == group, (labels != group) & (labels >= 0)
    a, n = hit[inside, statement].sum(), seen[inside, statement].sum()
    b, m = hit[outside, statement].sum(), seen[outside, statement].sum()
    return Representative(
        statement=agreement.statements[statement],
        side=side,
        share=_share(a, n),
        ratio=_share(a, n) / _share(b, m),
        z_share=proportion_z(a, n),
        z_ratio=two_proportions_z(a, n, b, m),
    )


def _share(successes: float, trials: float) -> float:
    return float((successes + 1) / (trials + 2))


def _counts(agreement: Agreement, side: Side) -> tuple[Array, Array]:
    votes = agreement.votes
    return (votes == (1 if side == "agree" else -1)).astype(np.float64), (~np.isnan(votes)).astype(np.float64)
