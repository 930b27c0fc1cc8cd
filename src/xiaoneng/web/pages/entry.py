"""Log-in and log-out of staff; citizens need neither."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from xiaoneng.web.asking import FormView
from xiaoneng.web.form_fields import form_errors, form_fields


class Login(LoginView):
    """Django's log-in, printed by our form; where to go afterwards travels in the address."""

    template_name = "xiaoneng/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form as our components print it."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        context["view_form"] = FormView(
            action=self.request.get_full_path(),
            button=gettext("登录"),
            fields=form_fields(form),
            errors=form_errors(form),
        )
        return context


class Logout(LogoutView):
    """Django's log-out, which also clears what the browser keeps of the site: a shared phone shows nobody another's."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out and have the browser forget drafts and kept pages."""
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"storage"'
        return response
