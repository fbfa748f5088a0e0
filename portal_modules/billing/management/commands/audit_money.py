"""`manage.py audit_money`: reckon the money of every company again, and fail when something is wrong."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal_modules.billing.audit import audit
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope


class Command(BaseCommand):
    """Looks and changes nothing; the exit code says whether all is well."""

    help = "Reckon invoices, instalments, credits, boletos and numbers of all companies again."

    def add_arguments(self, parser: Any) -> None:
        """One company, or all."""
        parser.add_argument("--company", help="the alias of one company")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each company by itself."""
        with platform_scope():
            companies = list(Company.objects.order_by("pk"))
        if options["company"]:
            companies = [company for company in companies if company.alias == options["company"]]
            if not companies:
                raise CommandError(f"There is no company with the alias {options['company']!r}.")
        faults = sum(self._look_at(company) for company in companies)
        if faults:
            raise CommandError(f"{faults} kinds of faults were found.")
        self.stdout.write(f"All money agrees: {len(companies)} companies.")

    def _look_at(self, company: Company) -> int:
        with company_scope(company):
            findings = list(audit(company))
        for finding in findings:
            self.stdout.write(f"{company.alias}: {finding.name}: {finding.meaning} {finding.many} times:")
            for row in finding.rows:
                self.stdout.write(f"    {row}")
        return len(findings)
