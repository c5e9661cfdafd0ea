"""Findings: what a stress test found in one respect, with its figures and a plain verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizgen.columns import safe, width_of, wrapped

FAIR = "fair"
_WIDTH = 79
_BAR = 28  # columns of the longest bar
_LABEL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure with its name: a share of the longest bar, and the figure in words."""

    name: str
    share: float  # 0 to 1
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found in one respect. `wrong` says what is unfair and by how much; '' where nothing is."""

    respect: str
    about: str  # what was looked at, in one line
    bars: tuple[Bar, ...] = ()
    lines: tuple[str, ...] = ()
    wrong: str = ""

    @property
    def fair(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.wrong


def bars_of(counts: Mapping[str, float]) -> tuple[Bar, ...]:
    """A bar for each count, with its share of all."""
    total, most = sum(counts.values()) or 1, max(counts.values(), default=0) or 1
    return tuple(
        Bar(name=name, share=count / most, figure=f"{count:,.0f} ({count / total:.1%})")
        for name, count in counts.items()
    )


def drawn(finding: Finding) -> str:
    """A finding as lines of at most 79 columns: what was looked at, a chart of plain characters, the verdict."""
    lines = [f"  {finding.respect}"]
    lines += [f"    {line}" for line in wrapped(safe(finding.about), _WIDTH - 4)]
    lines += [_bar(bar) for bar in finding.bars]
    lines += [f"    {part}" for line in finding.lines for part in wrapped(safe(line), _WIDTH - 4)]
    first, *more = wrapped(safe(finding.wrong or FAIR), _WIDTH - 7)
    lines += [f"    => {first}", *(f"       {line}" for line in more)]
    return "\n".join(lines)


def _bar(bar: Bar) -> str:
    name = safe(bar.name)
    while width_of(name) > _LABEL:
        name = name[:-1]
    return f"    {name}{' ' * (12 - width_of(name))} {'#' * round(bar.share * _BAR):<{_BAR}} {bar.figure}"


def verdict(deck: str, findings: tuple[Finding, ...]) -> str:
    """The last line: fair in every respect, or in which not."""
    unfair = [finding.respect for finding in findings if not finding.fair]
    if not unfair:
        return f"{safe(deck)}: fair in all {len(findings)} respects."
    return f"{safe(deck)}: NOT fair in {len(unfair)} of {len(findings)} respects: {', '.join(unfair)}."
