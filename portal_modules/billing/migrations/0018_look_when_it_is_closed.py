"""Whoever is about to write in a month looks under the lock that closing it takes alone (0016), with one statement.

So the one who comes too late is told so by the verb, and not by the trigger that stands behind it. Safe on tables of
any size: only a function is added.
"""

from django.db import migrations

LOOK = """
create function billing_is_closed(company bigint, first_day date) returns boolean language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('billing.months'), company::int);
  return exists (select from billing_closedmonth m where m.company_id = company and m.month = first_day);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0017_find_boletos_to_withdraw")]

    operations = [migrations.RunSQL(LOOK, "drop function billing_is_closed(bigint, date)")]
