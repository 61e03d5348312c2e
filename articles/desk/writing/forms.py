"""The small forms of the desk. Each gives the plain value that `drafts` saves; none writes anything itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from articles import document, drafts
from articles.desk.fields import BodyField, TagsField, WebAddressField, WordsField, clean_emoji, day_input, take_emoji
from articles.desk.forms import DeskForm, FormError, errors_of
from articles.desk.writing.language_field import WORDS, language_attributes, language_choices
from articles.desk.writing.picture_field import PictureField, picture_choices
from articles.desk.writing.subject_field import SubjectField, SubjectSearchField, WithSubjectSearch
from articles.document import Caveat, Numbering, SourceKind, column_names, longest
from articles.document.rules import MOST_AUTHORS, MOST_SOURCES, SLUG_LENGTH
from articles.models import Article, Author, FactCard, Faq, Subject
from articles.models.labels import SOURCE_KIND_LABELS
from articles.text import slugs

FROM_ONE = _("Episodes are counted from 1. Leave it empty when it spoils nothing.")


class PartForm(DeskForm, forms.ModelForm):  # type: ignore[type-arg]
    """Labels, lengths and checks come from the model; `value()` is the part as `drafts` takes it.

    `notes` are sentences on what the form put right by itself.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        self.in_language("")

    def in_language(self, language: str) -> None:
        """Marks the fields that hold words as being in the language of their article, "" for the site's."""
        for name in WORDS & self.fields.keys():
            self.fields[name].widget.attrs.update(language_attributes(language))

    def value(self) -> Any:
        raise NotImplementedError

    def save(self, commit: bool = True) -> Any:  # noqa: ARG002  -- Django's signature
        raise TypeError("Forms of the desk write nothing: give their value to drafts.")


class NewArticleForm(PartForm):
    """A title is enough. Without any template nothing is said of templates."""

    template = forms.ModelChoiceField(
        Article.objects.filter(is_template=True).order_by("title"),
        required=False,
        label=_("Begin with the parts of"),
        empty_label=_("— nothing: an empty article —"),
    )

    class Meta:
        model = Article
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Article.objects.filter(is_template=True).exists():
            self.fields["template"].widget = forms.HiddenInput()

    def value(self, *, authors: tuple[str, ...] = ()) -> document.Document:
        return document.Document(title=self.cleaned_data["title"], authors=authors)


class SomeOf(forms.MultipleChoiceField):
    """Choices in an order that counts, from several boxes of which some are empty."""

    def to_python(self, value: Any) -> list[str]:
        return [chosen for chosen in super().to_python(value) if chosen]


