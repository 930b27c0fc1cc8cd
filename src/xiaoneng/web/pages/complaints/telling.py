"""What is asked of whoever complains (投诉): one form for the public page and for the centre's counter.

Everything wrong is said at once and nothing typed is lost; names are never left with the browser. Whoever is
complained of is found by name or said in one's own words: nobody has to know which office is called what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES, ComplaintChannel, Manner
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.asking import Choice, FieldKind, FieldView
from xiaoneng.web.form_fields import form_fields
from xiaoneng.web.pages.complaints.whom import Whom, whom
from xiaoneng.web.places import Places
from xiaoneng.web.sections import Section, section
from xiaoneng.web.wording import spoken
from xiaoneng.worktime.days import local_day

LONGEST = 5000
SEALED = ("complainant", "contact", "identity_number", "address")
"""Answers that go into the sealed envelope: no browser keeps them."""
REACHED = ("complainant", "contact")
"""What must be known of whoever is not anonymous: else nobody could answer them."""


class Telling(forms.Form):
    """What happened, whom it is about, how it is told, and what is wanted."""

    text = forms.CharField(widget=forms.Textarea, max_length=LONGEST)
    happened_on = forms.DateField(widget=forms.DateInput, required=False)
    wanted = forms.CharField(widget=forms.Textarea, max_length=2000, required=False)
    place = forms.ChoiceField(required=False)
    agency_words = forms.CharField(max_length=80, required=False)
    agencies = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    about = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    about_words = forms.CharField(max_length=300, required=False)
    matter = forms.CharField(max_length=40, required=False)
    manner = forms.ChoiceField(widget=forms.RadioSelect)
    complainant = forms.CharField(max_length=60, required=False)
    contact = forms.CharField(max_length=120, required=False)
    identity_number = forms.CharField(max_length=30, required=False)
    address = forms.CharField(max_length=200, required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        city: Places,
        now: datetime,
        knows: Callable[[str], bool],
        first: QueryDict | None = None,
    ) -> None:
        given = data if data is not None else first or QueryDict()
        super().__init__(data, initial=_initial(given))
        self.now, self.knows = now, knows
        self.whom: Whom = whom(
            city,
            division=given.get("place", ""),
            words=given.get("agency_words", "").strip()[:80],
            agencies=given.getlist("agencies"),
            people=given.getlist("about"),
            now=now,
        )
        self.city, self.typed = city, given
        self.nothing = bool(given.get("agency_words", "").strip() and not self.whom.agencies)
        self.ready()

    def ready(self) -> None:
        """Say what each question asks and what can be picked."""
        self._label()
        self._offer(self.city)

    def _label(self) -> None:
        for name, (label, hint) in _labels().items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = gettext("请填写%(label)s") % {"label": label}
        self.fields["manner"].error_messages["required"] = gettext("请选择怎样署名")
        self.fields["text"].error_messages["required"] = gettext("请写发生了什么；几句话就可以")
        self.fields["happened_on"].error_messages["invalid"] = gettext("日期形如 2026-11-23")

    def _offer(self, city: Places) -> None:
        self.choose("place", [("", gettext("全市"))] + [(k, spoken(v)) for k, v in city.divisions.items()])
        self.choose("agencies", [(one.value, spoken(one.words)) for one in self.whom.agencies])
        self.choose("about", [(one.value, spoken(one.words)) for one in self.whom.people])
        self.choose("manner", [(one.value, spoken(COMPLAINT_NAMES[one])) for one in Manner])

    def choose(self, name: str, pairs: list[tuple[str, str]]) -> None:
        """Let a question be answered by one of these values."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = pairs

    def clean_matter(self) -> str:
        """Return the number of the matter complained about as printed; a slip is said, a blank is none."""
        text = str(self.cleaned_data["matter"]).strip()
        if not text:
            return ""
        try:
            number = parse(text)
        except NumberFaulty:
            raise forms.ValidationError(
                gettext("编号形如 XK2026-0001234-7；记不清就留空，写在经过里")
            ) from None
        if not self.known(number):
            raise forms.ValidationError(gettext("没有这个编号的公开办件；记不清就留空，写在经过里"))
        return number

    def known(self, text: str) -> bool:
        """Tell whether a number may be named; of what is not public nobody learns here whether it exists."""
        try:
            return self.knows(parse(text))
        except NumberFaulty:
            return False

    def clean_happened_on(self) -> date | None:
        """Return the day; what happens tomorrow cannot be complained of today."""
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > local_day(self.now):
            raise forms.ValidationError(gettext("日期不能晚于今天"))
        return day

    def clean(self) -> dict[str, object]:
        """Check what no single question can: whom it is about, and who is to be reached."""
        said = super().clean() or {}
        if not (said.get("agencies") or str(said.get("about_words") or "").strip() or said.get("matter")):
            self.add_error(
                "about_words", gettext("请选机关，或者用自己的话写是哪里、谁；有办件编号的，填编号也行")
            )
        if said.get("manner") in {Manner.REAL_NAME, Manner.CONFIDENTIAL}:
            for name in REACHED:
                if not str(said.get(name) or "").strip():
                    self.add_error(name, _reach_said(name))
        return said

    @property
    def anonymous(self) -> bool:
        """Whether nobody is to know who complains."""
        return str(self["manner"].value()) == Manner.ANONYMOUS

    def act(self, *, by: Capacity, channel: ComplaintChannel) -> ComplaintMade:
        """Return the act; of whoever complains without a name nothing typed about them goes any further."""
        said = self.cleaned_data
        identity = {name: "" if self.anonymous else str(said[name]) for name in SEALED}
        return ComplaintMade(
            at=self.now,
            by=by,
            channel=channel,
            manner=Manner(said["manner"]),
            agencies=tuple(said["agencies"]),
            about=tuple(int(one) for one in said["about"]),
            about_words=said["about_words"],
            place=said["place"],
            subject_area=said.get("subject_area", ""),
            matter=said["matter"],
            happened_on=said["happened_on"],
            text=said["text"],
            wanted=said["wanted"],
            complainant=identity["complainant"],
            contact=identity["contact"],
            identity_number=identity["identity_number"],
            address=identity["address"],
        )

    def views(self) -> dict[str, FieldView]:
        """Return the questions by name; sealed ones marked so that no browser keeps them."""
        found = {one.name: one for one in form_fields(self)}
        return {name: _shown(one, self.whom) for name, one in found.items()}


