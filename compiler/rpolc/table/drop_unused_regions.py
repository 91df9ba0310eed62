"""A pass: drop regions that nothing names, and number the rest anew."""

from __future__ import annotations

from attrs import evolve

from rpol.runtime.contents import Contents


def drop_unused_regions(contents: Contents) -> Contents:
    """Return the contents without regions that no clause, fact, act, row or doubt names."""
    named = dict.fromkeys(
        (
            *contents.real,
            *contents.bare,
            *(fact.broken for fact in contents.facts),
            *(act.region for act in contents.acts),
            *(row.region for row in contents.rows),
            *(number for doubt in contents.doubts for number in (doubt.region, *doubt.gone, *doubt.untouched)),
        )
    )
    new = {number: position for position, number in enumerate(named)}

    def anew(world: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(new[number] for number in world)

    return evolve(
        contents,
        regions=tuple(contents.regions[number] for number in named),
        real=anew(contents.real),
        bare=anew(contents.bare),
        facts=tuple(evolve(fact, broken=new[fact.broken]) for fact in contents.facts),
        acts=tuple(evolve(act, region=new[act.region]) for act in contents.acts),
        rows=tuple(evolve(row, region=new[row.region]) for row in contents.rows),
        doubts=tuple(
            evolve(doubt, region=new[doubt.region], gone=anew(doubt.gone), untouched=anew(doubt.untouched))
            for doubt in contents.doubts
        ),
    )
