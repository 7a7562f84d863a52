from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "iysportal.admin_site.PortalAdminSite"
