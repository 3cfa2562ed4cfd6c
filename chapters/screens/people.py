"""Who works in a chapter, and what somebody may do where: giving roles, inviting, ending, leaving."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from chapters import rights
from chapters.leaving import chapters_left, colleagues, drafts_of, leave, may_dismiss, roles_ending
from chapters.models import Chapter, Invitation, RoleAssignment
from chapters.people import link_of, withdraw_invitation
from chapters.roles import end_role

from .naming_form import FurtherRoleForm, NamingForm, RoleForm
from .screen import Screen


class ChapterPeople(Screen):
    """The people of a chapter, those whose roles reach down to it, invitations, and the form that names somebody."""

    template_name = "chapters/screens/people.html"
    page_title = gettext_lazy("People")
    header_icon = "group"
    action = rights.ASSIGN

    def may_enter(self, user: Any) -> bool:
        """Who may give some role here; auditors read."""
        return super().may_enter(user) or rights.is_auditor(user)

    def get_page_subtitle(self) -> str:
        """Of which chapter."""
        return str(self.chapter)

    @property
    def header_buttons(self) -> list[Button]:
        """Staff can go on to the settings."""
        if not rights.is_staff(self.request.user):
            return []
        url = reverse("chapters_admin:edit", args=[self.chapter.code])
        return [HeaderButton(_("Settings"), url, icon_name="cog")]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """As they are."""
        return self._show(self._form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Name somebody."""
        form = self._form(request.POST)
        if form is None or not form.is_valid():
            return self._show(form)
        named = form.save(form.cleaned_data["email"])
        if named is None:
            return self._show(form)
        tell(request, named)
        return redirect("chapters_admin:people", code=code)

    def _form(self, data: Any = None) -> NamingForm | None:
        user: Any = self.request.user
        if not rights.roles_to_give(user, self.chapter):
            return None
        return NamingForm(data, by=user, chapter=self.chapter)

    def _show(self, form: NamingForm | None) -> HttpResponse:
        user: Any = self.request.user
        reaching = (
            RoleAssignment.objects.in_force().reaching(self.chapter).select_related("user", "chapter", "given_by")
        )
        here = [one for one in reaching if one.chapter_id == self.chapter.pk]
        return self.show(
            form=form,
            media=form.media if form else forms.Media(),
            here=[row_of(user, one) | {"may_dismiss": may_dismiss_one(user, here, one)} for one in here],
            above=[one for one in reaching if one.chapter_id != self.chapter.pk],
            invitations=self._invitations(user),
            chapter=self.chapter,
        )

    def _invitations(self, user: Any) -> list[dict[str, Any]]:
        pending = Invitation.objects.pending().filter(chapter=self.chapter).select_related("chapter", "invited_by")
        return [_invited(one, user) for one in pending]


def _invited(invitation: Invitation, user: Any) -> dict[str, Any]:
    """An invitation; for whoever could give all that it gives also its link, where no mail has gone out."""
    chapter = invitation.chapter
    mine = invitation.role in rights.roles_to_give(user, chapter, below=invitation.below)
    may_accept = mine and rights.may_give_in(user, chapter, invitation.locales) and invitation.mailed_at is None
    return {"invitation": invitation, "may_change": mine, "link": link_of(invitation) if may_accept else ""}


def row_of(user: Any, assignment: RoleAssignment) -> dict[str, Any]:
    """An assignment, and whether a user may end it."""
    return {
        "assignment": assignment,
        "may_end": rights.may_give(
            user, assignment.role, assignment.chapter, to=assignment.user, below=assignment.below
        ),
    }


def may_dismiss_one(user: Any, here: list[RoleAssignment], one: RoleAssignment) -> bool:
    """`may_dismiss` for one of those who are listed, without another query."""
    return all(
        rights.may_give(user, other.role, other.chapter, to=other.user, below=other.below)
        for other in here
        if other.user_id == one.user_id
    )


def tell(request: HttpRequest, named: RoleAssignment | Invitation) -> None:
    """Say what was done."""
    if isinstance(named, RoleAssignment):
        messages.success(request, _("%(person)s has the role.") % {"person": named.user})
        return
    named.refresh_from_db(fields=["mailed_at"])
    if named.mailed_at:
        messages.success(request, _("An invitation was sent. Its link is good for seven days."))
    else:
        messages.warning(request, _("No mail was sent. Copy the link below and pass it on; it is good for seven days."))


class PersonRoles(Screen):
    """What one person may do where, now and before; for staff, and for auditors to read."""

    template_name = "chapters/screens/person.html"
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Whom it is about."""
        super().setup(request, *args, **kwargs)
        self.person: Any = get_user_model().objects.filter(pk=kwargs["pk"]).first()

    def may_enter(self, user: Any) -> bool:
        """Whoever works for the whole federation."""
        return rights.is_staff(user) or rights.is_auditor(user)

    def get_page_title(self) -> str:
        """The person's name."""
        return name_of(self.person) if self.person else ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Rights first; whether there is such a person is said to those who may know."""
        if self.may_enter(request.user) and self.person is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """As it is."""
        return self._show(self._form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a further role."""
        form = self._form(request.POST)
        if form is None or not form.is_valid():
            return self._show(form)
        named = form.save(self.person.email)
        if named is None:
            return self._show(form)
        tell(request, named)
        return redirect("chapters_admin:person", pk=pk)

    def _form(self, data: Any = None) -> RoleForm | None:
        user: Any = self.request.user
        return FurtherRoleForm(data, by=user) if rights.is_staff(user) and user.pk != self.person.pk else None

    def _show(self, form: RoleForm | None) -> HttpResponse:
        user: Any = self.request.user
        roles = RoleAssignment.objects.filter(user=self.person).select_related("user", "chapter", "given_by")
        return self.show(
            person=self.person,
            form=form,
            media=form.media if form else forms.Media(),
            here=[row_of(user, one) for one in roles if one.is_in_force],
            before=[one for one in roles if not one.is_in_force],
            may_leave=may_dismiss(user, self.person),
        )


