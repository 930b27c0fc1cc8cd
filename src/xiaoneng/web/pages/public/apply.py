"""Applying for an item: one form; what is missing is told at once, and may be handed in later all the same."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xiaoneng.catalogue.access import ItemUnknown, item_on
from xiaoneng.catalogue.item import ItemFacts, Material
from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.desk.recording import ActRefused, Receipt, open_matter
from xiaoneng.matters.vocabulary.intake import Channel, Received
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.web import clock
from xiaoneng.web.asking import Choice, FieldKind, FieldView, FormView
from xiaoneng.web.doors import address
from xiaoneng.web.form_fields import form_errors, form_fields
from xiaoneng.web.naming import names_of
from xiaoneng.web.pages.matters.receipt import show_receipt
from xiaoneng.web.pages.public.item import copies_said
from xiaoneng.web.parts import Link, Words
from xiaoneng.web.wording import spoken


class Application(forms.Form):
    """What is asked of an applicant; the materials are those of the item."""

    materials = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    applicant = forms.CharField(max_length=120)
    contact = forms.CharField(max_length=120)
    agent = forms.CharField(max_length=120, required=False)
    mandate = forms.CharField(max_length=200, required=False)
    note = forms.CharField(widget=forms.Textarea, max_length=2000, required=False)
    anyway = forms.BooleanField(required=False)

    def __init__(self, data: object, *, item: ItemFacts) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.item = item
        self._label()
        choices = [(one.key, spoken(one.name)) for one in item.materials]
        self.fields["materials"] = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple,
            required=False,
            choices=choices,
            label=gettext("已经备好的材料"),
            help_text=gettext("备好一样，勾一样。"),
        )
        if not choices:
            del self.fields["materials"]

    def _label(self) -> None:
        told = {
            "applicant": (gettext("申请人"), gettext("姓名或者单位名称，与证件一致"), "name"),
            "contact": (gettext("联系方式"), gettext("手机号或者电子邮箱，用来通知您"), "tel"),
            "agent": (gettext("代理人"), gettext("自己办的不填"), ""),
            "mandate": (gettext("授权委托书"), gettext("委托书的日期和委托事项；有代理人时必填"), ""),
            "note": (gettext("补充说明"), "", ""),
            "anyway": (gettext("先交已有的，缺的等通知后补"), "", ""),
        }
        for name, (label, hint, autocomplete) in told.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            if autocomplete:
                field.widget.attrs["autocomplete"] = autocomplete
        for name, (label, _, _) in told.items():
            self.fields[name].error_messages["required"] = gettext("请填写%(label)s") % {"label": label}

    def missing(self) -> list[Material]:
        """Return what must be there before acceptance and was not ticked."""
        ticked = set(self.cleaned_data.get("materials", ()))
        return [one for one in self.item.required() if one.key not in ticked]

    def clean(self) -> dict[str, object]:
        """Check what no single question can: an agent has a mandate, and what is missing is known to be."""
        said = super().clean() or {}
        if said.get("agent") and not said.get("mandate"):
            self.add_error("mandate", gettext("写了代理人，就要写明授权委托书"))
        if said.get("mandate") and not said.get("agent"):
            self.add_error("agent", gettext("写了授权委托书，就要写明代理人"))
        if self.missing() and not said.get("anyway"):
            gaps = "、".join(spoken(one.name) for one in self.missing())
            told = gettext("还缺：%(gaps)s。备齐后勾选；也可以勾“先交已有的，缺的等通知后补”。") % {
                "gaps": gaps
            }
            self.add_error("materials", told)
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take the application and lead to its receipt."""
    try:
        item = item_on(code, on=clock.today())
    except ItemUnknown:
        raise Http404 from None
    if request.method != "POST":
        return _page(request, item, Application(None, item=item))
    form = Application(request.POST, item=item)
    if not form.is_valid():
        return _page(request, item, form)
    try:
        receipt = _opened(form, item)
    except ActRefused as refused:
        return _page(request, item, form, also=tuple(one.reason for one in refused.refusals))
    except CannotOpen as fault:
        return _page(request, item, form, also=fault.faults)
    return show_receipt(request, receipt, keep=_keep(item))


def _opened(form: Application, item: ItemFacts) -> Receipt:
    said, now = form.cleaned_data, clock.now()
    act = Received(
        at=now,
        by=CITIZEN,
        materials=tuple(said.get("materials", ())),
        channel=Channel.WEB,
        applicant=said["applicant"],
        contact=said["contact"],
        agent=said["agent"],
        mandate=said["mandate"],
        note=said["note"],
    )
    return open_matter(
        act, request=Request(procedure="approval", agency=item.agency, item=item.code), now=now
    )


def _keep(item: ItemFacts) -> str:
    return f"apply-{item.code}"


def _page(
    request: HttpRequest, item: ItemFacts, form: Application, *, also: tuple[Words, ...] = ()
) -> HttpResponse:
    view = FormView(
        action=request.path,
        button=gettext("提交申请"),
        fields=_fields(form, item),
        errors=(*form_errors(form), *also),
        keep=_keep(item),
    )
    shown = {
        "item": item,
        "agency": names_of([item.agency]).agency(item.agency),
        "view_form": view,
        "crumbs": (
            Link(words=gettext("办事指南"), href=address("items")),
            Link(words=item.name, href=reverse("item", args=(item.code,))),
            Link(words=gettext("在线申请"), href=""),
        ),
    }
    return render(request, "xiaoneng/public/apply.html", shown, status=400 if view.broken else 200)


def _fields(form: Application, item: ItemFacts) -> tuple[FieldView, ...]:
    """Return the questions; the one on materials says of each how many and whether it may follow."""
    found = {field.name: field for field in form_fields(form)}
    anyway = found.pop("anyway")
    order = ["materials", "applicant", "contact", "agent", "mandate", "note"]
    fields = [
        _materials(found[name], item) if name == "materials" else found[name]
        for name in order
        if name in found
    ]
    if form.is_bound and form.missing():
        fields.insert(1, anyway)
    return tuple(fields)


def _materials(field: FieldView, item: ItemFacts) -> FieldView:
    chosen = {one.value for one in field.choices if one.chosen}
    return FieldView(
        name=field.name,
        label=field.label,
        kind=FieldKind.CHOICES,
        hint=field.hint,
        errors=field.errors,
        required=True,
        choices=tuple(
            Choice(value=one.key, words=one.name, hint=_told(one), chosen=one.key in chosen)
            for one in item.materials
        ),
    )


def _told(material: Material) -> str:
    copies = spoken(copies_said(material))
    if material.conditional:
        need = gettext("可以容缺，受理后补交")
    else:
        need = gettext("必须") if material.required else gettext("有则提供")
    return f"{need} · {copies}" if copies else need
