"""Small pictures for facts, in flat shapes on coloured paper and without words: things, places, people, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from articles.demo.covers import scheme
from articles.demo.drawings import figures, outdoors, places, signs, things
from articles.images.canvas import Canvas

Thing = Callable[[Canvas, scheme.Scheme], None]

THINGS: Mapping[str, Thing] = {
    "alley": places.alley,
    "bat": things.bat,
    "bird": outdoors.bird,
    "board": signs.board,
    "cassette": places.cassette,
    "caverns": figures.caverns,
    "chestnut": places.chestnut,
    "clock": things.clock,
    "coins": things.coins,
    "days": signs.days,
    "envelope": things.envelope,
    "evidence": figures.evidence,
    "firsts": figures.firsts,
    "guitar": places.guitar,
    "hat": things.hat,
    "helicopter": outdoors.helicopter,
    "inch": figures.inch,
    "lantern": things.lantern,
    "manuscript": things.manuscript,
    "map": signs.route,
    "millions": figures.millions,
    "mirror": figures.mirror,
    "notes": signs.notes,
    "palace": places.palace,
    "paraglider": outdoors.paraglider,
    "radio": things.radio,
    "reign": figures.reign,
    "rise": signs.rise,
    "ruler": signs.ruler,
    "seedling": outdoors.seedling,
    "seven": places.seven,
    "tank": places.tank,
    "television": things.television,
    "ticket": places.ticket,
    "train": outdoors.train,
    "tree": outdoors.tree,
    "trophy": things.trophy,
    "vest": places.vest,
    "whale": outdoors.whale,
}
SIZE = (640, 480)


def draw(*, palette: str, thing: str, seed: str) -> bytes:
    """A JPEG. `palette` is a name out of PALETTE, `thing` out of THINGS; any other is a KeyError."""
    canvas = Canvas(SIZE, f"{thing}/{seed}")
    colours = canvas.rng.choice((scheme.dusk, scheme.day))(palette, canvas.rng)
    canvas.ground(colours.top, colours.foot, turn=canvas.between(-30, 30))
    THINGS[thing](canvas, colours)
    out = BytesIO()
    canvas.image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
