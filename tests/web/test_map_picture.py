"""The picture of the map can be read: nothing stands on anything else, and everything lies within its frame."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from xiaoneng.flow.graph.abstract import LEVELS, flow_map
from xiaoneng.flow.graph.directly import directly_follows
from xiaoneng.flow.graph.events import Events, steps
from xiaoneng.flow.graph.layout import layout
from xiaoneng.supervision.obstruction.picture import Arrow, Picture
from xiaoneng.web.pictures.map_labels import HALF_HIGH, Frame
from xiaoneng.web.pictures.map_paths import HIGH, WIDE, lines
from xiaoneng.web.pictures.map_spec import fits, map_spec
from xiaoneng.worktime.days import ZONE
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import CUSTOMARY

HALL = Schedule.weekly("hall", CUSTOMARY, zone=ZONE)
DAY = 86_400 * 1_000_000


def drawn(level: int, *, seed: int) -> Picture:
    """Return the map of three thousand invented events of forty activities."""
    rng = np.random.default_rng(seed)
    names = tuple(f"{'受理审查决定送达'[n % 8]}环节{n:02} Determine necessity {n}" for n in range(40))
    found = Events(
        case=np.sort(rng.integers(0, 300, 3000)).astype(np.int32),
        activity=np.minimum(rng.geometric(0.08, 3000) - 1, 39).astype(np.int32),
        at=np.arange(3000, dtype=np.int64) * 10**10,
        activities=names,
    )
    told = flow_map(directly_follows(steps(found), schedule=HALL), level=LEVELS[level])
    spots = layout(told)
    arrows = tuple(
        Arrow(
            source=source,
            target=target,
            count=count,
            lost=working / DAY,
            working=working / DAY,
            suspended=0.0,
            waiting=0.0,
            out=1.0,
            median=1.0,
            p90=2.0,
            bends=spots.bends[place],
            back=spots.back[place],
        )
        for place, (source, target, count, working) in enumerate(
            zip(
                *(told.source.tolist(), told.target.tolist()),
                *(told.count.tolist(), told.working.tolist()),
                strict=True,
            )
        )
    )
    return Picture(
        level=level,
        boxes=told.nodes,
        places=spots.nodes,
        arrows=tuple(sorted(arrows, key=lambda one: -one.lost)),
        width=spots.width,
        height=spots.height,
        covered=told.covered,
        hidden=told.hidden,
        steps=3000,
        lost=1.0,
    )


def parts(picture: Picture) -> tuple[dict, list[Frame], list[Frame]]:
    """Return a specification, the frames of its boxes and those of the labels that are always shown."""
    spec = map_spec(picture, address=lambda *names: "/".join(names), word=str, description="")
    boxes, arrows = (one["values"] for one in spec["data"][:2])
    labels = [Frame(one["lx"], one["ly"], one["half"], HALF_HIGH) for one in arrows if one["free"]]
    return spec, [Frame(one["x"], one["y"], WIDE / 2, HIGH / 2) for one in boxes], labels


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("level", [0, 2])
def test_no_label_stands_on_a_box_or_on_another_label(level: int, seed: int) -> None:
    _, boxes, labels = parts(drawn(level, seed=seed))
    assert len(labels) >= 10
    assert not any(one.meets(other) for one, other in combinations([*labels, *boxes], 2) if one in labels)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_map_at_a_glance_is_small_and_lies_within_its_frame(seed: int) -> None:
    picture = drawn(0, seed=seed)
    assert len(picture.boxes) <= 12
    assert len(picture.arrows) <= 16 + 11
    spec, boxes, labels = parts(picture)
    moved = {one["name"]: one["value"] for one in spec["signals"]}
    for one in (*boxes, *labels):
        assert one.wide <= moved["tx"] + one.x <= spec["width"] - one.wide
        assert one.high <= moved["ty"] + one.y <= spec["height"] - one.high


def test_boxes_of_a_layer_stand_apart() -> None:
    _, boxes, _ = parts(drawn(2, seed=4))
    for one, other in combinations(boxes, 2):
        assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) > HIGH


def test_no_two_arrows_touch_a_box_at_the_same_place() -> None:
    picture = drawn(0, seed=5)
    ends = [one.path[1:].split("C")[0] for one in lines(picture, [1.0] * len(picture.arrows))]
    several = [end for end, arrow in zip(ends, picture.arrows, strict=True) if arrow.source != arrow.target]
    assert len(set(several)) == len(several)


def test_long_names_take_two_lines_and_say_that_they_go_on() -> None:
    spec, _, _ = parts(drawn(0, seed=6))
    for box in spec["data"][0]["values"]:
        assert 1 <= len(box["name"]) <= 2
        assert all(fits(line) for line in box["name"])


def test_an_arrow_leads_to_its_own_steps_whatever_it_is_called() -> None:
    picture = drawn(0, seed=7)
    spec = map_spec(picture, address=lambda *names: "/".join(names), word=lambda _: "named", description="")
    named = [box.name for box in picture.boxes]
    assert spec["data"][1]["values"][0]["href"] == "/".join(
        named[place] for place in (picture.arrows[0].source, picture.arrows[0].target)
    )
    assert {box["name"][0] for box in spec["data"][0]["values"] if not box["phase"]} == {"named"}
