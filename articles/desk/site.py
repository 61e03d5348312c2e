"""The admin site of the desk."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class DeskSite(AdminSite):
    site_header = _("Fanguide desk")
    site_title = _("Fanguide desk")
    index_title = _("Desk")
