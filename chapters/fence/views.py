"""The admin's views of chapter-owned snippets, each behind the fence: a viewset to inherit."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.views import chooser, snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from chapters import rights
from chapters.desk.whose import chosen_chapter

from .policy import RowPolicy


class BehindTheFence:
    """First base of every view: a view of one row shows it only to people of its chapter, and asks about that row.

    To everybody else there is no such row: "does not exist" and "not for you" are the same answer.
    """

    model: Any
    request: HttpRequest
    row: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the row afresh, never a draft of it, before anything else looks at it."""
        if "pk" in kwargs:
            self.row = row_for(request.user, self.model, kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def permission_policy(self) -> Any:
        """The policy of the model, or of the row."""
        policy = policy_registry.get_by_type(self.model)
        return policy if self.row is None else RowPolicy(policy, self.row)


def row_for(user: Any, model: Any, key: Any) -> Any:
    """A row that the user may see, by the key of an address. Http404 for all others."""
    policy = policy_registry.get_by_type(model)
    try:
        row = model._base_manager.get(pk=unquote(str(key)))
    except (model.DoesNotExist, ValueError, ValidationError, OverflowError) as error:
        raise Http404 from error
    if not policy.may_see(user, row):
        raise Http404
    return row


class IndexView(BehindTheFence, snippets.IndexView):
    """What the user's chapters have."""

    def get_base_queryset(self) -> Any:
        """Of the rows the viewset names, those that the user may see."""
        rows = super().get_base_queryset()
        return rows.filter(owner__in=rights.chapters_where(self.request.user, rights.VIEW))


class CreateView(BehindTheFence, snippets.CreateView):
    """Something new; where the user may not publish, it stays a draft."""

    def get_initial_form_instance(self) -> Any:
        """Of the chapter that the address names, or its author has switched to, if they write there."""
        instance = super().get_initial_form_instance()
        code = self.request.GET.get("chapter", "")
        named = next((one for one in rights.all_chapters(self.request.user) if one.code == code), None)
        chosen = named or chosen_chapter(self.request)
        if instance is None or chosen is None:
            return instance
        language = instance.locale.language_code if getattr(instance, "locale_id", None) else None
        if rights.may(self.request.user, rights.ADD, chosen, locale=language):
            instance.owner = chosen
        return instance

    def publish_action(self) -> Any:
        """The owner is known only now."""
        if not rights.may_on(self.request.user, rights.PUBLISH, self.object):
            messages.warning(self.request, _("Saved as a draft. Publishing it takes a moderator of its chapter."))
            return self.save_action()
        return super().publish_action()


class EditView(BehindTheFence, snippets.EditView):
    """Editing."""

    def get_success_url(self) -> Any:
        """Back to the list in which it stands: what is translated for another chapter is in none of one's own."""
        row = self.row
        is_theirs = not row.is_from_another_chapter or rights.may(self.request.user, rights.VIEW, row.owner)
        if is_theirs:
            return super().get_success_url()
        return f"{reverse('chapters_admin:translations')}?language={row.locale.language_code}&of=others"

    def get_translations(self) -> list[dict[str, Any]]:
        """Languages that the user may see; Wagtail 8.0.1 leads to all of them."""
        policy = policy_registry.get_by_type(self.model)
        rows = self.object.get_translations().select_related("locale")
        return [
            {"locale": row.locale, "url": reverse(self.edit_url_name, args=[quote(row.pk)])}
            for row in rows
            if policy.may_see(self.request.user, row)
        ]


class DeleteView(BehindTheFence, snippets.DeleteView):
    """Deleting."""


class UsageView(BehindTheFence, snippets.UsageView):
    """Where it is used."""


class HistoryView(BehindTheFence, snippets.HistoryView):
    """Who did what to it."""


class InspectView(BehindTheFence, snippets.InspectView):
    """Its fields."""


class ReorderView(BehindTheFence, snippets.ReorderView):
    """Its place in a list."""


class PreviewOnCreateView(BehindTheFence, snippets.PreviewOnCreateView):
    """A preview of what is being written."""


class PreviewOnEditView(BehindTheFence, snippets.PreviewOnEditView):
    """A preview of what is being changed."""


class PreviewRevisionView(BehindTheFence, snippets.PreviewRevisionView):
    """A preview of an old draft."""


class RevisionsCompareView(BehindTheFence, snippets.RevisionsCompareView):
    """Two drafts beside each other."""


class RevisionsUnscheduleView(BehindTheFence, snippets.RevisionsUnscheduleView):
    """Taking back a date of publication."""


class UnpublishView(BehindTheFence, snippets.UnpublishView):
    """Taking it off the site."""


class LockView(BehindTheFence, snippets.LockView):
    """Locking."""


class UnlockView(BehindTheFence, snippets.UnlockView):
    """Unlocking."""


class WorkflowActionView(BehindTheFence, snippets.WorkflowActionView):
    """Approving and returning; the task says who may."""


class CollectWorkflowActionDataView(BehindTheFence, snippets.CollectWorkflowActionDataView):
    """The comment that goes with it."""


class ConfirmWorkflowCancellationView(BehindTheFence, snippets.ConfirmWorkflowCancellationView):
    """Asking before a publication ends a review. Wagtail 8.0.1 asks nobody's rights here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever may change the row."""
        if not self.permission_policy.user_has_any_permission(request.user, (rights.CHANGE, rights.PUBLISH)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WorkflowPreviewView(BehindTheFence, snippets.WorkflowPreviewView):
    """What is to be approved."""


class WorkflowHistoryView(BehindTheFence, snippets.WorkflowHistoryView):
    """Its reviews."""


class WorkflowHistoryDetailView(BehindTheFence, snippets.WorkflowHistoryDetailView):
    """One review."""


class OnlyChoosable:
    """Lists of choosers: the rows of one's own chapters, and what anybody has published."""

    def get_object_list(self) -> Any:
        """See `ChapterOwnedPolicy.choosable`."""
        return _choosable(self)


class ChooseView(OnlyChoosable, chooser.ChooseView):
    """The chooser."""


class ChooseResultsView(OnlyChoosable, chooser.ChooseResultsView):
    """Its list."""


class ChosenView(chooser.SnippetChosenView):
    """One that was chosen."""

    def get_object(self, pk: Any) -> Any:
        """Or none at all."""
        try:
            return _choosable(self).get(pk=pk)
        except (ValueError, OverflowError) as error:
            raise Http404 from error


class ChosenMultipleView(chooser.SnippetChosenMultipleView):
    """Several that were chosen."""

    def get_objects(self, pks: Any) -> Any:
        """Those of them that may be."""
        return _choosable(self).filter(pk__in=[pk for pk in pks if str(pk).isdecimal()])


class NothingToCreate(chooser.SnippetCreateView):
    """Nothing is written in a chooser: its form would be one of no chapter."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """No such address."""
        raise Http404


class ChooserViewSet(chooser.SnippetChooserViewSet):
    """Choosers of chapter-owned snippets."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = NothingToCreate


def _choosable(view: Any) -> Any:
    return policy_registry.get_by_type(view.model_class).choosable(view.request.user)


class ChapterOwnedViewSet(SnippetViewSet):
    """Base of the viewsets of chapter-owned snippets."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    usage_view_class = UsageView
    history_view_class = HistoryView
    inspect_view_class = InspectView
    reorder_view_class = ReorderView
    revisions_view_class = PreviewRevisionView
    revisions_compare_view_class = RevisionsCompareView
    revisions_unschedule_view_class = RevisionsUnscheduleView
    unpublish_view_class = UnpublishView
    preview_on_add_view_class = PreviewOnCreateView
    preview_on_edit_view_class = PreviewOnEditView
    lock_view_class = LockView
    unlock_view_class = UnlockView
    workflow_action_view_class = WorkflowActionView
    collect_workflow_action_data_view_class = CollectWorkflowActionDataView
    confirm_workflow_cancellation_view_class = ConfirmWorkflowCancellationView
    workflow_preview_view_class = WorkflowPreviewView
    workflow_history_view_class = WorkflowHistoryView
    workflow_history_detail_view_class = WorkflowHistoryDetailView
    chooser_viewset_class = ChooserViewSet
    # Wagtail 8.0.1 translates a snippet's way home once, when it starts.
    breadcrumbs_items = WagtailAdminTemplateMixin.breadcrumbs_items
    # Its address takes a POST that saves over the row that is to be copied, and takes it offline (Wagtail 8.0.1).
    copy_view_enabled = False