class DetailsForm(WithSubjectSearch, PartForm):
    subject = SubjectField(
        Subject.objects.all(), to_field_name="slug", required=False, label=_("subject"), empty_label=_("— choose —")
    )
    subject_search = SubjectSearchField()
    authors = SomeOf(required=False, label=_("authors"))
    tags = TagsField(help_text=_("Separated by commas. They apply to every fact of the article."))
    language = forms.ChoiceField(required=False, label=_("language"))
    cover = forms.ChoiceField(
        required=False, label=_("cover"), widget=forms.Select(attrs={"data-picture-choice": True})
    )

    class Meta:
        model = Article
        fields = ("title", "slug", "dek", "numbering")
        labels: ClassVar = {"dek": _("Dek (one-line summary)")}
        help_texts: ClassVar = {
            "slug": _(
                "The last part of its web address. Left empty, it is made from the title. "
                "What is live keeps its address until the next publication; old addresses redirect."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authors"].choices = list(Author.objects.values_list("slug", "name"))  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices(self["language"].value())  # type: ignore[attr-defined]
        self.fields["cover"].choices = picture_choices(self["cover"].value())  # type: ignore[attr-defined]

    @property
    def author_rows(self) -> list[str]:
        """The slug that each box for an author shows: those that are chosen, and two empty ones."""
        chosen = [slug for slug in (self["authors"].value() or []) if slug]
        return [*chosen, "", ""][:MOST_AUTHORS]

    def clean_slug(self) -> str:
        wish = self.cleaned_data["slug"]
        made = slugs.slug(wish, SLUG_LENGTH)
        if wish and not made:
            raise ValidationError(_("No address can be made from this: use letters or digits."))
        return made

    def value(self) -> drafts.Details:
        data = self.cleaned_data
        return drafts.Details(
            title=data["title"],
            slug=data["slug"],
            dek=data["dek"],
            language=data["language"],
            numbering=Numbering(data["numbering"]),
            subject=data["subject"].slug if data["subject"] else "",
            authors=tuple(dict.fromkeys(data["authors"])),
            tags=data["tags"],
            cover=data["cover"],
        )


class IntroductionForm(PartForm):
    class Meta:
        model = Article
        fields = ("introduction",)
        field_classes: ClassVar = {"introduction": BodyField}

    def value(self) -> drafts.Introduction:
        return drafts.Introduction(introduction=self.cleaned_data["introduction"])


class ConclusionForm(PartForm):
    class Meta:
        model = Article
        fields = ("conclusion_heading", "conclusion")
        field_classes: ClassVar = {"conclusion": BodyField}
        labels: ClassVar = {"conclusion_heading": _("heading"), "conclusion": _("text")}

    def value(self) -> drafts.Conclusion:
        return drafts.Conclusion(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class SourceForm(DeskForm, forms.Form):
    url = WebAddressField(label=_("address"), widget=forms.URLInput(attrs={"placeholder": "https://"}))
    title = forms.CharField(label=_("title"), required=False, max_length=longest(document.Source, "title"))
    publisher = forms.CharField(label=_("publisher"), required=False, max_length=longest(document.Source, "publisher"))
    seen_on = forms.DateField(label=_("checked on"), required=False, widget=day_input())
    kind = forms.TypedChoiceField(
        label=_("kind of source"),
        required=False,
        choices=[(kind.value, label) for kind, label in SOURCE_KIND_LABELS.items()],
        coerce=SourceKind,
        empty_value=SourceKind.UNKNOWN,
    )
    excerpt = WordsField(
        label=_("excerpt"),
        required=False,
        max_length=longest(document.Source, "excerpt"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paste the words that prove the fact. Readers see the first 300 characters."),
    )
    archived_url = WebAddressField(
        label=_("archived copy"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Where an archive keeps a copy, for the day on which the source is gone."),
    )


SourceFormSet = formset_factory(SourceForm, extra=2, max_num=MOST_SOURCES, validate_max=True)
SOURCES = "sources"
CAVEAT = ("caveat", "caveat_since", "caveat_note")


class CardForm(PartForm):
    """A card with its sources: a row of each, and empty ones below. A row without any word is no source."""

    picture = PictureField(label=_("picture"), help_text=_("It stands beside the heading."))
    tags = TagsField(help_text=_("Separated by commas. A new name makes a new tag."))

    class Meta:
        model = FactCard
        fields = ("heading", "emoji", "picture", "body", "spoiler_after", "safe_heading", "check_on", *CAVEAT)
        field_classes: ClassVar = {"body": BodyField}
        widgets: ClassVar = {
            "check_on": day_input(),
            "caveat_since": day_input(),
            "emoji": forms.TextInput(attrs={"data-emoji": True}),
        }
        help_texts: ClassVar = {
            "heading": _("Emoji at its beginning or end are moved to the field for emoji."),
            "check_on": _("The day on which somebody should check whether this is still true."),
        }
        error_messages: ClassVar = {"spoiler_after": {"min_value": FROM_ONE}}

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        initial = initial or {}
        super().__init__(data, initial=initial, **kwargs)
        if data is not None or initial:  # else it is the empty form that scripts fill: they have the library's dialog
            self.fields["picture"].offer(self["picture"].value() or "")  # type: ignore[attr-defined]
        if settings.WORDS_PER_FACT:
            self.fields["body"].widget.attrs["data-words-wanted"] = "-".join(map(str, settings.WORDS_PER_FACT))
        rows = [_plain(source) for source in initial.get(SOURCES, ())]
        self.sources = SourceFormSet(data, initial=None if data is not None else rows, prefix=SOURCES)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.sources.is_valid()])

    @property
    def all_errors(self) -> list[FormError]:
        of_rows = [error for form in self.sources.forms for error in errors_of(form)]
        whole = [FormError(SOURCES, "", str(_("sources")), str(words)) for words in self.sources.non_form_errors()]
        return [*errors_of(self), *of_rows, *whole]

    def clean_emoji(self) -> str:
        return clean_emoji(self.cleaned_data["emoji"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "heading" in data and "emoji" in data:
            words, emoji = take_emoji(data["heading"], data["emoji"])
            if words != data["heading"]:
                self.notes.append(str(_("The emoji of the heading was moved to its own field.")))
            data["heading"], data["emoji"] = words, emoji
        self._check_caveat(data)
        return data

    def _check_caveat(self, data: dict[str, Any]) -> None:
        """All of it or nothing: readers are told since when, and why. What could not be read has its own error."""
        if not {*CAVEAT} <= data.keys():
            return
        if data["caveat"]:
            if not data["caveat_since"]:
                self.add_error("caveat_since", _("Say since when."))
            if not data["caveat_note"]:
                self.add_error("caveat_note", _("Say in one sentence who says otherwise, or what is true now."))
        elif data["caveat_since"] or data["caveat_note"]:
            self.add_error("caveat", _("Choose “Disputed” or “No longer true”, or empty the day and the sentence."))

    def value(self) -> document.Card:
        data = self.cleaned_data | {"caveat": Caveat(self.cleaned_data["caveat"])}
        rows = [form.cleaned_data for form in self.sources.forms]
        return document.Card(
            **{name: data[name] for name in self.Meta.fields},
            tags=data["tags"],
            sources=tuple(document.Source(**row) for row in rows if any(row.values())),
        )


def _plain(source: document.Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in column_names(document.Source)}


class FaqForm(PartForm):
    class Meta:
        model = Faq
        fields = ("question", "answer", "spoiler_after")
        field_classes: ClassVar = {"answer": BodyField}
        error_messages: ClassVar = {"spoiler_after": {"min_value": FROM_ONE}}

    def value(self) -> document.Faq:
        return document.Faq(**{name: self.cleaned_data[name] for name in self.Meta.fields})