def name_of(person: Any) -> str:
    """Full name, else user name."""
    return str(person.get_full_name() or person.get_username())


class Confirm(Screen):
    """A question that is answered by a button; for what somebody may not do there is no such page."""

    template_name = "chapters/screens/confirm.html"
    header_icon = "warning"

    def may_enter(self, user: Any) -> bool:
        """Asked by `allowed`; refused like what does not exist, so that keys tell nothing."""
        if not self.allowed(user):
            raise Http404
        return True

    def allowed(self, user: Any) -> bool:
        """Whether somebody may do it."""
        raise NotImplementedError

    def back(self) -> str:
        """Where they came from."""
        return reverse("chapters_admin:people", args=[self.chapter.code])


class EndRole(Confirm):
    """End one role."""

    page_title = gettext_lazy("End a role")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Which."""
        super().setup(request, *args, **kwargs)
        roles = RoleAssignment.objects.in_force().select_related("user", "chapter")
        self.assignment = get_object_or_404(roles, pk=kwargs["pk"])
        self.chapter = self.assignment.chapter

    def allowed(self, user: Any) -> bool:
        """Who may give it may end it."""
        one = self.assignment
        return rights.may_give(user, one.role, one.chapter, to=one.user, below=one.below)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        one = self.assignment
        said = _("End the role “%(role)s” of %(person)s in %(chapter)s?")
        question = said % {"role": one.get_role_display(), "person": name_of(one.user), "chapter": one.chapter}
        return self.show(question=question, answer=_("Yes, end it"), back=self.back())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        end_role(self.assignment, by=request.user)
        messages.success(request, _("The role has ended."))
        return redirect(self.back())


class WithdrawInvitation(Confirm):
    """Make an invitation's link stop working."""

    page_title = gettext_lazy("Withdraw an invitation")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Which."""
        super().setup(request, *args, **kwargs)
        pending = Invitation.objects.pending().select_related("chapter")
        self.invitation = get_object_or_404(pending, pk=kwargs["pk"])
        self.chapter = self.invitation.chapter

    def allowed(self, user: Any) -> bool:
        """Who may give the role."""
        one = self.invitation
        return one.role in rights.roles_to_give(user, one.chapter, below=one.below)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        question = _("Withdraw the invitation of %(email)s? Its link stops working.")
        return self.show(
            question=question % {"email": self.invitation.email}, answer=_("Yes, withdraw it"), back=self.back()
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        withdraw_invitation(self.invitation, by=request.user)
        messages.success(request, _("The invitation was withdrawn."))
        return redirect(self.back())


class LeavingForm(forms.Form):
    """Who takes over the drafts."""

    heir = forms.ModelChoiceField(
        label=gettext_lazy("Drafts pass to"), queryset=get_user_model().objects.none(), required=False
    )

    def __init__(self, *args: Any, colleagues: list[Any], needed: bool, **kwargs: Any) -> None:
        """Colleagues who write in the same chapters."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["heir"]
        field.queryset = get_user_model().objects.filter(pk__in=[one.pk for one in colleagues])
        field.label_from_instance = name_of
        field.required = needed
        if not needed:
            del self.fields["heir"]


class Leave(Confirm):
    """Somebody leaves a chapter: roles end, with the last one sessions and tokens too, drafts pass to a colleague."""

    template_name = "chapters/screens/leave.html"
    page_title = gettext_lazy("Leaving")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Who."""
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])

    def allowed(self, user: Any) -> bool:
        """Who may end every role that ends."""
        return may_dismiss(user, self.person, self.chapter)

    def back(self) -> str:
        """The chapter's people."""
        return reverse("chapters_admin:people", args=[self.chapter.code])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What would happen."""
        return self._show(self._form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            heir = form.cleaned_data.get("heir")
            left = leave(self.person, by=request.user, heir=heir, chapter=self.chapter)
        except ValidationError as error:
            form.add_error(None, error)
            return self._show(form)
        said = _("%(person)s has left: %(roles)d roles ended, %(drafts)d drafts were passed on.")
        numbers = {"person": name_of(self.person), "roles": left.roles, "drafts": left.drafts}
        messages.success(request, said % numbers)
        return redirect(self.back())

    def _form(self, data: Any = None) -> LeavingForm:
        self.drafts = drafts_of(self.person, self._chapters())
        there = colleagues(self.person, self.chapter, by=self.request.user)
        return LeavingForm(data, colleagues=there, needed=bool(self.drafts))

    def _chapters(self) -> list[Chapter]:
        return chapters_left(self.person, self.chapter)

    def _show(self, form: LeavingForm) -> HttpResponse:
        return self.show(
            form=form,
            person=name_of(self.person),
            roles=roles_ending(self.person, self.chapter),
            drafts=len(self.drafts),
            chapter=self.chapter,
            back=self.back(),
        )


class LeaveAll(Leave):
    """Somebody leaves the federation."""

    def back(self) -> str:
        """What they may do where, which is nothing now."""
        return reverse("chapters_admin:person", args=[self.person.pk])
