"""What agencies and posts are called, in both languages: looked up once for a page and passed on as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import access as organisation
from xiaoneng.organisation.capacity import Capacity, Standing
from xiaoneng.web.parts import Who

APPLICANT = Phrase("申请人", "The applicant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Agencies and posts by code; a post that is not among them is called by its title."""

    agencies: Mapping[str, Phrase] = field(default_factory=dict)
    posts: Mapping[str, Phrase] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Phrase] = field(default_factory=dict)
    people: Mapping[int, Phrase] = field(default_factory=dict)
    applicant: Phrase = APPLICANT

    def agency(self, code: str) -> Phrase:
        """Return what an agency is called."""
        return self.agencies.get(code, Phrase(code, code))

    def place(self, code: str) -> Phrase:
        """Return what a division is called."""
        return self.places.get(code, Phrase(code, code))

    def person(self, number: int) -> Phrase:
        """Return what somebody is called whom the matter is about; of others only the number."""
        return self.people.get(number, Phrase(f"#{number}", f"#{number}"))

    def post(self, code: str, *, title: str = "") -> Phrase:
        """Return what a post is called."""
        return self.posts.get(code, Phrase(title or code, title or code))

    def who(self, by: Capacity) -> Who:
        """Return an actor with name, standing and post; the citizen by that word, the system without a name."""
        match by.standing:
            case Standing.SYSTEM:
                return Who()
            case Standing.CITIZEN:
                return Who(name=self.applicant)
            case _:
                return Who(
                    name=by.name,
                    post=self.post(by.post, title=by.title),
                    standing=by.standing.value,
                    acting_for=by.acting_for_name,
                    phone=self.phones.get(by.post, ""),
                )

    def post_only(self, by: Capacity) -> Who:
        """Return an actor as everybody may know them: by post, not by name."""
        if not by.official:
            return self.who(by)
        return Who(name=self.post(by.post, title=by.title), phone=self.phones.get(by.post, ""))


def names_of(agencies: Iterable[str]) -> Names:
    """Return the names of these agencies and of all their posts, in two queries."""
    wanted = sorted(set(agencies) - {""})
    posts = list(organisation.posts_of_all(wanted))
    return Names(
        agencies={one.pk: Phrase(one.zh, one.en) for one in organisation.agencies().filter(pk__in=wanted)},
        posts={one.pk: Phrase(one.zh, one.en) for one in posts},
        phones={one.pk: one.phone for one in posts if one.phone},
    )
