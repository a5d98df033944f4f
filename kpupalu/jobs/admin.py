from django.contrib import admin
from django.http import HttpRequest

from kpupalu.jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """Read-only: what happened to a job, with the traceback that nobody else sees."""

    list_display = ["id", "kind", "status", "requested_by", "dibuat_pada", "selesai_pada", "nomor_kejadian"]
    list_filter = ["status", "kind"]
    list_select_related = ["requested_by"]
    search_fields = ["nomor_kejadian"]
    search_help_text = "Cari menurut nomor kejadian."
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False