def _initial(given: QueryDict) -> dict[str, object]:
    several = {"agencies", "about"}
    return {name: given.getlist(name) if name in several else given.get(name, "") for name in given}


def _reach_said(name: str) -> str:
    if name == "complainant":
        return gettext("实名或者保密投诉请写姓名；不想写，就选匿名")
    return gettext("请写一种联系方式，受理和结果才能告知您；不想写，就选匿名")


def _shown(field: FieldView, one: Whom) -> FieldView:
    """Return a question as pages print it: picks with the place they are in, sealed answers never kept."""
    match field.name:
        case "agencies":
            return replace(field, kind=FieldKind.CHOICES, choices=one.agencies)
        case "about":
            return replace(field, kind=FieldKind.CHOICES, choices=one.people)
        case "manner":
            return replace(field, choices=tuple(_seen_by(each, field.value) for each in field.choices))
        case name if name in SEALED:
            return replace(field, sealed=True, autocomplete="off")
        case _:
            return field


def _seen_by(choice: Choice, value: str) -> Choice:
    """Return a manner with who exactly will see the name."""
    return replace(choice, hint=_who_sees(Manner(choice.value)), chosen=choice.value == value)


def _who_sees(manner: Manner) -> str:
    match manner:
        case Manner.REAL_NAME:
            return gettext(
                "姓名封存：两个岗位一起、写明理由才能打开，每打开一次您都看得到。受理和结果书面告知您。被投诉的机关和人看不到。"
            )
        case Manner.CONFIDENTIAL:
            return gettext(
                "姓名同样封存；除依法必须以外不打开，与您联系只经投诉中心，调查时不透露是谁投诉的。"
            )
        case Manner.ANONYMOUS:
            return gettext(
                "不填姓名和联系方式，谁也看不到。凭编号和查询码看进展、补充、催办；请自己记住回来看。"
            )


def _labels() -> dict[str, tuple[str, str]]:
    """Return what each question says, and its hint."""
    return {
        "text": (
            gettext("经过"),
            gettext("时间、地点、经过。不要写您自己的姓名和电话，它们在下面单独填。"),
        ),
        "happened_on": (gettext("哪一天"), gettext("记不清就不填")),
        "wanted": (gettext("希望怎样解决"), gettext("如：退还材料、重新办理、道歉、查清责任")),
        "place": (gettext("在哪里"), ""),
        "agency_words": (gettext("机关名称或者职能里的字"), gettext("如：规划、户籍、医保")),
        "agencies": (gettext("被投诉的机关"), gettext("可以选几个；几个机关的，由一个投诉中心牵头")),
        "about": (gettext("被投诉的人"), gettext("出自公开的岗位表；不针对个人就不选")),
        "about_words": (
            gettext("用自己的话说是谁"),
            gettext("哪个窗口、什么岗位、什么样子都行；说不出机关名称也行"),
        ),
        "matter": (gettext("办件编号"), gettext("投诉的是哪一件的办理；没有就不填")),
        "manner": (gettext("怎样署名"), gettext("怎么选都一样受理，选了以后不能改")),
        "complainant": (gettext("姓名"), gettext("实名、保密的要填")),
        "contact": (gettext("联系方式"), gettext("手机号、电子邮箱或者通信地址，写一种")),
        "identity_number": (gettext("证件号码"), gettext("一般不用填")),
        "address": (gettext("住址"), gettext("要书面送达才填")),
    }


def told_in(views: dict[str, FieldView]) -> tuple[Section, ...]:
    """Return the questions of a complaint in the order in which people tell one."""
    return (
        section(
            views,
            key="what",
            title=gettext("一　发生了什么"),
            names=("text", "happened_on", "wanted"),
        ),
        section(
            views,
            key="whom",
            title=gettext("二　投诉谁"),
            told=gettext(
                "选得出就选，选不出就用自己的话说，两样都行。被投诉的人和他们的单位看不到这件投诉。"
            ),
            names=("about_words", "matter", "place", "agency_words"),
            find=gettext("查找机关"),
            after=("agencies",),
            folded=("about",),
            fold=gettext("针对某个人的，从岗位表里选"),
        ),
        section(
            views,
            key="how",
            title=gettext("三　怎样署名"),
            told=gettext("匿名的，姓名和联系方式不用填，填了也不会保存。"),
            names=("manner", "complainant", "contact"),
            folded=("identity_number", "address"),
            fold=gettext("要书面送达的，再填证件和住址"),
        ),
    )
