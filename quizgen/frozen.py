"""Frozen values made by the hundred thousand, without what freezing costs.

A frozen dataclass sets each of its attributes past its own guard, by a call: a third of what a fact costs to read. The
same class without the guard is made by plain assignment, and then becomes the frozen one (Python lets an object change
to a class with the same slots). Measured on `Fact`, 20 attributes: 0.7 against 4.6 microseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def quick_maker(frozen: type[T]) -> Callable[..., T]:
    """What makes the same values as calling the frozen dataclass with slots does, in less time.

    Its attributes may be given in their order as well, where keywords would cost more than the rest.
    """
    open_ = make_dataclass(
        f"_{frozen.__name__}",
        [(one.name, Any, _as_declared(one)) for one in fields(frozen)],  # type: ignore[arg-type]  # is a dataclass
        slots=True,
    )

    def make(*attributes: Any, **more: Any) -> T:  # noqa: ANN401 - those of the class
        made = open_(*attributes, **more)
        made.__class__ = frozen
        return made  # type: ignore[no-any-return]

    return make


def _as_declared(one: Field[Any]) -> Any:  # noqa: ANN401 - what `field` is declared to return
    if one.default_factory is not MISSING:
        return field(default_factory=one.default_factory)
    return field() if one.default is MISSING else field(default=one.default)
