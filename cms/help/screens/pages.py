"""The manual of what editors do: pages, translations, pictures, files, catalogues."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.help import HelpText

PAGES = (
    HelpText(
        key="wagtailadmin_explore",
        title=_("Pages"),
        what=_(
            "The tree of your public pages, one for each language: news, support, "
            "advantages, help and plain pages."
        ),
        steps=(
            _("Open a section, such as News, and press Add child page."),
            _("Choose a page in the list to change it. A draft is seen by nobody outside."),
            _("Drag pages to put them in order, where the section shows them in that order."),
        ),
        also=(
            "wagtailadmin_explore*",
            "wagtailadmin_choose_page*",
            "wagtailadmin_pages:search*",
            "wagtailadmin_pages:usage",
            "wagtailadmin_pages:type_use*",
        ),
    ),
    HelpText(
        key="wagtailadmin_pages:edit",
        title=_("Write a page"),
        what=_("Where a page is written, looked at as its readers see it, and published now or later."),
        steps=(
            _("Fill in the title and the text. Pictures and files are those of your company."),
            _("Say who may read it: everyone, number holders, customers, or some groups."),
            _("Open the preview at the side and choose as whom you look."),
            _("Save a draft, or publish it. To publish later, set a day and time under Status, Schedule."),
        ),
        more=(
            _(
                "Every version is kept. The history shows who changed what, and any version can be brought back."
            ),
        ),
        also=("wagtailadmin_pages:*",),
    ),
    HelpText(
        key="wagtail_localize:submit_page_translation",
        title=_("Translate"),
        what=_("A page, or a section with all below it, in another language of your company."),
        steps=(
            _("Open the page, choose Translate this page in its menu, and say into which languages."),
            _("Write the translation beside each sentence. What is missing shows the original."),
            _("Publish it when it is complete."),
        ),
        more=(
            _(
                "When the original changes, open the translation and synchronise it: only the "
                "new sentences are asked for."
            ),
        ),
        also=("wagtail_localize:*",),
    ),
    HelpText(
        key="cms_untranslated",
        title=_("What is not translated"),
        what=_(
            "Pages and texts that are missing in a language of your company, each with the way to write it."
        ),
        steps=(
            _("Choose a language to see only what is missing in it."),
            _("Press the language beside a row. You come to the place where it is written."),
        ),
        also=("cms_untranslated*",),
    ),
    HelpText(
        key="wagtailimages:index",
        title=_("Images"),
        what=_("The pictures of your pages. Nobody outside your company sees this list."),
        steps=(
            _("Add one or several. Give each a title by which you find it again."),
            _("Write a description: it is read aloud to those who cannot see the picture."),
            _("Draw a frame around what matters. It stays in sight wherever the picture is cut."),
        ),
        also=("wagtailimages*",),
    ),
    HelpText(
        key="wagtaildocs:index",
        title=_("Documents of the pages"),
        what=_(
            "Files that your pages offer: papers to keep, films and their captions. "
            "Customers' own files are elsewhere."
        ),
        steps=(
            _("Add a file and give it a title."),
            _("Choose it on a page. Whoever may read the page may open the file."),
        ),
        also=(
            "wagtaildocs*",
            "wagtailadmin_collections:*",
        ),
    ),
    HelpText(
        key="wagtailredirects:index",
        title=_("Redirects"),
        what=_("Old addresses that lead to a page of yours."),
        steps=(
            _("Add one: write the old path, and choose the page."),
            _("Try the old address in another window."),
        ),
        also=("wagtailredirects:*",),
    ),
    HelpText(
        key="wagtailadmin_reports:site_history",
        title=_("Reports"),
        what=_(
            "Who changed what in pages and registers, and which pages have not been looked after for long."
        ),
        steps=(
            _("Choose a report in the menu, and narrow it at the side by person, kind or day."),
            _("Open a line to come to the page or row."),
        ),
        also=("wagtailadmin_reports:*",),
    ),
    HelpText(
        key="wagtailadmin_workflows:index",
        title=_("Workflows"),
        what=_("Who looks at a page before it is published."),
        steps=(
            _("Make a task that names who approves, and a workflow with the tasks in their order."),
            _("Choose the pages that it is for."),
        ),
        also=("wagtailadmin_workflows:*",),
    ),
    HelpText(
        key="wagtailsnippets:index",
        title=_("Catalogues"),
        what=_("Texts and lists that you own and that records point at, in each language of the portal."),
        steps=(
            _("Open a row. There is a tab for each language, and one for what they share."),
            _("Write each language. Where one is missing, readers see the next that there is."),
        ),
        also=(
            "wagtailsnippets*",
            "wagtailsnippetchoosers*",
        ),
    ),
)
