"""A person's relation to a matter: the one place where a role is resolved; knows no database."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.matters.acts import Act, Opening, Role
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import team_of
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.reach import stem

CITIZENS = frozenset({Role.APPLICANT})
KEEPERS = (Role.CENTRE, Role.HEAD)
"""The two roles whose posts at opening keep the sealed identity of a matter, together and for good."""


def roles_of(by: Capacity, dossier: Dossier) -> frozenset[Role]:
    """Return every role in which `by` stands to the matter; empty means a stranger.

    A post stands in the roles that the matter gives it; a supervisor's and a personnel officer's relation comes
    from the duty of the post; whoever was drawn into the team is its inspector, in whatever post. Recused persons
    have none; whom the matter is about is its subject, by whatever post, and nothing else, and so is never their
    own partner. Whether a holder is present is judged by 岗位责任制.
    """
    if by.standing is Standing.SYSTEM:
        return frozenset({Role.SYSTEM})
    if by.standing is Standing.CITIZEN:
        return CITIZENS
    if by.person in dossier.aside or by.agency in agencies_in(dossier.state.barred):
        return frozenset()
    found = {role for role, post in dossier.state.posts.items() if post == by.post} | _beside_posts(
        by, dossier
    )
    if by.person in concerned(dossier):  # nobody decides in their own cause
        return frozenset({Role.SUBJECT} & set(dossier.state.posts))
    return frozenset(found - {Role.SUBJECT})


def _beside_posts(by: Capacity, dossier: Dossier) -> set[Role]:
    """Return the roles that no post is given in the matter: by duty, by the team drawn, by what was sealed to it."""
    found = set()
    if by.post in keepers(dossier.opening):
        found.add(Role.KEEPER)
    if by.person in team_of(dossier.acts):
        found.add(Role.INSPECTOR)
    if by.duty is Duty.SUPERVISE and _in_reach(by, dossier):
        found.add(Role.SUPERVISOR)
    if by.duty is Duty.PERSONNEL and Role.PERSONNEL not in dossier.state.posts and _in_reach(by, dossier):
        found.add(Role.PERSONNEL)
    return found


def keepers(opening: Opening) -> tuple[str, ...]:
    """Return the two posts that keep the sealed identity of a matter; none where nothing is sealed."""
    if not getattr(opening, "envelope", ""):
        return ()
    posts = {one.role: one.post for one in opening.posts}
    return tuple(posts[role] for role in KEEPERS if role in posts)


NAMES_PEOPLE = ("person", "leaving", "successor", "cover")
"""Fields by which an act names a person."""
NAMES_SEVERAL = ("investigators", "about")
"""Fields by which it names several; of some acts `about` is the number of a matter, and names nobody."""


def concerned(dossier: Dossier) -> frozenset[int]:
    """Return the persons whom the matter is about: who goes on leave, who moves, who answers for a dereliction."""
    opening = dossier.opening
    named = (getattr(opening, name, 0) for name in ("person", "leaving", "successor"))
    return frozenset(named) - {0}


def named_by(act: Act) -> frozenset[int]:
    """Return every person whom an act names, its actor left out."""
    one_each = (getattr(act, name, 0) for name in NAMES_PEOPLE)
    several = (getattr(act, name, ()) for name in NAMES_SEVERAL)
    people = (person for named in several if isinstance(named, tuple) for person in named)
    return frozenset((*one_each, *people)) - {0}


def _in_reach(by: Capacity, dossier: Dossier) -> bool:
    """Tell whether the matter's agency lies in the division of `by` or below it (3302.. holds 330203)."""
    return dossier.opening.division.startswith(stem(by.division) or by.division)


def visible_parts(by: Capacity, dossier: Dossier) -> bool:
    """Tell whether personal particulars may be shown: to the applicant and to posts that stand in the matter."""
    found = roles_of(by, dossier)
    stands = Role.SUPERVISOR in found and dossier.post_of(Role.SUPERVISOR) == by.post
    return stands or bool(found - {Role.SUPERVISOR, Role.KEEPER})


def acting_posts(dossier: Dossier, person: int, *, at: datetime) -> tuple[Capacity, ...]:
    """Return the capacities in which `person` may act on this matter at `at`."""
    found = (seat.acting(at=at, recused=dossier.aside) for seat in dossier.seats.values())
    return tuple(one for one in found if one is not None and one.person == person)
